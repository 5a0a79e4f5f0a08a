"""The grid itself: a pure value, computed from what was read. It asks neither the database nor the clock."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from coverage.desk.board.move_form import ALONE
from coverage.desk.board.pieces import Piece
from coverage.desk.board.states import FROM_LEAST_DONE, OF_STAGE, State
from coverage.newsroom.models import Publication
from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.walltime import resolve_wall
from coverage.newsroom.weeks import Week
from reviews.models import Kind, Reviewer, Skip
from reviews.moving.wishes import What
from reviews.plans import Plan, week_due
from reviews.status import Stage
from reviews.waiting import free_at
from series.models import Episode, Series


@dataclass(frozen=True)
class Cell:
    """What is due of a series in a week. `due_at` is UTC; `piece` is the one that asks for a hand first."""

    series: Series
    week: Week
    due_at: datetime
    state: State = State.NOTHING
    stage: Stage | None = None
    episodes: tuple[Episode, ...] = ()
    pieces: tuple[Piece, ...] = ()
    uncovered: tuple[Episode, ...] = ()
    reviewer: Reviewer | None = None
    skip: Skip | None = None
    is_mine: bool = False
    # By a piece's key, which others have it open.
    others_at_it: tuple[tuple[int, tuple[str, ...]], ...] = ()
    # Delayed past one of its pieces, which would be live before it.
    overtaken: Episode | None = None
    # The same, but a chief has let the piece go out before it.
    excepted: Episode | None = None

    @cached_property
    def piece(self) -> Piece | None:
        """The piece to be opened: of several the one that is least done."""
        return min(self.pieces, key=lambda piece: FROM_LEAST_DONE.index(piece.stage), default=None)

    @cached_property
    def words(self) -> str:
        """The state, and when it is late, how far the piece is."""
        if self.state != State.LATE:
            return str(self.state.label)
        if self.stage:
            return _("Late: %(state)s") % {"state": OF_STAGE[self.stage].label.lower()}
        return _("Late: not begun") if self.reviewer else _("Late: unassigned")

    @cached_property
    def what(self) -> str:
        """“Episode 7”, “Episodes 7, 8”; of a piece about none, what kind it is."""
        numbers = [episode.number for episode in self.episodes if episode.number]
        if len(numbers) == 1:
            return self.episodes[0].label
        if numbers:
            return _("Episodes %(numbers)s") % {"numbers": ", ".join(numbers)}
        return str(Kind(self.piece.kind).label) if self.piece else ""

    @cached_property
    def who(self) -> str:
        """Whose byline a piece has; without a piece, who is to write it."""
        names = dict.fromkeys(name for piece in self.pieces for name in piece.names)
        if names:
            return ", ".join(names)
        return str(self.reviewer) if self.reviewer and self.state.is_due else ""

    @cached_property
    def url(self) -> str:
        """Where one goes on from here: the piece's form, or the week's page where there is none."""
        if self.piece:
            return reverse("admin:reviews_review_change", args=[self.piece.pk])
        return self.week_url

    @property
    def week_url(self) -> str:
        """Where an editor says who has it, or skips it."""
        return reverse("admin:board_week", args=[self.series.pk, self.week])

    @property
    def move_url(self) -> str:
        """Where the piece that its episode has overtaken is moved to the first slot after the airing."""
        asked = {"what": What.PIECES, "scope": ALONE, "episode": self.overtaken.pk if self.overtaken else ""}
        page = reverse("admin:board_move", args=[self.series.pk, self.week])
        return f"{page}?{urlencode(asked)}"

    @cached_property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.series.pk}:{self.week}"

    @property
    def may_begin(self) -> bool:
        """Whether somebody has it, and something of it has no draft."""
        return bool(self.reviewer and self.uncovered and not self.skip)

    @property
    def is_quiet(self) -> bool:
        return self.state in (State.NOTHING, State.BREAK, State.RECAP)


@dataclass(frozen=True)
class Row:
    """A show's cells: one for each week, or for each column of episodes, where it may have none."""

    series: Series
    cells: tuple[Cell | None, ...]

    @property
    def is_mine(self) -> bool:
        return any(cell.is_mine for cell in self.cells if cell)

    @property
    def is_empty(self) -> bool:
        return all(cell is None or cell.state in (State.NOTHING, State.BREAK) for cell in self.cells)


@dataclass(frozen=True)
class Facts:
    """What there is to compute it from. Each show tells the airings of its first and last known episode."""

    shows: Sequence[Series] = ()
    episodes: dict[int, list[Episode]] = field(default_factory=dict)
    pieces: Sequence[Piece] = ()
    plans: dict[int, Plan] = field(default_factory=dict)


def rows(facts: Facts, weeks: Sequence[Week], publication: Publication, at: datetime, me: int) -> list[Row]:
    """A row for each show with something in `weeks`, as it stands at `at`; `me` is a user's key."""
    found = [row_of(show, facts, weeks, publication, at, me) for show in facts.shows]
    return [row for row in found if not row.is_empty]


def row_of(
    show: Series, facts: Facts, weeks: Sequence[Week], publication: Publication, at: datetime, me: int
) -> Row:
    """The show's row, whether there is something in it or not."""
    return _Show(show, facts, publication, at, me).row(weeks)


def by_episode(
    facts: Facts, weeks: Sequence[Week], publication: Publication, at: datetime, me: int
) -> tuple[list[str], list[Row]]:
    """The same by the episodes' numbers: those that are due in `weeks`, in order, and a row for each show."""
    shows = [_Show(show, facts, publication, at, me) for show in facts.shows]
    cells = {show.series: show.by_episode(weeks) for show in shows}
    places = sorted({place for found in cells.values() for place in found})
    rows = [
        Row(series, tuple(found.get(place) for place in places)) for series, found in cells.items() if found
    ]
    return [number for _place, number in places], rows


@dataclass(frozen=True)
class _Show:
    """One show, as its cells look at it."""

    series: Series
    facts: Facts
    publication: Publication
    at: datetime
    me: int

    def row(self, weeks: Sequence[Week]) -> Row:
        return Row(self.series, tuple(self._cell(week, self.due.get(week, [])) for week in weeks))

    def by_episode(self, weeks: Sequence[Week]) -> dict[tuple[Decimal, str], Cell]:
        return {
            (episode.sort_key, episode.number): self._cell(week, [episode])
            for week in weeks
            for episode in self.due.get(week, [])
        }

    @cached_property
    def slot(self) -> WeeklySlot:
        return self.series.slot(self.publication)

    @cached_property
    def plan(self) -> Plan:
        return self.facts.plans.get(self.series.pk, Plan())

    @cached_property
    def pieces(self) -> list[Piece]:
        return [piece for piece in self.facts.pieces if piece.is_about(self.series)]

    @cached_property
    def due(self) -> dict[Week | None, list[Episode]]:
        found: dict[Week | None, list[Episode]] = defaultdict(list)
        for episode in self.facts.episodes.get(self.series.pk, []):
            found[week_due(episode, self.slot)].append(episode)
        return found

    def _cell(self, week: Week, aired: list[Episode]) -> Cell:
        pieces = self._pieces(aired, week)
        episodes = [episode for episode in aired if self._is_due(episode, week, pieces)]
        plain = Cell(self.series, week, self.slot.on(week), skip=self.plan.skip(week))
        if not episodes and not pieces:
            return self._without_a_piece(plain, aired)
        return self._of_a_piece(plain, episodes, pieces)

    def _is_due(self, episode: Episode, week: Week, pieces: Iterable[Piece]) -> bool:
        """A recap is due only when somebody has this very week."""
        if episode.kind != Episode.Kind.RECAP or self.plan.names_somebody(week):
            return True
        return any(piece.covers(episode) for piece in pieces)

    def _pieces(self, aired: list[Episode], week: Week) -> list[Piece]:
        """About the week's episodes, or about none of the show's and planned for the week."""
        return [
            piece
            for piece in self.pieces
            if any(piece.covers(episode) for episode in aired)
            or (not any(run.series == self.series.pk for run in piece.runs) and self._week_of(piece) == week)
        ]

    def _week_of(self, piece: Piece) -> Week:
        """A piece without a date goes out at the next slot."""
        return self.publication.week(piece.when) if piece.when else self.slot.week_for(self.at)

    def _without_a_piece(self, plain: Cell, aired: list[Episode]) -> Cell:
        if plain.skip:
            state = State.SKIPPED
        elif aired:
            state = State.RECAP
        else:
            state = State.BREAK if self._runs_on(plain.week) else State.NOTHING
        return replace(plain, state=state, episodes=tuple(aired))

    def _runs_on(self, week: Week) -> bool:
        """Whether the show is known to go on after a week in which nothing of it airs."""
        first, last = getattr(self.series, "first_airs_at", None), getattr(self.series, "last_airs_at", None)
        if first is None or last is None or week < self.slot.week_for(first):
            return False
        return week < max(self.slot.week_for(last), self._week_back(last))

    def _week_back(self, last: datetime) -> Week:
        day = self.series.back_on
        if day is None:
            return self.slot.week_for(last)
        return self.slot.week_for(resolve_wall(day, self.slot.wall, self.slot.zone))

    def _of_a_piece(self, plain: Cell, episodes: list[Episode], pieces: list[Piece]) -> Cell:
        stage, due_at, uncovered = self._least_done(episodes, pieces, plain.due_at)
        reviewer = self.plan.reviewer(plain.week)
        has_it = {piece for piece in pieces if self.me in piece.users}
        return replace(
            plain,
            due_at=due_at,
            state=_state(stage, due_at <= self.at, plain.skip, reviewer),
            stage=stage,
            episodes=tuple(episodes),
            pieces=tuple(pieces),
            uncovered=tuple(uncovered),
            reviewer=reviewer,
            is_mine=bool(has_it or (reviewer and reviewer.user_id == self.me)),
            others_at_it=tuple((piece.pk, piece.others_at_it(self.me)) for piece in pieces),
            overtaken=self._first_after(episodes, [each for each in pieces if not each.is_let_out_early]),
            excepted=self._first_after(episodes, [each for each in pieces if each.is_let_out_early]),
        )

    def _first_after(self, episodes: list[Episode], pieces: list[Piece]) -> Episode | None:
        """The first episode before which one of `pieces` about it would be live."""
        for episode in episodes:
            free = free_at([episode], self.series)
            if free and free > self.at and any(piece.is_before(free, episode) for piece in pieces):
                return episode
        return None

    def _least_done(
        self, episodes: list[Episode], pieces: list[Piece], slot: datetime
    ) -> tuple[Stage | None, datetime, list[Episode]]:
        """The stage of what asks for a hand first, when that is due, and the episodes without a piece."""
        if uncovered := _uncovered(episodes, pieces):
            return None, slot, uncovered
        piece = min(pieces, key=lambda piece: FROM_LEAST_DONE.index(piece.stage))
        return piece.stage, piece.due_at, []


def _uncovered(episodes: list[Episode], pieces: list[Piece]) -> list[Episode]:
    if any(piece.stands_for_its_week for piece in pieces):
        return []
    return [episode for episode in episodes if not any(piece.covers(episode) for piece in pieces)]


def _state(stage: Stage | None, has_passed: bool, skip: Skip | None, reviewer: Reviewer | None) -> State:
    if stage in (Stage.DRAFT, Stage.SUBMITTED) and has_passed:
        return State.LATE
    if stage:
        return OF_STAGE[stage]
    if skip:
        return State.SKIPPED
    if has_passed:
        return State.LATE
    return State.ASSIGNED if reviewer else State.UNASSIGNED
