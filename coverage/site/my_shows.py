"""What a reader's own browser needs to tell what is new and safe. Nobody tells us who follows what."""

from datetime import datetime
from typing import Any

from django.db.models import FETCH_RAISE, Prefetch
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Page
from reviews.models import EditionPart, Kind, Release
from reviews.places import places_of
from series.models import Series
from series.progress import pairs

# How many of the newest pieces are told: two cours of a busy newsroom, and still a small answer.
NEWEST = 500

_READ = ("publish_at", "review__slug", "review__kind", "review__series", "edition__spoiler_level",
         "edition__spoils_through__series", "edition__spoils_through__sort_key")  # fmt: skip
_READ_OF_PARTS = ("edition", "episode__series", "episode__number", "episode__sort_key",
                  "last_episode__number", "last_episode__sort_key")  # fmt: skip


@require_safe
def my_shows(request: NewsroomRequest) -> HttpResponse:
    """My shows, the same bytes for everybody. Context: page."""
    page = Page(
        path=request.path,
        title=_("My shows"),
        description=_("Say how far you are, and what goes further stays closed."),
        indexed=False,
    )
    return render(request, "site/my_shows.html", {"page": page})


@require_safe
def my_shows_json(request: NewsroomRequest) -> HttpResponse:
    """The newest pieces and the shows they are about, without a headline.

    `shows` gives title and path by key; `pieces`, newest first, are path, what they are about as in
    `data-about`, the key of their show (None for a roundup), what they are called and when they went live.
    """
    releases = _newest(request.now)
    pieces = [_piece(release) for release in releases]
    keys = {pk for release in releases for pk, _place in places_of(release)}
    keys |= {release.review.series_id for release in releases if release.review.series_id}
    shows = Series.objects.public(request.now).filter(pk__in=keys).only("title", "slug").order_by("pk")
    told = {show.pk: [show.title, show.get_absolute_url()] for show in shows}
    return JsonResponse({"version": 1, "shows": told, "pieces": pieces})


def _newest(at: datetime) -> list[Release]:
    parts = EditionPart.objects.select_related("episode", "last_episode").only(*_READ_OF_PARTS)
    return list(
        Release.objects.live(at)
        .select_related("review", "edition__spoils_through")
        .only(*_READ)
        .prefetch_related(Prefetch("edition__parts", parts.fetch_mode(FETCH_RAISE)))
        .fetch_mode(FETCH_RAISE)
        .newest_first()[:NEWEST]
    )


def _piece(release: Release) -> list[Any]:
    review = release.review
    kind = Kind(review.kind)
    name = release.covers if kind is Kind.WEEKLY and release.covers else str(kind.label)
    about = pairs(places_of(release))
    return [release.get_absolute_url(), about, review.series_id, name, release.publish_at.isoformat()]
