"""Which series and episodes live reviews reveal: the conditions that `series.visibility` asks for."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from reviews.models import EditionPart, Release
from reviews.models.content import covered_by


def reveals_series(at: datetime) -> Q:
    live = Release.objects.live(at)
    return Q(Exists(live.filter(review__series=OuterRef("pk")))) | Q(
        Exists(_live_parts(at).filter(episode__series=OuterRef("pk")))
    )


def reveals_episode(at: datetime) -> Q:
    """An episode is revealed by a live part about it, or about a run that it lies in."""
    return covered_by(_live_parts(at))


def _live_parts(at: datetime):  # type: ignore[no-untyped-def]  # a queryset of parts
    # EXISTS and not IN: for each of many shows, a list of all live editions would be read anew.
    return EditionPart.objects.filter(Exists(Release.objects.live(at).filter(edition=OuterRef("edition"))))
