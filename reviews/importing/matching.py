"""Finding what an article speaks of among what the desk knows: series, episodes, reviewers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from reviews.importing.lines import folded
from reviews.models import Reviewer
from series.models import Episode, Series, SeriesTitle

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?")


class Unmatched(LookupError):
    """The article can't be tied to one series; its message says what to do."""


def series_by_slug(slug: str) -> Series:
    """The series of this slug, its present or a former one; raises Unmatched."""
    found = Series.objects.filter(slug=slug).first() or Series.renamed(slug)
    if found is None:
        raise Unmatched(
            _("There is no series “%(slug)s”. Make it at the desk first, or correct the slug.")
            % {"slug": slug}
        )
    return found


def series_by_title(title: str, season: int | None = None) -> Series:
    """The series that goes by this title, whatever its case and accents; raises Unmatched.

    A season's number counts: "X" in season 2 is first looked for as "X Season 2" and "X 2".
    """
    known = _titles()
    names = (
        [f"{title} Season {season}", f"{title} {_ordinal(season)} Season", f"{title} {season}"]
        if season
        else []
    )
    for name in [*names, title]:
        found = known.get(folded(name), set())
        if len(found) == 1:
            return Series.objects.get(pk=found.pop())
        if found:
            slugs = ", ".join(
                Series.objects.filter(pk__in=found).order_by("slug").values_list("slug", flat=True)
            )
            raise Unmatched(
                _("Several series go by “%(title)s”: name one of them (%(slugs)s).")
                % {"title": title, "slugs": slugs}
            )
    raise Unmatched(
        _("No series goes by “%(title)s”. Make it at the desk first, or name the one that is meant.")
        % {"title": title}
    )


@dataclass
class Reviewers:
    """The bylines that the desk knows, found by what an article prints."""

    known: dict[str, Reviewer] = field(default_factory=dict)

    @classmethod
    def all(cls) -> "Reviewers":
        """Everybody, in one query."""
        return cls({folded(reviewer.byline): reviewer for reviewer in Reviewer.objects.order_by("-pk")})

    def named(self, name: str) -> Reviewer | None:
        """Who signs like this, if anybody is known to."""
        return self.known.get(folded(name))


@dataclass
class Episodes:
    """A series' episodes by their numbers."""

    series: Series
    known: dict[Decimal, Episode] = field(default_factory=dict)

    @classmethod
    def of(cls, series: Series) -> "Episodes":
        """All of them, in one query."""
        rows = Episode.objects.filter(series=series).exclude(number="")
        return cls(series, {key: row for row in rows if (key := number_of(row.number)) is not None})

    def numbered(self, number: Decimal) -> Episode | None:
        """The episode with this number, "03" being 3."""
        return self.known.get(number)


def number_of(printed: str) -> Decimal | None:
    """An episode's number as a number; None for "Special"."""
    try:
        number = Decimal(printed)
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number < 10_000 else None


def numbers_in(printed: str) -> list[Decimal]:
    """The numbers of a heading such as "25-27", as numbers."""
    return [Decimal(number) for number in _NUMBER.findall(printed)]


def _titles() -> dict[str, set[int]]:
    """Every title of every series, folded, with the series that go by it."""
    found: dict[str, set[int]] = {}
    rows: Iterable[tuple[int, str]] = (
        (pk, title)
        for pk, *titles in Series.objects.values_list("pk", "title", "title_native", "title_romaji")
        for title in titles
    )
    for pk, title in [*rows, *SeriesTitle.objects.values_list("series_id", "title")]:
        if folded(title):
            found.setdefault(folded(title), set()).add(pk)
    return found


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{endings.get(number, 'th')}"
