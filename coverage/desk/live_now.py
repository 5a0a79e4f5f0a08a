"""What went live of late, for the front page: from there a slip is put right in a minute."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from coverage.newsroom.models import Publication, User
from coverage.newsroom.walltime import in_words
from reviews.models import Release, Review

MOST = 6


@dataclass(frozen=True)
class LivePiece:
    """`is_mine`: somebody else has to put it right."""

    release: Release
    when: str
    is_mine: bool


def live_now(user: User, publication: Publication, now: datetime) -> list[LivePiece]:
    """The newest, if `user` corrects what is live at all; one query."""
    if not user.has_perm("reviews.correct_review"):
        return []
    own_too = user.has_perm("reviews.override_review")
    return [
        LivePiece(
            release,
            in_words(release.publish_at, publication.zone, now),
            is_mine=not own_too and getattr(release, "is_mine"),  # noqa: B009  # an annotation
        )
        for release in _newest(user, now)
    ]


def _newest(user: User, now: datetime) -> QuerySet[Release]:
    bylined = Review.objects.filter(pk=OuterRef("review"), bylines__reviewer__user=user)
    drafted = Review.objects.filter(pk=OuterRef("review"), parts__reviewer__user=user)
    released = Release.objects.filter(pk=OuterRef("pk"), edition__parts__reviewer__user=user)
    return (
        Release.objects.live(now)
        .select_related("review__series", "edition")
        .only("publish_at", "review__slug", "review__series__title", "edition__headline")
        .annotate(is_mine=Exists(bylined) | Exists(drafted) | Exists(released))
        .newest_first()[:MOST]
    )
