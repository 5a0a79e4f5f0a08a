"""Discarded pieces, and until when each can be recovered."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coverage.newsroom.models import AuditEntry
from reviews.models import Review
from reviews.status import Status

RECOVERABLE_FOR = timedelta(days=30)


def recoverable(at: datetime) -> QuerySet[Review]:
    """What can be recovered at `at`, the latest first, each with `discarded_at` and `discarded_by`."""
    about = ContentType.objects.get_for_model(Review)
    discards = AuditEntry.objects.filter(subject_type=about, subject_id=OuterRef("pk"), verb="discard")
    latest = discards.order_by("-at", "-pk")
    return (
        Review.objects.filter(status=Status.DISCARDED)
        .annotate(
            discarded_at=Coalesce(Subquery(latest.values("at")[:1]), F("updated_at")),
            discarded_by=Subquery(latest.values("actor__username")[:1]),
        )
        .filter(discarded_at__gt=at - RECOVERABLE_FOR)
        .order_by("-discarded_at", "-pk")
    )


def recoverable_until(review: Review) -> datetime:
    """The instant, UTC, from which on a discarded piece stays so."""
    entry = AuditEntry.objects.about(review).filter(verb="discard").first()
    return (entry.at if entry else review.updated_at) + RECOVERABLE_FOR


def days_left(discarded_at: datetime, at: datetime) -> int:
    """Whole days and the one that has begun."""
    return -((at - discarded_at - RECOVERABLE_FOR) // timedelta(days=1))
