"""Doing what was proposed, whole or not at all: airings, approved pieces through `reschedule`, drafts."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coverage.newsroom.models import AuditEntry, Publication
from coverage.newsroom.models.audit import moved
from reviews import rules, verbs
from reviews.models import Review
from reviews.moving.proposing import Airing, PieceMove, Proposal, SlotMove, propose
from reviews.moving.reading import World
from reviews.moving.wishes import Wish, may_move
from reviews.rules import VerbRefused
from reviews.verbs import Act
from series.models import Episode, Series


class Changed(ValidationError):
    """What would move isn't any more what was shown."""

    def __init__(self) -> None:
        super().__init__(
            _("Something of this has changed since you looked, so nothing was moved. Look at it again."),
            code="stale",
        )


def move(wish: Wish, seen: UUID, act: Act, ticked: Collection[int], keep_slot: bool = False) -> Proposal:
    """Do what the proposal with the token `seen` said; of approved pieces those with keys in `ticked`.

    With `keep_slot` the series' own slot moves too. What was done. Raises `Changed`, `VerbRefused`, what
    `reschedule` raises, or PermissionDenied; then nothing is.
    """
    if not may_move(act.by, wish.what):
        raise PermissionDenied
    rules.refuse_nulls(act.note)
    with transaction.atomic():
        _lock(wish, _proposal(wish, seen, act))
        found = _proposal(wish, seen, act)
        refuse_if_left(found, ticked)
        if found.faults:
            raise VerbRefused(list(found.faults))
        pieces = [piece for piece in found.pieces if not piece.is_asked or piece.piece.review.pk in ticked]
        slot = found.slot if keep_slot else None
        if not (pieces or found.airings or slot):
            raise VerbRefused(_("Tick what is to be moved."))
        # Whichever comes first, nothing stands before its episode in between.
        _move_pieces(act, (piece for piece in pieces if piece.to > piece.was))
        for airing in found.airings:
            _move_airing(act, airing)
        _move_pieces(act, (piece for piece in pieces if piece.to < piece.was))
        if slot:
            _move_slot(act, wish.episode.series, slot)
        _record(act, wish, found.airings, pieces, slot)
    return replace(found, pieces=tuple(pieces), slot=slot)


def _proposal(wish: Wish, seen: UUID, act: Act) -> Proposal:
    """As it stands now, if that is what was seen."""
    series = Series.objects.get(pk=wish.episode.series_id)
    publication = Publication.objects.current(act.at)
    found = propose(wish, World.read(series, publication, act.at))
    if found.token != seen:
        raise Changed
    return found


def _lock(wish: Wish, found: Proposal) -> None:
    """Pieces, then the series, then the episodes, as the verbs do: see `rules.hold`."""
    reviews = sorted((piece.piece.review for piece in found.pieces), key=lambda review: review.pk)
    for review in reviews:
        Review.claim(review.pk, None)
    episodes = [episode for piece in found.pieces for episode in piece.piece.episodes]
    episodes += [airing.episode for airing in found.airings]
    shows = [episode.series_id for episode in [wish.episode, *episodes]]
    shows += [review.series_id for review in reviews if review.series_id]
    rules.hold(Series.objects.filter(pk__in=shows))
    rules.hold(Episode.objects.filter(pk__in=[episode.pk for episode in episodes]))


def refuse_if_left(found: Proposal, ticked: Collection[int]) -> None:
    """An approved piece can't stay where it would be live before its episode."""
    left = [piece for piece in found.pieces if piece.is_asked and piece.must]
    left = [piece for piece in left if piece.piece.review.pk not in ticked]
    if left and found.airings:
        told = _("“%(piece)s” would be live before its episode has aired. Tick it, or withdraw it first.")
        raise VerbRefused([told % {"piece": piece.piece.review} for piece in left])


def _move_airing(act: Act, airing: Airing) -> None:
    episode = airing.episode
    episode.airs_at, episode.late_night_label = airing.to, airing.label
    episode.clean()
    episode.save(update_fields=["airs_at", "late_night_label"])
    AuditEntry.objects.record(
        "move_airing",
        episode,
        by=act.by,
        at=act.at,
        note=act.note,
        was=airing.was.isoformat(),
        moved_to=airing.to.isoformat(),
    )


def _move_pieces(act: Act, moves: Iterable[PieceMove]) -> None:
    for move in moves:
        if move.piece.is_approved:
            again = Act(act.by, act.at, note=act.note)
            verbs.reschedule(move.piece.review, again, publish_at=move.to)
        else:
            _replan(act, move)


def _replan(act: Act, move: PieceMove) -> None:
    review = Review.claim(move.piece.review.pk, None)
    review.planned_at = move.to
    review.save(update_fields=["planned_at"])
    review.keep(by=act.by, at=act.at, reason="replan")
    AuditEntry.objects.record(
        "replan",
        review,
        by=act.by,
        at=act.at,
        note=act.note,
        was=move.was.isoformat(),
        moved_to=move.to.isoformat(),
    )


def _move_slot(act: Act, series: Series, slot: SlotMove) -> None:
    if not act.by.has_perm("series.change_series"):
        raise PermissionDenied
    own = {"slot_weekday": slot.to.weekday, "slot_time": slot.to.wall}
    Series.objects.filter(pk=series.pk).update(**own)
    was, now = f"{slot.was_day} {slot.was.wall:%H:%M}", f"{slot.to_day} {slot.to.wall:%H:%M}"
    values = [moved(_("slot"), was, now)]
    AuditEntry.objects.record(
        "move_slot", series, by=act.by, at=act.at, note=act.note, changes=[{"values": values}]
    )


def _record(
    act: Act, wish: Wish, airings: Iterable[Airing], pieces: Iterable[PieceMove], slot: SlotMove | None
) -> None:
    """What moved in all, in the series' history."""
    AuditEntry.objects.record(
        "move",
        wish.episode.series,
        by=act.by,
        at=act.at,
        note=act.note,
        airings=[airing.episode.number for airing in airings],
        pieces=[piece.piece.review.pk for piece in pieces],
        slot=f"{slot.to.weekday} {slot.to.wall:%H:%M}" if slot else "",
    )
