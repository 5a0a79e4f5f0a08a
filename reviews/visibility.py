"""What live reviews reveal: series and episodes, which `series.visibility` asks for, and reviewers."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from reviews.models import Release, Reviewer
from reviews.models.content import covered_by
from reviews.models.releases import live_parts


def reveals_series(at: datetime) -> Q:
    live = Release.objects.live(at)
    return Q(Exists(live.filter(review__series=OuterRef("pk")))) | Q(
        Exists(live_parts(at).filter(episode__series=OuterRef("pk")))
    )


def reveals_episode(at: datetime) -> Q:
    """An episode is revealed by a live part about it, or about a run that it lies in."""
    return covered_by(live_parts(at))


def public_reviewers(at: datetime) -> QuerySet[Reviewer]:
    """Whose name stands over a piece that is live at `at`, or over a part of one."""
    pieces = Release.objects.live(at).filter(review__bylines__reviewer=OuterRef("pk"))
    parts = live_parts(at).filter(reviewer=OuterRef("pk"))
    return Reviewer.objects.filter(Exists(pieces) | Exists(parts))
