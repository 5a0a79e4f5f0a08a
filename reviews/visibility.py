"""Which series and episodes live reviews reveal: the conditions that `series.visibility` asks for."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from reviews.models import Release
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
