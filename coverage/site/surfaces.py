"""The register of surfaces: every kind of public answer, and at which addresses it answers.

A public URL pattern that doesn't stand here fails a test, and is never cached. Whatever sweeps the
public site (for spoilers, embargoes, accessibility, pictures of it) walks this register.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.flatpages.models import FlatPage
from django.db.models import QuerySet
from django.urls import reverse

from coverage.newsroom.models import Picture, Publication
from coverage.newsroom.pictures.renditions import Crop, Format, Rendition, widths
from coverage.site import sitemaps
from coverage.site.media import is_public
from coverage.site.search import page as search
from coverage.site.seasons import covered_seasons
from coverage.site.weeks import eventful_weeks, known_weeks
from reviews import social_cards
from reviews.models import Release
from reviews.visibility import public_reviewers
from series.models import Person, Series, Studio

Addresses = Callable[[datetime], Iterable[str]]

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


class Kind(StrEnum):
    PAGE = "page"
    FEED = "feed"
    FILE = "file"


@dataclass(frozen=True)
class Surface:
    """One kind of public answer.

    `addresses(at)` gives the path of every such answer that is public at `at`; `longest` is for how
    many seconds a cache may keep one if nothing changes before. A page that isn't `indexed` is the
    reader's own, or made of what they ask: it stays out of the sitemaps. Where only some are, `worth_finding`
    gives these.
    """

    name: str
    kind: Kind
    addresses: Addresses
    longest: int = MINUTE
    shows_releases: bool = True
    immutable: bool = False
    indexed: bool = True
    worth_finding: Addresses | None = None

    def for_sitemap(self, at: datetime) -> Iterable[str]:
        """The paths that search engines are told of."""
        if not self.indexed:
            return []
        return (self.worth_finding or self.addresses)(at)


_register: dict[str, Surface] = {}

# Addresses outside the desk that are no surface, each with its reason. No list, sitemap or cache knows them.
UNLISTED = {
    "site:preview": "shows a piece before it is out, to whoever was sent the link's secret token",
    "site:preview_rendition": "a picture on that page, for the same token",
    "site:alive": "for what starts servers: says nothing of the site",
    "site:ready": "for what sends readers to servers: says nothing of the site",
    "site:metrics": "for who has the token alone",
    "site:mail_ask": "takes the form by which a reader asks for mail",
    "site:mail_events": "takes what the mail provider tells, for its secret",
    "site:mail_confirm": "is one reader's, by the signed link in their mail",
    "site:mail_choices": "is one reader's, by the signed link in their mail",
    "site:mail_leave": "is one reader's, by the signed link in their mail",
    "site:indexnow_key": "shows search engines that what they were told comes from this site",
}


def register(surface: Surface) -> Surface:
    if surface.name in _register:
        raise ValueError(f"{surface.name} is registered twice.")
    _register[surface.name] = surface
    return surface


def every() -> list[Surface]:
    return list(_register.values())


def named(name: str) -> Surface | None:
    """The surface of a URL name such as `reviews:detail`, if it is one."""
    return _register.get(name)


def _one(name: str) -> Addresses:
    return lambda at: [reverse(name)]


def _reviews(at: datetime) -> Iterable[str]:
    return [release.get_absolute_url() for release in Release.objects.live(at).for_link().order_by("pk")]


def _flatpages(at: datetime) -> Iterable[str]:
    return FlatPage.objects.order_by("pk").values_list("url", flat=True)


def _weeks(at: datetime) -> Iterable[str]:
    return [reverse("site:week", args=[week]) for week in known_weeks(Publication.objects.get(), at)]


def _eventful_weeks(at: datetime) -> Iterable[str]:
    return [reverse("site:week", args=[week]) for week in eventful_weeks(Publication.objects.get(), at)]


def _of_each(name: str, rows: Callable[[datetime], QuerySet[Any]]) -> Addresses:
    def addresses(at: datetime) -> Iterable[str]:
        return [reverse(name, args=[slug]) for slug in rows(at).order_by("pk").values_list("slug", flat=True)]

    return addresses


def _seasons(at: datetime) -> Iterable[str]:
    return [season.get_absolute_url() for season in sorted(covered_seasons(at))]


def _pictures(at: datetime) -> Iterable[str]:
    files = Picture.objects.filter(is_public(at)).order_by("pk").values_list("file", flat=True)
    return [reverse("site:media", args=[name]) for name in files]


def _cards(at: datetime) -> Iterable[str]:
    publication = Publication.objects.get()
    for release in Release.objects.live(at).for_list().order_by("pk"):
        yield social_cards.of_release(release, publication).path
    for series in Series.objects.public(at).for_page().order_by("pk"):
        yield social_cards.of_series(series, publication).path


def _renditions(at: datetime) -> Iterable[str]:
    """Of each picture the smallest in each crop; the rest differ in nothing but their size."""
    for picture in Picture.objects.filter(is_public(at)).order_by("pk"):
        for crop in Crop:
            yield Rendition(picture, crop, widths(picture, crop)[0], Format.WEBP).url


for surface in (
    Surface("site:front", Kind.PAGE, _one("site:front")),
    Surface("reviews:list", Kind.PAGE, _one("reviews:list")),
    Surface("reviews:detail", Kind.PAGE, _reviews),
    Surface("reviews:series", Kind.PAGE, _of_each("reviews:series", Series.objects.public)),
    Surface("site:series_list", Kind.PAGE, _one("site:series_list")),
    Surface("site:series", Kind.PAGE, _of_each("site:series", Series.objects.public)),
    Surface("site:weeks", Kind.PAGE, _one("site:weeks"), shows_releases=False, indexed=False),
    Surface("site:week", Kind.PAGE, _weeks, worth_finding=_eventful_weeks),
    Surface("site:people", Kind.PAGE, _one("site:people")),
    Surface("site:person", Kind.PAGE, _of_each("site:person", Person.objects.public)),
    Surface("site:studios", Kind.PAGE, _one("site:studios")),
    Surface("site:studio", Kind.PAGE, _of_each("site:studio", Studio.objects.public)),
    Surface("site:reviewers", Kind.PAGE, _one("site:reviewers")),
    Surface("site:reviewer", Kind.PAGE, _of_each("site:reviewer", public_reviewers)),
    Surface("site:seasons", Kind.PAGE, _one("site:seasons")),
    Surface("site:season", Kind.PAGE, _seasons),
    Surface("site:corrections", Kind.PAGE, _one("site:corrections")),
    Surface("site:search", Kind.PAGE, search.addresses, indexed=False),
    Surface("site:feed", Kind.FEED, _one("site:feed")),
    Surface("site:feed_json", Kind.FEED, _one("site:feed_json")),
    Surface("site:series_feed", Kind.FEED, _of_each("site:series_feed", Series.objects.public)),
    Surface("site:series_feed_json", Kind.FEED, _of_each("site:series_feed_json", Series.objects.public)),
    Surface("site:reviewer_feed", Kind.FEED, _of_each("site:reviewer_feed", public_reviewers)),
    Surface("site:reviewer_feed_json", Kind.FEED, _of_each("site:reviewer_feed_json", public_reviewers)),
    Surface("site:sitemap", Kind.FEED, _one("site:sitemap")),
    Surface("site:sitemap_part", Kind.FEED, sitemaps.addresses),
    Surface("site:news_sitemap", Kind.FEED, _one("site:news_sitemap")),
    Surface("site:flatpage", Kind.PAGE, _flatpages, shows_releases=False),
    Surface("site:my_shows", Kind.PAGE, _one("site:my_shows"), shows_releases=False, indexed=False),
    Surface("site:mail", Kind.PAGE, _one("site:mail"), shows_releases=False),
    Surface("site:mail_sent", Kind.PAGE, _one("site:mail_sent"), shows_releases=False, indexed=False),
    Surface("site:my_shows_json", Kind.FILE, _one("site:my_shows_json")),
    Surface("site:media", Kind.FILE, _pictures, longest=HOUR),
    Surface("site:card", Kind.FILE, _cards, longest=HOUR),
    Surface("site:rendition", Kind.FILE, _renditions, longest=DAY, immutable=True),
    Surface("site:robots", Kind.FILE, _one("site:robots"), longest=HOUR, shows_releases=False),
    Surface("site:favicon", Kind.FILE, _one("site:favicon"), longest=HOUR, shows_releases=False),
):
    register(surface)
