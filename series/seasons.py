"""The trade's calendar: four seasons a year, each of three months."""

from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Self

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.urls import reverse

from series.models import SeriesSeason
from series.models.series import Season

_ORDER = list(Season)


@total_ordering
@dataclass(frozen=True)
class YearSeason:
    """One season of one year: Winter 2026. Raises ValueError for one that no series can stand in."""

    year: int
    season: Season

    def __post_init__(self) -> None:
        try:
            SeriesSeason._meta.get_field("year").run_validators(self.year)
        except ValidationError as error:
            raise ValueError(f"Nothing is covered in the year {self.year}.") from error

    @classmethod
    def of(cls, year: int, season: str) -> Self:
        """Reads what an address or a row says. Raises ValueError for what is no season."""
        return cls(year, Season(season))

    @classmethod
    def of_day(cls, day: date) -> Self:
        """The season that `day` lies in: from January winter, from April spring, and so on."""
        return cls(day.year, _ORDER[(day.month - 1) // 3])

    def __str__(self) -> str:
        return f"{self.season.label} {self.year}"

    def __lt__(self, other: "YearSeason") -> bool:
        return self._place < other._place

    def get_absolute_url(self) -> str:
        return reverse("site:season", args=[self.year, self.season.value])

    @property
    def _place(self) -> tuple[int, int]:
        return self.year, _ORDER.index(self.season)


def running_in(year: int, season: str) -> Exists:
    """The condition on a Series, as the outer query, that it stands in that season of `year`."""
    return Exists(SeriesSeason.objects.filter(series=OuterRef("pk"), year=year, season=season))
