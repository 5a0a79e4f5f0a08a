"""What a reader asks to get: the whole week, or one series."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from coverage.newsroom.keys import as_key
from coverage.site.models import Subscriber
from series.models import Series

WEEK = "week"
_SERIES = "series:"


@dataclass(frozen=True)
class Wish:
    """The whole week, where `series` is None."""

    series: Series | None = None

    @property
    def words(self) -> str:
        """As `read` understands it."""
        return f"{_SERIES}{self.series.pk}" if self.series else WEEK

    @classmethod
    def read(cls, words: str, at: datetime) -> Self | None:
        """None where it is about nothing that readers may know of at `at`."""
        if words == WEEK:
            return cls()
        if not words.startswith(_SERIES):
            return None
        key = as_key(words.removeprefix(_SERIES))
        series = Series.objects.public(at).filter(pk=key or 0).first()
        return cls(series) if series else None

    def grant(self, subscriber: Subscriber) -> None:
        """Let them have it from now on."""
        if self.series:
            subscriber.series.add(self.series)
        else:
            subscriber.whole_week = True
            subscriber.save(update_fields=["whole_week"])
