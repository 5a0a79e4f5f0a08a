"""What search engines may find: every public page, and when it last changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import absolute
from reviews.models import Release
from series.models import Series

# The protocol's limit for one file.
MOST = 50_000


@dataclass(frozen=True)
class Entry:
    url: str
    changed: str = ""


@require_safe
def sitemap(request: NewsroomRequest) -> HttpResponse:
    """Context: entries."""
    entries = islice(_entries(request.now), MOST)
    return render(
        request, "site/sitemap.xml", {"entries": entries}, content_type="application/xml; charset=utf-8"
    )


def _entries(at: datetime) -> Iterator[Entry]:
    for name in ("site:front", "reviews:list", "site:series_list"):
        yield Entry(absolute(reverse(name)))
    for slug in Series.objects.public(at).order_by("pk").values_list("slug", flat=True):
        yield Entry(absolute(reverse("site:series", args=[slug])))
    for release in Release.objects.live(at).for_link().newest_first():
        yield Entry(absolute(release.get_absolute_url()), release.changed_at.isoformat())
