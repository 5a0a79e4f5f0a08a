"""The pieces that are due until a slot, with what the verbs' rules and the copy desk say of each."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coverage.desk.board.grid import Cell, rows
from coverage.desk.board.reading import read
from coverage.desk.board.states import State
from coverage.desk.rehearsal.report import Rehearsed
from coverage.newsroom.models import Publication
from reviews import rules
from reviews.announcing.faults import faults_of
from reviews.announcing.lateness import OPEN, due_at
from reviews.announcing.subjects import about
from reviews.models import Byline, Edition, Release, Review
from reviews.status import Stage, Status

_UNBEGUN = (State.UNASSIGNED, State.ASSIGNED, State.LATE)


def due_until(slot: datetime, now: datetime, publication: Publication) -> Iterator[Rehearsed]:
    """What goes live after `now` and until `slot`, and what should and nobody has approved yet."""
    waiting = Release.objects.filter(withdrawn_at=None, publish_at__gt=now, publish_at__lte=slot)
    approved = _joined(Review.objects.filter(status=Status.APPROVED, release__in=waiting))
    for review in approved.order_by("release__publish_at", "pk"):
        yield _approved(review)
    for review in _joined(Review.objects.filter(status__in=OPEN)).order_by("planned_at", "pk"):
        due = due_at(review, publication)
        if due <= slot:
            yield _open(review, due, now)
    for cell in unbegun(now, slot, now, publication):
        yield _missing(cell)


def _joined(reviews: QuerySet[Review]) -> QuerySet[Review]:
    bylines = Prefetch("bylines", Byline.objects.select_related("reviewer"))
    return reviews.select_related("series", "release__edition", "lead_picture").prefetch_related(bylines)


def _approved(review: Review) -> Rehearsed:
    release = review.release
    piece = _piece(review, release.publish_at, Stage.SCHEDULED)
    piece.faults += rules.missing(review, release.edition)
    if not release.exception_reason:
        piece.faults += rules.obstacles(release.edition, release.publish_at)
    newest = Edition.objects.latest_of(review)
    if newest and not newest.says_what(release.edition):
        piece.hints.append(_("It was changed since it was approved; readers get it as it was approved."))
    return piece


def _open(review: Review, due: datetime, now: datetime) -> Rehearsed:
    piece = _piece(review, due, Stage(review.status))
    piece.faults.append(_("Nobody has approved it."))
    piece.faults += faults_of(review, max(due, now))
    return piece


def _piece(review: Review, due: datetime, stage: Stage) -> Rehearsed:
    return Rehearsed(
        title=str(review),
        about=about(review),
        path=reverse("admin:reviews_review_change", args=[review.pk]),
        owner=", ".join(byline.reviewer.byline for byline in review.bylines.all()),
        due_at=due,
        stage=str(stage.label),
        review=review,
    )


def unbegun(since: datetime, until: datetime, now: datetime, publication: Publication) -> Iterator[Cell]:
    """What the board says was or is due after `since` and until `until`, and nobody has begun at `now`."""
    week, last = publication.week(since), publication.week(until)
    weeks = [week]
    while weeks[-1] < last:
        weeks.append(weeks[-1].next())
    for row in rows(read(weeks, publication, now), weeks, publication, now, me=0):
        for cell in filter(None, row.cells):
            if cell.piece is None and cell.state in _UNBEGUN and since < cell.due_at <= until:
                yield cell


def _missing(cell: Cell) -> Rehearsed:
    return Rehearsed(
        title=str(cell.series),
        about=cell.what,
        path=cell.url,
        owner=cell.who,
        due_at=cell.due_at,
        stage=cell.words,
        faults=[_("Nobody has begun it.")],
    )
