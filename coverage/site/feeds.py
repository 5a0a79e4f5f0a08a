"""Feeds: of each piece its headline, its standfirst and its picture, no more.

A feed is described once, and written down as Atom (RFC 4287) or as JSON Feed 1.1.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.moved import redirect_to_renamed
from coverage.newsroom.pages import Preview, absolute
from reviews.cards import Card, plain_line
from reviews.models import Release
from reviews.models.releases import ReleaseQuerySet
from reviews.visibility import public_reviewers
from series.models import Series
from series.moved import redirect_to_series

ENTRIES = 30


@dataclass(frozen=True)
class Entry:
    """A piece in a feed. `id` outlasts a change of its address."""

    id: str
    url: str
    title: str
    picture: Preview | None
    card: Card


@dataclass(frozen=True)
class Feed:
    """What a feed says, in either form; every address in it is absolute."""

    id: str
    title: str
    subtitle: str
    author: str
    page: str
    atom: str
    json: str
    updated: datetime
    entries: list[Entry]
    hubs: list[str]


Form = Callable[[NewsroomRequest, Feed], HttpResponse]


def atom(request: NewsroomRequest, feed: Feed) -> HttpResponse:
    """Context: feed."""
    return render(
        request, "site/feed.xml", {"feed": feed}, content_type="application/atom+xml; charset=utf-8"
    )


def json_feed(request: NewsroomRequest, feed: Feed) -> HttpResponse:
    text = json.dumps(_as_json(feed), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/feed+json")


@require_safe
def site_feed(request: NewsroomRequest, form: Form) -> HttpResponse:
    """The newest pieces."""
    live = Release.objects.live(request.now)
    feed = _feed(
        request,
        live,
        title=request.publication.name,
        page=reverse("site:front"),
        addresses=(reverse("site:feed"), reverse("site:feed_json")),
        name="feed",
        naming_shows=True,
    )
    return form(request, feed)


@require_safe
def series_feed(request: NewsroomRequest, slug: str, form: Form) -> HttpResponse:
    """The newest pieces about one series."""
    series = Series.objects.public(request.now).for_page().filter(slug=slug).first()
    if series is None:
        return redirect_to_series(request, slug)
    feed = _feed(
        request,
        Release.objects.live(request.now).for_series(series),
        title=f"{series.title} · {request.publication.name}",
        page=series.get_absolute_url(),
        addresses=_both("series_feed", slug),
        name=f"series/{series.pk}/feed",
    )
    return form(request, feed)


@require_safe
def reviewer_feed(request: NewsroomRequest, slug: str, form: Form) -> HttpResponse:
    """The newest pieces by one critic."""
    critics = public_reviewers(request.now)
    critic = critics.filter(slug=slug).first()
    if critic is None:
        return redirect_to_renamed(request, critics, slug)
    feed = _feed(
        request,
        Release.objects.live(request.now).by(critic),
        title=f"{critic.byline} · {request.publication.name}",
        page=critic.get_absolute_url(),
        addresses=_both("reviewer_feed", slug),
        name=f"reviewer/{critic.pk}/feed",
        naming_shows=True,
    )
    return form(request, feed)


def tag(name: str) -> str:
    """A tag: URI (RFC 4151). It stays the same when a piece moves to another address."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2024:{name}"


def _both(name: str, slug: str) -> tuple[str, str]:
    """A feed's addresses: as Atom, and as JSON."""
    return reverse(f"site:{name}", args=[slug]), reverse(f"site:{name}_json", args=[slug])


def _feed(
    request: NewsroomRequest,
    releases: ReleaseQuerySet,
    *,
    title: str,
    page: str,
    addresses: tuple[str, str],
    name: str,
    naming_shows: bool = False,
) -> Feed:
    cards = [Card.of(release) for release in releases.for_list().newest_first()[:ENTRIES]]
    # A feed without entries has its instant too: one that doesn't tell what is to come.
    quiet = request.publication.last_slot(request.now)
    in_atom, in_json = map(absolute, addresses)
    return Feed(
        id=tag(name),
        title=plain_line(title),
        subtitle=plain_line(request.publication.tagline),
        author=plain_line(request.publication.name),
        page=absolute(page),
        atom=in_atom,
        json=in_json,
        updated=max((card.updated for card in cards), default=quiet),
        entries=[_entry(card, naming_shows) for card in cards],
        hubs=settings.WEBSUB_HUBS,
    )


def _entry(card: Card, naming_shows: bool) -> Entry:
    """In a feed of many shows a headline is little help without the show that it is about."""
    named = naming_shows and card.series
    image = card.page().image
    return Entry(
        id=tag(f"review/{card.review_id}"),
        url=absolute(card.path),
        title=f"{card.series} · {card.headline}" if named else card.headline,
        picture=image and replace(image, alt=plain_line(image.alt)),
        card=card,
    )


def _as_json(feed: Feed) -> dict[str, Any]:
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.json,
        "description": feed.subtitle,
        "favicon": absolute(static("img/favicon.svg")),
        "authors": [{"name": feed.author, "url": absolute("/")}],
        "language": get_language(),
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.hubs:
        said["hubs"] = [{"type": "WebSub", "url": hub} for hub in feed.hubs]
    return {key: value for key, value in said.items() if value != ""}


def _item(entry: Entry) -> dict[str, Any]:
    card = entry.card
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": card.standfirst,
        "date_published": card.published.isoformat(),
        "date_modified": card.updated.isoformat(),
        "authors": [{"name": author.name, "url": author.url} for author in card.authors],
    }
    if card.series:
        item["tags"] = [card.series]
    if entry.picture:
        item["image"] = entry.picture.url
    return item
