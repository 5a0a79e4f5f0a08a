"""The public pages about reviews."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import FETCH_RAISE, QuerySet
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.composing import composed_once
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Page
from reviews import social_cards, structured_data
from reviews.cards import Card, trail_of
from reviews.listing import Listing
from reviews.models import Correction, Release, Review
from reviews.places import reaches
from reviews.stills import shown_by, with_stills
from series.models import Credit, Episode, Series, Streaming
from series.moved import redirect_to_series
from series.progress import with_steps


@require_safe
def review_list(request: NewsroomRequest) -> HttpResponse:
    """All reviews. Context: page, listing."""
    listing = Listing(request, Release.objects.live(request.now))
    page = Page(title=_("Reviews"), description=_("Every review, the newest first."), **listing.address)
    return render(request, "reviews/list.html", {"page": page, "listing": listing})


@require_safe
def series_reviews(request: NewsroomRequest, slug: str) -> HttpResponse:
    """All reviews of one series. Context: page, series, listing."""
    series = Series.objects.public(request.now).for_page().filter(slug=slug).first()
    if series is None:
        return redirect_to_series(request, slug)
    listing = Listing(request, Release.objects.live(request.now).for_series(series), series)
    page = Page(
        title=_("%(series)s: reviews") % {"series": series.title},
        picture=series.picture,
        trail=trail_of(series),
        **listing.address,
    )
    context = {"page": page, "series": series, "listing": listing}
    return render(request, "reviews/series_reviews.html", context)


@require_safe
def detail(request: NewsroomRequest, slug: str) -> HttpResponse:
    """One review; its context is `context_of`."""
    found = _at_address(slug, request.now)
    if not found:
        return _former_address(request, slug)
    [release] = found
    return render(request, "reviews/detail.html", context_of(request, release))


@composed_once
def _at_address(slug: str, at: datetime) -> QuerySet[Release]:
    live = Release.objects.live(at).filter(review__slug=slug)
    return with_stills(live.for_page().with_neighbours(at))


def context_of(request: NewsroomRequest, release: Release) -> dict[str, Any]:
    """What a review's page shows of `release`, which was read as `detail` reads it.

    Context: page, release, edition, parts, shows (each with the steps that a reader may be through),
    furthest (how far it goes in each), series (None for a roundup), bylines, credits (of the
    series and of its episodes here, by role), corrections (newest first), previous and next
    (releases or None), streams, stills (the pictures in its prose, by key).
    """
    series, parts = release.review.series, release.parts
    episodes = [episode for part in parts for episode in (part.episode, part.last_episode) if episode]
    card = Card.of(release)
    page = card.page(structured_data.reviews_of(card, request.publication))
    previous, following = release.neighbours
    return {
        "page": replace(page, card=social_cards.of_release(release, request.publication).preview()),
        "release": release,
        "edition": release.edition,
        "parts": parts,
        "shows": with_steps(_shows(release), request.now),
        "furthest": reaches(release),
        "series": series,
        "bylines": release.review.bylines.all(),
        "corrections": Correction.objects.filter(review=release.review, made_at__lte=request.now),
        "credits": _credits(series, episodes) if series else [],
        "streams": Streaming.objects.filter(series=series).for_page() if series else [],
        "stills": shown_by(release),
        "previous": previous,
        "next": following,
    }


def _shows(release: Release) -> list[Series]:
    own = [release.review.series] if release.review.series else []
    return own or [part.episode.series for part in release.parts]


def _credits(series: Series, episodes: list[Episode]) -> list[Credit]:
    return Credit.objects.of(series, episodes).checked().for_page().in_order()


def _former_address(request: NewsroomRequest, slug: str) -> HttpResponse:
    """Where nothing is live: 410 for what readers once had, a redirect for an old slug, or 404."""
    reviews = Review.objects.without_content().fetch_mode(FETCH_RAISE)
    review = reviews.filter(slug=slug).first() or reviews.filter(former_slugs__slug=slug).first()
    if review is None:
        raise Http404
    if Release.objects.gone(request.now).filter(review=review).exists():
        return render(request, "410.html", status=410)
    if review.slug == slug or not Release.objects.live(request.now).filter(review=review).exists():
        raise Http404
    return HttpResponsePermanentRedirect(review.get_absolute_url())
