"""What the board knows of a review, and which episodes it is about."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from reviews.models import Kind
from reviews.status import Stage
from series.models import Episode, Series


@dataclass(frozen=True)
class Run:
    """Episodes that a piece is about: of the series with this key, from one place in its order to another."""

    series: int
    first: Decimal
    last: Decimal


@dataclass(frozen=True)
class Piece:
    """What the board knows of a review: its metadata and what it is about. It is planned for `when`; UTC."""

    pk: int
    title: str
    kind: str
    stage: Stage
    series: int | None
    when: datetime | None
    due_at: datetime
    runs: tuple[Run, ...] = ()
    names: tuple[str, ...] = ()
    users: frozenset[int] = frozenset()
    # Who has it open: users' keys and names.
    at_it: tuple[tuple[int, str], ...] = ()
    # Whether a chief has said that it may go out before its episode.
    is_let_out_early: bool = False

    def is_about(self, show: Series) -> bool:
        return self.series == show.pk or any(run.series == show.pk for run in self.runs)

    def covers(self, episode: Episode) -> bool:
        return any(
            run.series == episode.series_id and run.first <= episode.sort_key <= run.last for run in self.runs
        )

    def is_before(self, free: datetime, episode: Episode) -> bool:
        """Whether it is to go out, and that before `free`, though it is about `episode`."""
        waits = self.stage in (Stage.DRAFT, Stage.SUBMITTED, Stage.SCHEDULED)
        return waits and self.when is not None and self.when < free and self.covers(episode)

    def others_at_it(self, me: int) -> tuple[str, ...]:
        return tuple(name for user, name in self.at_it if user != me)

    @property
    def stands_for_its_week(self) -> bool:
        """Whether it is what is due, though it doesn't say yet, or never does, which episodes it is about."""
        return not self.runs and self.kind in (Kind.WEEKLY, Kind.FEATURE)
