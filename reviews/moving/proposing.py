"""What a wish would move: a pure value, computed from what was read. It asks neither database nor clock."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext as _

from coverage.newsroom.models.publication import Weekday
from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.walltime import in_zone, resolve_wall, shift_days
from reviews.moving.reading import Piece, World
from reviews.moving.wishes import What, Wish
from reviews.waiting import free_at
from series.airings import Shift
from series.models import Episode


@dataclass(frozen=True)
class Airing:
    """An episode that airs at another instant, with its late-night label, and when its piece is due; UTC."""

    episode: Episode
    was: datetime
    to: datetime
    label: str
    due_was: datetime
    due_to: datetime


@dataclass(frozen=True)
class PieceMove:
    """A piece that goes out at another instant, UTC. `must`: it would be live before its episode else."""

    piece: Piece
    was: datetime
    to: datetime
    must: bool
    is_wished: bool

    @property
    def is_asked(self) -> bool:
        """Whether it moves only if its box is ticked."""
        return self.piece.is_approved

    @property
    def is_ticked(self) -> bool:
        """What the box says at first."""
        return self.must or self.is_wished


@dataclass(frozen=True)
class SlotMove:
    """The series' weekly slot becomes another one."""

    was: WeeklySlot
    to: WeeklySlot

    @property
    def was_day(self) -> str:
        return str(Weekday(self.was.weekday).label)

    @property
    def to_day(self) -> str:
        return str(Weekday(self.to.weekday).label)


@dataclass(frozen=True)
class Proposal:
    """Everything that moves. `faults` say why it can't be done so; `kept` have aired and stay."""

    wish: Wish
    airings: tuple[Airing, ...] = ()
    pieces: tuple[PieceMove, ...] = ()
    slot: SlotMove | None = None
    kept: tuple[Episode, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.airings or self.pieces or self.slot)

    @property
    def token(self) -> UUID:
        """What was shown: another one as soon as anything of it is otherwise."""
        told = [self.wish.told, str(self.slot), *self.faults]
        told += [
            f"{move.episode.pk} {move.was} {move.to} {move.label} {move.due_to}" for move in self.airings
        ]
        for move in self.pieces:
            review, about = move.piece.review, [episode.pk for episode in move.piece.episodes]
            told.append(
                f"{review.pk} {review.status} {move.piece.edition} {about} {move.was} {move.to} {move.must}"
            )
        return uuid5(NAMESPACE_OID, "\n".join(told))


def propose(wish: Wish, world: World) -> Proposal:
    """Raises ValueError at the ends of the calendar."""
    return _Reckoning(wish, world).proposal()


@dataclass(frozen=True)
class _Reckoning:
    wish: Wish
    world: World

    def proposal(self) -> Proposal:
        if self.wish.moves_airings and self.wish.shift is None:
            raise ValueError("Airings move only by something.")
        pieces = tuple(self._pieces())
        found = Proposal(self.wish, self.airings, pieces, self._slot(), self.kept)
        return replace(found, faults=tuple(self._faults(found)))

    @cached_property
    def chosen(self) -> list[Episode]:
        return [episode for episode in self.world.episodes if self.wish.is_about(episode)]

    @cached_property
    def kept(self) -> tuple[Episode, ...]:
        if not self.wish.moves_airings:
            return ()
        return tuple(
            episode for episode in self.chosen if episode.airs_at and episode.airs_at <= self.world.at
        )

    @cached_property
    def airings(self) -> tuple[Airing, ...]:
        shift = self.wish.shift
        if not self.wish.moves_airings or shift is None:
            return ()
        return tuple(
            self._airing(episode, episode.airs_at, to, shift)
            for episode in self.chosen
            if episode.airs_at and episode not in self.kept
            if (to := shift.of(episode.airs_at, episode.late_night_label)) != episode.airs_at
        )

    def _airing(self, episode: Episode, was: datetime, to: datetime, shift: Shift) -> Airing:
        label = shift.label(episode.late_night_label, to)
        return Airing(episode, was, to, label, self._due(episode, was), self._due(episode, to))

    def _due(self, episode: Episode, airs_at: datetime) -> datetime:
        free = free_at([episode], self.world.series, {episode.pk: airs_at})
        return self.world.slot.next_at_or_after(free or airs_at)

    @cached_property
    def after(self) -> dict[int, datetime]:
        return {airing.episode.pk: airing.to for airing in self.airings}

    def _pieces(self) -> Iterator[PieceMove]:
        moved = self.after if self.wish.moves_airings else {episode.pk for episode in self.chosen}
        for piece in self.world.pieces:
            if not any(episode.pk in moved for episode in piece.episodes):
                continue
            free = piece.free_at(self.after)
            to = self._to(piece, free)
            if to != piece.when:
                must = bool(free and piece.when < free) and not piece.is_let_out_early
                yield PieceMove(piece, piece.when, to, must, self.wish.what == What.PIECES)

    def _to(self, piece: Piece, free: datetime | None) -> datetime:
        if self.wish.moves_airings:
            return self._with_its_episode(piece, free)
        if self.wish.shift is None:
            return piece.slot.next_at_or_after(max(free or self.world.at, self.world.at))
        return Shift(self.world.publication.zone, self.wish.shift.days, self.wish.shift.to).of(piece.when)

    def _with_its_episode(self, piece: Piece, free: datetime | None) -> datetime:
        """By as many weeks as the slot at which it is due; and never before its episodes have aired."""
        before = piece.free_at()
        if before is None or free is None:
            return piece.when
        weeks = piece.slot.week_for(free).monday - piece.slot.week_for(before).monday
        local = in_zone(piece.when, self.world.publication.zone)
        to = resolve_wall(shift_days(local.date(), weeks.days), local.time(), self.world.publication.zone)
        if to < free:
            return piece.slot.next_at_or_after(free) if piece.when < free else piece.when
        return to if to > self.world.at else piece.when

    def _slot(self) -> SlotMove | None:
        """Only who moves the pieces of all that follows to another weekday or time means the slot itself."""
        shift = self.wish.shift
        if self.wish.moves_airings or not self.wish.onward or shift is None or shift.to is None:
            return None
        was = self.world.slot
        named = shift.to.slot(was.zone) or WeeklySlot(shift.to.weekday, was.wall, was.zone)
        to = WeeklySlot((named.weekday + named.day_shift) % 7, named.wall, was.zone)
        return SlotMove(was, to) if to != was else None

    def _faults(self, found: Proposal) -> Iterator[str]:
        if found.is_empty:
            yield self._why_nothing()
        for airing in found.airings:
            if airing.to <= self.world.at:
                yield _("%(episode)s would have aired by now.") % {"episode": airing.episode}
        for move in found.pieces:
            yield from self._of_a_piece(move)

    def _of_a_piece(self, move: PieceMove) -> Iterator[str]:
        free = move.piece.free_at(self.after)
        if move.to <= self.world.at:
            yield _("“%(piece)s” would go out at an instant that has passed.") % {"piece": move.piece.review}
        elif free and move.to < free:
            yield _("“%(piece)s” would go out before its episode has aired.") % {"piece": move.piece.review}

    def _why_nothing(self) -> str:
        if self.kept and len(self.kept) == len(self.chosen):
            return _("It has aired already, and what has aired keeps its instant.")
        if self.wish.moves_airings:
            return _("Nothing moves: the airing isn't known, or stands there already.")
        return _("Nothing moves: no piece about it waits on the desk, or it stands there already.")
