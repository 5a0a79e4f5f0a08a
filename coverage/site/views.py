"""The public pages that cross the apps."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Page, absolute
from coverage.newsroom.walltime import in_zone
from reviews.cards import plain_line
from reviews.models import Release
from reviews.ratings import with_average
from reviews.scoreboard import scoreboard
from series.info_box import seasons_of, streams_of, studios_of, with_info_box
from series.models import Credit, Episode, Series
from series.moved import redirect_to_series

# Of the newest pieces, how many the front page reads, and how many it calls recent.
NEWEST = 40
RECENT = 10


@require_safe
def front(request: NewsroomRequest) -> HttpResponse:
    """The front page.

    Context: page; lead (a release or None) and this_friday, which are of the latest slot's day;
    recent (releases that stand in neither); airing [(episode, series)], the week's programme, with
    no titles; upcoming_slot.
    """
    publication, zone = request.publication, request.publication.zone
    episodes = Episode.objects.scheduled(publication.week(request.now), zone, request.now)
    context = {
        "page": Page(path=request.path, description=publication.description or publication.tagline),
        "airing": [(episode, episode.series) for episode in episodes],
        "upcoming_slot": publication.next_slot(request.now),
    }
    return render(request, "site/front.html", context | _fresh(request))


@require_safe
def series_list(request: NewsroomRequest) -> HttpResponse:
    """All series. Context: page, series_list (each with average and rated_count)."""
    shows = with_average(Series.objects.public(request.now).for_list(), request.now)
    page = Page(path=request.path, title=_("Series"), description=_("Every show we cover, with its stars."))
    return render(request, "site/series_list.html", {"page": page, "series_list": shows})


@require_safe
def series_page(request: NewsroomRequest, slug: str) -> HttpResponse:
    """One series.

    Context: page, series, seasons, studios (SeriesStudio, main first), streams, credits_by_role,
    episodes (rows of the scoreboard), releases (newest first), average, rated_count, prequel, sequels.
    """
    at = request.now
    shows = Series.objects.public(at).family(slug).for_page().order_by("premieres_on", "title", "pk")
    family = list(with_info_box(with_average(shows, at)))
    series = next((show for show in family if show.slug == slug), None)
    if series is None:
        return redirect_to_series(request, slug)
    releases = list(Release.objects.live(at).for_series(series).for_list().newest_first())
    episodes = Episode.objects.public(at).filter(series=series).order_by("sort_key", "pk")
    context = {
        "page": _series_page(series),
        "series": series,
        "seasons": seasons_of(series),
        "studios": studios_of(series),
        "streams": streams_of(series),
        "credits_by_role": Credit.objects.of(series).for_page().by_role(),
        "episodes": scoreboard(episodes, releases),
        "releases": releases,
        "average": getattr(series, "average"),  # noqa: B009  # an annotation, unknown to the model
        "rated_count": getattr(series, "rated_count"),  # noqa: B009  # likewise
        "prequel": next((show for show in family if show.pk == series.prequel_id), None),
        "sequels": [show for show in family if show.prequel_id == series.pk],
    }
    return render(request, "site/series.html", context)


@require_safe
def robots(request: NewsroomRequest) -> HttpResponse:
    """What search engines shall leave alone."""
    sitemap = absolute(reverse("site:sitemap"))
    return render(request, "site/robots.txt", {"sitemap": sitemap}, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: NewsroomRequest) -> HttpResponse:
    """For those who ask at the old address."""
    return HttpResponseRedirect(static("img/favicon.ico"))


def _fresh(request: NewsroomRequest) -> dict[str, Any]:
    """The newest pieces, each once: the lead, the rest of its day, and what is recent."""
    zone = request.publication.zone
    day = in_zone(request.publication.last_slot(request.now), zone).date()
    newest = list(Release.objects.live(request.now).for_list().newest_first()[:NEWEST])
    today = [release for release in newest if in_zone(release.publish_at, zone).date() == day]
    candidates = today or newest[:1]
    lead = next((release for release in candidates if release.picture), next(iter(candidates), None))
    this_friday = [release for release in today if release is not lead]
    recent = [release for release in newest if release is not lead and release not in today]
    return {"lead": lead, "this_friday": this_friday, "recent": recent[:RECENT]}


def _series_page(series: Series) -> Page:
    return Page(
        path=series.get_absolute_url(),
        title=series.title,
        description=plain_line(series.synopsis),
        picture=series.picture,
        feed_path=reverse("site:series_feed", args=[series.slug]),
        feed_title=series.title,
    )
