"""What was put right in pieces that readers had, the newest first.

Which piece, when, and whether it was a fact or the score: what was wrong may spoil, and stands under the
piece alone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Page
from reviews.models import Correction, Release
from reviews.models.corrections import CorrectionQuerySet
from reviews.paging import CORRECTED, PER_PAGE, Asked, Leaf, NoSuchPage, canonical, leaf, steps


@dataclass(frozen=True)
class Corrected:
    """Of the correction no more than its kind and its instant."""

    correction: Correction
    release: Release


@require_safe
def corrections(request: NewsroomRequest) -> HttpResponse:
    """Context: page, corrections (a Corrected each), steps."""
    try:
        shown = leaf(told(request.now), CORRECTED, Asked.of(request.GET, CORRECTED), PER_PAGE)
    except NoSuchPage as error:
        raise Http404 from error
    context = {
        "page": Page(
            title=_("Corrections"),
            description=_("What we put right in what was out already, the newest first."),
            **canonical(request.path, request.GET),
        ),
        "corrections": _shown(shown, request.now),
        "steps": steps(request.path, {}, shown, CORRECTED),
    }
    return render(request, "site/corrections.html", context)


def told(at: datetime) -> CorrectionQuerySet:
    """Corrections, of facts and scores, of what is live at `at`; a typo isn't worth a reader's time."""
    live = Release.objects.live(at).filter(review=OuterRef("review"))
    return Correction.objects.of_substance().filter(Exists(live), made_at__lte=at)


def _shown(page: Leaf, at: datetime) -> list[Corrected]:
    """Without what was wrong, which can't even be loaded."""
    pks = [key[-1] for key in page.keys]
    found = (
        Correction.objects.filter(pk__in=pks).only("kind", "made_at", "review_id").order_by("-made_at", "-pk")
    )
    made = list(found.fetch_mode(models.FETCH_RAISE))
    pieces = Release.objects.live(at).filter(review__in={correction.review_id for correction in made})
    releases = {release.review_id: release for release in pieces.for_list()}
    return [
        Corrected(correction, releases[correction.review_id])
        for correction in made
        if correction.review_id in releases
    ]
