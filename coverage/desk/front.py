"""What the desk opens on: what the coming slot needs, and what is mine."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, QuerySet

from coverage.desk.board.open_work import open_work
from coverage.desk.live_now import live_now
from coverage.desk.time_machine.coming import MINUTE
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import AuditEntry, Publication, User
from coverage.newsroom.walltime import in_words
from coverage.newsroom.weeks import Week
from reviews import plans
from reviews.announcing.lateness import OPEN
from reviews.models import Byline, Review
from reviews.models.content import PROSE
from reviews.status import Stage, Status

# In the order in which they ask for an editor's hand.
_STAGES = (Stage.SUBMITTED, Stage.DRAFT, Stage.SCHEDULED, Stage.LIVE)


@dataclass(frozen=True)
class Slot:
    """The slot that comes next, and the one before it."""

    at: datetime
    previous: datetime
    week_ends: datetime
    words: str

    @property
    def has_come_at(self) -> datetime:
        """When its pieces are there to be seen."""
        return self.at + MINUTE

    @classmethod
    def coming(cls, publication: Publication, now: datetime) -> "Slot":
        slot = publication.slot
        at = slot.next_at_or_after(now)
        week = Week.of(at, publication.zone)
        return cls(at, slot.on(week.previous()), week.ends(publication.zone), slot.in_words(at, now))


@dataclass(frozen=True)
class Piece:
    """A review on the front page."""

    review: Review
    stage: Stage
    when: str
    is_late: bool
    note: AuditEntry | None = None


@dataclass(frozen=True)
class Group:
    stage: Stage
    pieces: Sequence[Piece]


def front(request: NewsroomRequest) -> dict[str, Any]:
    """The context of the front page."""
    publication, now, me = request.publication, request.now, cast("User", request.user)
    slot = Slot.coming(publication, now)
    telling = _Telling(publication, now)
    needed = telling.pieces(list(_for(slot, now)))
    work = open_work(request, publication.week(slot.at)) if me.has_perm("reviews.add_review") else None
    mine = list(_joined(Review.objects.of(me).filter(status__in=[Status.DRAFT, Status.SUBMITTED])))
    return {
        "slot": slot,
        "groups": _by_stage(needed),
        "ready": sum(piece.stage in (Stage.SCHEDULED, Stage.LIVE) for piece in needed),
        "needed": len(needed),
        "mine": telling.pieces(mine, notes=_last_returns(mine)),
        "live_now": live_now(me, publication, now),
        "uncovered": work.nobodys if work else [],
        "to_begin": work.mine if work else [],
    }


def _for(slot: Slot, now: datetime) -> Iterable[Review]:
    """What is planned until the end of the slot's week, what is late, and what has no date yet."""
    open_ = Q(status__in=[Status.DRAFT, Status.SUBMITTED])
    due = Q(planned_at=None) | Q(planned_at__lt=slot.week_ends)
    to_come = Q(status=Status.APPROVED, release__publish_at__gt=now, release__publish_at__lt=slot.week_ends)
    return _joined(Review.objects.filter(open_ & due | to_come))


def _joined(reviews: QuerySet[Review]) -> QuerySet[Review]:
    bylines = Prefetch("bylines", Byline.objects.select_related("reviewer"))
    return (
        reviews.select_related("series", "release")
        .defer(*PROSE)
        .prefetch_related(bylines)
        .order_by("planned_at", "pk")
    )


@dataclass(frozen=True)
class _Telling:
    """Puts pieces into words, as of an instant."""

    publication: Publication
    now: datetime

    def pieces(self, reviews: Sequence[Review], notes: dict[int, AuditEntry] | None = None) -> list[Piece]:
        dues = plans.dues([review for review in reviews if review.status in OPEN], self.publication)
        return [self._piece(review, dues.get(review.pk), (notes or {}).get(review.pk)) for review in reviews]

    def _piece(self, review: Review, due: datetime | None, note: AuditEntry | None) -> Piece:
        stage = review.stage(self.now)
        when = review.release.publish_at if stage == Stage.SCHEDULED else review.planned_at
        words = in_words(when, self.publication.zone, self.now) if when else ""
        return Piece(review, stage, words, is_late=bool(due and due <= self.now), note=note)


def _by_stage(pieces: Iterable[Piece]) -> list[Group]:
    found: dict[Stage, list[Piece]] = defaultdict(list)
    for piece in pieces:
        found[piece.stage].append(piece)
    return [Group(stage, found[stage]) for stage in _STAGES if found[stage]]


def _last_returns(reviews: Sequence[Review]) -> dict[int, AuditEntry]:
    """For drafts that came back from an editor: the entry that says why."""
    drafts = [review.pk for review in reviews if review.status == Status.DRAFT]
    entries = (
        AuditEntry.objects.filter(
            subject_type=ContentType.objects.get_for_model(Review),
            subject_id__in=drafts,
            verb__in=["submit", "return_with_note"],
        )
        .select_related("actor")
        .order_by("at", "pk")
    )
    last = {entry.subject_id: entry for entry in entries}
    return {pk: entry for pk, entry in last.items() if entry.verb == "return_with_note"}
