"""What search engines may find: every public page with its pictures, and the news of two days.

The index names parts. Pieces are listed by year and in the order in which they went live, so that an
older part stays as it is; what stands where depends on what is public alone, and so tells of nothing else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import ceil
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import Picture
from coverage.newsroom.pages import Preview, absolute
from reviews.cards import plain_line
from reviews.models import Correction, Release
from reviews.models.releases import ReleaseQuerySet
from series.models import Person, Series

# Of the protocol's 50,000: a part is made for each request, and shouldn't keep anybody waiting.
PER_PART = 5_000
MOST = 50_000
# What a news sitemap may hold, and for how long.
MOST_NEWS = 1_000
NEWS_WINDOW = timedelta(hours=48)

_TYPE = "application/xml; charset=utf-8"


@dataclass(frozen=True)
class Part:
    name: str
    changed: datetime | None = None

    @property
    def url(self) -> str:
        return absolute(reverse("site:sitemap_part", args=[self.name]))


@dataclass(frozen=True)
class Entry:
    url: str
    changed: datetime | None = None
    image: str = ""


@dataclass(frozen=True)
class Section:
    """A kind of page of which there may be more than one part holds."""

    surface: str
    rows: Callable[[datetime], QuerySet[Any]]
    entry: Callable[[Any], Entry]


@require_safe
def sitemap(request: NewsroomRequest) -> HttpResponse:
    """The index. Context: parts."""
    return render(request, "site/sitemap_index.xml", {"parts": parts(request.now)}, content_type=_TYPE)


@require_safe
def sitemap_part(request: NewsroomRequest, part: str) -> HttpResponse:
    """Context: entries."""
    entries = _pages(request.now) if part == "pages" else _rows_of(part, request.now)
    if not entries:
        raise Http404
    return render(request, "site/sitemap.xml", {"entries": entries}, content_type=_TYPE)


@require_safe
def news_sitemap(request: NewsroomRequest) -> HttpResponse:
    """What went live within two days. Context: language, name, entries [(url, instant, headline)]."""
    fresh = in_the_news(request.now).for_sitemap().newest_first()[:MOST_NEWS]
    context = {
        "language": get_language(),
        "name": plain_line(request.publication.name),
        "entries": [
            (absolute(release.get_absolute_url()), release.publish_at, plain_line(release.edition.headline))
            for release in fresh
        ],
    }
    return render(request, "site/sitemap_news.xml", context, content_type=_TYPE)


def in_the_news(at: datetime) -> ReleaseQuerySet:
    return Release.objects.live(at).filter(publish_at__gt=at - NEWS_WINDOW)


def parts(at: datetime) -> list[Part]:
    """Every part that has something in it."""
    found = [Part("pages")]
    for name, section in _SECTIONS.items():
        found += [Part(f"{name}-{number}") for number in _numbers(section.rows(at).count())]
    years = _pieces(at).annotate(year=ExtractYear("publish_at")).order_by("year").values_list("year")
    of_substance = Q(review__corrections__kind__in=Correction.OF_SUBSTANCE)
    changes = {
        "published": Max("publish_at"),
        "approved": Max("approved_at"),
        "corrected": Max("review__corrections__made_at", filter=of_substance),
    }
    for year, many, *changed in years.annotate(Count("pk", distinct=True), **changes):
        newest = max(filter(None, changed))
        found += [Part(f"reviews-{year}-{number}", newest) for number in _numbers(many)]
    return found


def _numbers(many: int) -> range:
    return range(1, ceil(many / PER_PART) + 1)


def _pages(at: datetime) -> list[Entry]:
    """Each page of the kinds that there are few of: what is registered stands here by itself."""
    from coverage.site import surfaces  # which lists the parts

    apart = {"reviews:detail", *(section.surface for section in _SECTIONS.values())}
    few = (each for each in surfaces.every() if each.kind is surfaces.Kind.PAGE and each.name not in apart)
    paths = (path for each in few for path in each.for_sitemap(at))
    return [Entry(absolute(path)) for path in islice(paths, MOST)]


def _rows_of(part: str, at: datetime) -> list[Entry]:
    """Of a part such as `series-1` or `reviews-2026-1`; nothing where there is none of that name."""
    name, _dash, number = part.rpartition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 5 and number[0] != "0"):
        return []
    start = (int(number) - 1) * PER_PART
    kind, _dash, year = name.partition("-")
    if kind == "reviews" and len(year) == 4 and year.isascii() and year.isdecimal() and year[0] != "0":
        pieces = _pieces(at).filter(publish_at__year=int(year)).order_by("publish_at", "pk")
        return [_of_a_piece(release) for release in pieces.for_sitemap()[start : start + PER_PART]]
    if section := _SECTIONS.get(name):
        rows = section.rows(at).order_by("pk")[start : start + PER_PART]
        return [section.entry(row) for row in rows]
    return []


def _pieces(at: datetime) -> ReleaseQuerySet:
    return Release.objects.live(at)


def _of_a_piece(release: Release) -> Entry:
    return Entry(absolute(release.get_absolute_url()), release.changed_at, _image(release.picture))


def _shows(at: datetime) -> QuerySet[Series]:
    pieces = Release.objects.live(at).filter(review__series=OuterRef("pk")).order_by("-publish_at")
    newest = Subquery(pieces.values("publish_at")[:1])
    return Series.objects.public(at).for_page().annotate(newest_piece_at=newest)


def _of_a_show(series: Series) -> Entry:
    return Entry(absolute(series.get_absolute_url()), _newest_piece(series), _image(series.picture))


def _of_its_reviews(series: Series) -> Entry:
    return Entry(absolute(reverse("reviews:series", args=[series.slug])), _newest_piece(series))


def _newest_piece(series: Series) -> datetime | None:
    newest: datetime | None = getattr(series, "newest_piece_at")  # noqa: B009  # an annotation
    return newest


def _people(at: datetime) -> QuerySet[Person]:
    return Person.objects.public(at)


def _of_a_person(person: Person) -> Entry:
    return Entry(absolute(person.get_absolute_url()))


def _image(picture: Picture | None) -> str:
    return Preview.of(picture).url if picture else ""


_SECTIONS = {
    "series": Section("site:series", _shows, _of_a_show),
    "series-reviews": Section("reviews:series", _shows, _of_its_reviews),
    "people": Section("site:person", _people, _of_a_person),
}


def addresses(at: datetime) -> Iterable[str]:
    """The path of every part."""
    return [reverse("site:sitemap_part", args=[part.name]) for part in parts(at)]
