"""What is covered: the page of each series."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from coverage.newsroom.composing import composed_once
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import Publication
from coverage.newsroom.pages import Page
from coverage.site.rating_arc import rating_arc
from reviews import social_cards, structured_data
from reviews.cards import plain_line, trail_of
from reviews.coming import coming_of, with_coming
from reviews.models import Release
from reviews.ratings import with_average
from reviews.scoreboard import Row, best_and_worst, scoreboard, scores
from series.families import in_order, of_one_family
from series.info_box import other_titles_of, seasons_of, streams_of, studios_of, with_info_box
from series.models import Credit, Episode, Series
from series.moved import redirect_to_series
from series.progress import steps

# How many of a series' pieces stand on its page; the rest are a link away.
NEWEST = 12
# Two cours stand on the page as they are; more are folded into parts.
UNFOLDED, FOLD = 26, 25


@require_safe
def series_page(request: NewsroomRequest, slug: str) -> HttpResponse:
    """One series.

    Context: page, series, steps (where a reader may be), other_titles, seasons, studios (SeriesStudio, main
    first), streams, credits_by_role, average, rated_count; coming; line (its prequels, itself and its
    sequels, in order); episodes (rows of the scoreboard), the same as folds, and their arc (or None); best
    and worst (a Standing or None); releases (the newest, newest first).
    """
    at = request.now
    family = _family(slug, at)
    series = next((show for show in family if show.slug == slug), None)
    if series is None:
        return redirect_to_series(request, slug)
    found = scores([series], at)[series.pk]
    best, worst = best_and_worst(found)
    rows = scoreboard(_episodes(series.pk, at), found)
    context = {
        "page": _page(series, request.publication),
        "series": series,
        "steps": steps([row.episode for row in rows]),
        "seasons": seasons_of(series),
        "studios": studios_of(series),
        "streams": streams_of(series),
        "credits_by_role": Credit.objects.of(series).for_page().by_role(),
        "other_titles": other_titles_of(series),
        "coming": coming_of(series, request.publication, at),
        "line": in_order(series, family),
        "episodes": rows,
        "folds": folds(rows),
        "arc": rating_arc(series, rows),
        "best": best,
        "worst": worst,
        "releases": _newest(series.pk, at),
        "average": getattr(series, "average"),  # noqa: B009  # an annotation, unknown to the model
        "rated_count": getattr(series, "rated_count"),  # noqa: B009  # likewise
    }
    return render(request, "site/series.html", context)


def folds(rows: list[Row]) -> list[list[Row]]:
    """The episodes of a long show in parts, to be opened one by one; those of a usual one in one."""
    if len(rows) <= UNFOLDED:
        return [rows] if rows else []
    return [rows[at : at + FOLD] for at in range(0, len(rows), FOLD)]


@composed_once
def _family(slug: str, at: datetime) -> QuerySet[Series]:
    shows = Series.objects.public(at).filter(of_one_family(slug)).for_page()
    return with_coming(with_info_box(with_average(shows, at)), at).order_by("premieres_on", "title", "pk")


@composed_once
def _episodes(series: int, at: datetime) -> QuerySet[Episode]:
    return Episode.objects.public(at).filter(series=series).order_by("sort_key", "pk")


@composed_once
def _newest(series: int, at: datetime) -> QuerySet[Release]:
    return Release.objects.live(at).for_series(series).for_list().newest_first()[:NEWEST]


def _page(series: Series, publication: Publication) -> Page:
    return Page(
        path=series.get_absolute_url(),
        title=series.title,
        description=plain_line(series.synopsis),
        picture=series.picture,
        card=social_cards.of_series(series, publication).preview(),
        feed_path=reverse("site:series_feed", args=[series.slug]),
        feed_json_path=reverse("site:series_feed_json", args=[series.slug]),
        feed_title=series.title,
        trail=trail_of(series)[:1],
        nodes=(structured_data.show(series),),
    )
