"""The public pages that cross the apps."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from coverage.newsroom.composing import composed_once
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Page, absolute
from coverage.newsroom.walltime import in_zone
from coverage.site.seasons import season_so_far
from reviews import structured_data
from reviews.models import Release
from series.models import Episode

# Of the newest pieces, how many the front page reads, and how many it calls recent.
NEWEST = 40
RECENT = 10


@require_safe
def front(request: NewsroomRequest) -> HttpResponse:
    """The front page.

    Context: page; lead (a release or None) and this_friday, which are of the latest slot's day;
    recent (releases that stand in neither); airing [(episode, series)], the week's programme, with
    no titles; ranking, the season so far; upcoming_slot.
    """
    publication = request.publication
    week, zone = publication.week(request.now), publication.zone
    episodes = _scheduled(week.starts(zone), week.ends(zone), request.now)
    context = {
        "page": Page(
            path=request.path,
            description=publication.description or publication.tagline,
            nodes=structured_data.house(publication),
        ),
        "airing": [(episode, episode.series) for episode in episodes],
        "ranking": season_so_far(request),
        "upcoming_slot": publication.next_slot(request.now),
    }
    return render(request, "site/front.html", context | _fresh(request))


@require_safe
def robots(request: NewsroomRequest) -> HttpResponse:
    """What search engines shall leave alone."""
    names = ("site:sitemap", "site:news_sitemap")
    context = {"sitemaps": [absolute(reverse(name)) for name in names]}
    return render(request, "site/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def indexnow_key(request: NewsroomRequest) -> HttpResponse:
    """Shows search engines that it is this site that tells them of its pages."""
    if not settings.INDEXNOW_KEY:
        raise Http404
    return HttpResponse(settings.INDEXNOW_KEY, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: NewsroomRequest) -> HttpResponse:
    """For those who ask at the old address."""
    return HttpResponseRedirect(static("img/favicon.ico"))


def _fresh(request: NewsroomRequest) -> dict[str, Any]:
    """The newest pieces, each once: the lead, the rest of its day, and what is recent."""
    zone = request.publication.zone
    day = in_zone(request.publication.last_slot(request.now), zone).date()
    newest = _newest(request.now)
    today = [release for release in newest if in_zone(release.publish_at, zone).date() == day]
    candidates = today or newest[:1]
    lead = next((release for release in candidates if release.picture), next(iter(candidates), None))
    this_friday = [release for release in today if release is not lead]
    recent = [release for release in newest if release is not lead and release not in today]
    return {"lead": lead, "this_friday": this_friday, "recent": recent[:RECENT]}


@composed_once
def _newest(at: datetime) -> QuerySet[Release]:
    return Release.objects.live(at).for_list().newest_first()[:NEWEST]


@composed_once
def _scheduled(starts: datetime, ends: datetime, at: datetime) -> QuerySet[Episode]:
    return Episode.objects.scheduled(starts, ends, at)
