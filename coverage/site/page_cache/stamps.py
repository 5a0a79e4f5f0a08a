"""What a kept page is valid for: everything public as it stands, until the next boundary."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from django.db.models import Subquery, Sum, Value

from coverage.newsroom import boundaries
from coverage.newsroom.models import Publication
from coverage.site.models import PublicChange


@dataclass(frozen=True)
class Stamp:
    """What was public at `read_at`, and since `since`; nothing turns by itself before `boundary`."""

    key: str
    publication: Publication
    read_at: datetime
    since: datetime
    boundary: datetime

    def holds(self, at: datetime) -> bool:
        """Within the second in which it was read, on this side of every boundary.

        Seconds of the clock, not since the reading: what one cache after the other keeps for its second is
        over for all of them when the clock's next second begins.
        """
        same_second = at.replace(microsecond=0) == self.read_at.replace(microsecond=0)
        return same_second and self.since <= at < self.boundary


class Stamps:
    """A process's reading of the stamp: once a second at most, and once more when a boundary passes."""

    def __init__(self) -> None:
        self._reading = Lock()
        self._latest: Stamp | None = None

    def at(self, at: datetime) -> Stamp:
        latest = self._latest
        if latest and latest.holds(at):
            return latest
        with self._reading:
            latest = self._latest
            if latest and latest.holds(at):
                return latest
            read = read_stamp(at)
            # Who has waited long for a turn mustn't take the others back.
            if latest is None or latest.read_at <= at or latest.read_at - at > timedelta(seconds=1):
                self._latest = read
            return read

    def forget(self) -> None:
        self._latest = None


def read_stamp(at: datetime) -> Stamp:
    """One query."""
    tokens = PublicChange.objects.order_by().values(all=Value(1)).annotate(sum=Sum("token")).values("sum")
    annotations = boundaries.annotations(at) | boundaries.passed(at) | {"tokens": Subquery(tokens)}
    publication = Publication.objects.annotate(**annotations).get()
    passed = [getattr(publication, name) for name in boundaries.names_passed()]
    # The day and the slot turn by themselves, too: what comes next tells which have passed.
    since = max(filter(None, [*passed, publication.last_slot(at), publication.this_day(at)]))
    tokens_then = getattr(publication, "tokens")  # noqa: B009  # an annotation
    return Stamp(
        key=f"{tokens_then} {since.isoformat()}",
        publication=publication,
        read_at=at,
        since=since,
        boundary=publication.next_boundary(at),
    )
