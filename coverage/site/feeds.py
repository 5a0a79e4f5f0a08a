"""Atom feeds: of each piece its headline and its standfirst, no more."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import absolute
from reviews.cards import Card, plain_line
from reviews.models import Release
from reviews.models.releases import ReleaseQuerySet
from series.models import Series
from series.moved import redirect_to_series

ENTRIES = 30


@require_safe
def site_feed(request: NewsroomRequest) -> HttpResponse:
    """The newest pieces. Context: feed."""
    live = Release.objects.live(request.now)
    return _feed(
        request,
        live,
        title=request.publication.name,
        page=reverse("site:front"),
        name="feed",
        naming_shows=True,
    )


@require_safe
def series_feed(request: NewsroomRequest, slug: str) -> HttpResponse:
    """The newest pieces about one series. Context: feed."""
    series = Series.objects.public(request.now).for_page().filter(slug=slug).first()
    if series is None:
        return redirect_to_series(request, slug)
    return _feed(
        request,
        Release.objects.live(request.now).for_series(series),
        title=f"{series.title} · {request.publication.name}",
        page=series.get_absolute_url(),
        name=f"series/{series.pk}/feed",
    )


def tag(name: str) -> str:
    """A tag: URI (RFC 4151). It stays the same when a piece moves to another address."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2024:{name}"


def _feed(
    request: NewsroomRequest,
    releases: ReleaseQuerySet,
    *,
    title: str,
    page: str,
    name: str,
    naming_shows: bool = False,
) -> HttpResponse:
    cards = [Card.of(release) for release in releases.for_list().newest_first()[:ENTRIES]]
    # A feed without entries has its instant too: one that doesn't tell what is to come.
    quiet = request.publication.last_slot(request.now)
    context = {
        "title": plain_line(title),
        "subtitle": plain_line(request.publication.tagline),
        "id": tag(name),
        "page": absolute(page),
        "self": absolute(request.path),
        "updated": max((card.updated for card in cards), default=quiet),
        "entries": [_entry(card, naming_shows) for card in cards],
    }
    return render(
        request, "site/feed.xml", {"feed": context}, content_type="application/atom+xml; charset=utf-8"
    )


def _entry(card: Card, naming_shows: bool) -> dict[str, Any]:
    """In a feed of many shows a headline is little help without the show that it is about."""
    named = naming_shows and card.series
    return {
        "id": tag(f"review/{card.review_id}"),
        "url": absolute(card.path),
        "title": f"{card.series} · {card.headline}" if named else card.headline,
        "card": card,
    }
