"""The pieces that are due until a slot, with what the verbs' rules and the copy desk say of each."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coverage.desk.board.grid import Cell
from coverage.desk.rehearsal.report import Rehearsed
from coverage.desk.unbegun import unbegun
from coverage.newsroom.models import Publication
from reviews import plans, rules
from reviews.announcing.faults import readiness_of
from reviews.announcing.lateness import OPEN
from reviews.announcing.subjects import about
from reviews.copydesk import answers
from reviews.models import Byline, Edition, Release, Review
from reviews.status import Stage, Status


def due_until(slot: datetime, now: datetime, publication: Publication) -> Iterator[Rehearsed]:
    """What goes live after `now` and until `slot`, and what should and nobody has approved yet."""
    waiting = Release.objects.filter(withdrawn_at=None, publish_at__gt=now, publish_at__lte=slot)
    approved = _joined(Review.objects.filter(status=Status.APPROVED, release__in=waiting))
    for review in approved.order_by("release__publish_at", "pk"):
        yield _approved(review)
    still_open = list(_joined(Review.objects.filter(status__in=OPEN)).order_by("planned_at", "pk"))
    dues = plans.dues(still_open, publication)
    for review in still_open:
        if dues[review.pk] <= slot:
            yield _open(review, dues[review.pk], now)
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
    if held := answers.holding(review, edition=release.edition):
        piece.hints.append(_asked(len(held)))
    newest = Edition.objects.latest_of(review)
    if newest and not newest.says_what(release.edition):
        piece.hints.append(_("It was changed since it was approved; readers get it as it was approved."))
    return piece


def _open(review: Review, due: datetime, now: datetime) -> Rehearsed:
    piece = _piece(review, due, Stage(review.status))
    piece.faults.append(_("Nobody has approved it."))
    readiness = readiness_of(review, max(due, now))
    piece.faults += readiness.faults
    if readiness.asked:
        piece.hints.append(_asked(readiness.asked))
    return piece


def _asked(many: int) -> str:
    words = ngettext("The copy desk asks about one thing.", "The copy desk asks about %(many)d things.", many)
    return words % {"many": many}


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


def _missing(cell: Cell) -> Rehearsed:
    return Rehearsed(
        title=str(cell.series),
        about=cell.what,
        path=cell.url,
        owner=cell.who,
        due_at=cell.due_at,
        stage=cell.words,
        reviewer=cell.reviewer,
        faults=[_("Nobody has begun it.")],
    )
