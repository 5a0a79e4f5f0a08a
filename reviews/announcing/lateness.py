"""When an open piece is due, and that it is late: facts about time, written down once for each due time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from coverage.newsroom.models import Publication
from reviews import plans
from reviews.announcing.kinds import Kind
from reviews.announcing.recipients import all_but, authors, destination_of, editors
from reviews.announcing.subjects import about, subject_of
from reviews.models import Announcement, Review
from reviews.models.content import PROSE
from reviews.status import Status

OPEN = (Status.DRAFT, Status.SUBMITTED)
# How long before it is due a piece is looked through.
CHECKED_BEFORE = timedelta(days=1)


def due_at(review: Review, publication: Publication) -> datetime:
    """UTC; see `plans.due_at`."""
    return plans.dues([review], publication)[review.pk]


def round_of(due: datetime) -> int:
    """Another due time is another round."""
    return int(due.timestamp())


def look(at: datetime) -> None:
    """Write what `at` has to tell of open pieces: those that are late, those that are due within a day."""
    publication = Publication.objects.get()
    for review, due in _open(publication):
        if due <= at < due + Kind.LATE.useful_for:
            Announcement.objects.write(late_rows(review, due, at))
        elif at < due <= at + CHECKED_BEFORE:
            Announcement.objects.write(_rows(Kind.CHECKS, review, due, at))


def late_rows(review: Review, due: datetime, at: datetime) -> Iterator[Announcement]:
    """The mails, not saved, that say at `at` that a piece was due and isn't there."""
    return _rows(Kind.LATE, review, due, at)


def _open(publication: Publication) -> Iterator[tuple[Review, datetime]]:
    reviews: QuerySet[Review] = Review.objects.filter(status__in=OPEN).select_related("series")
    found = list(reviews.defer(*PROSE).order_by("pk"))
    dues = plans.dues(found, publication)
    for review in found:
        yield review, dues[review.pk]


def _rows(kind: Kind, review: Review, due: datetime, at: datetime) -> Iterator[Announcement]:
    subject, detail = subject_of(review), {"about": about(review)}
    for user in all_but(None, editors(), authors(review)):
        yield Announcement.made(
            kind, destination_of(user), subject, round=round_of(due), at=at, detail=detail
        )
