"""Seasons side by side: the shows of one, ranked, and the index of them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coverage.newsroom.composing import composed_once
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Crumb, Page
from coverage.site.sparklines import Sparkline, sparkline
from reviews.coming import Coming, coming_of, with_coming
from reviews.ratings import with_average
from reviews.scoreboard import Score, Standing, best_and_worst, scores
from series.models import Series, SeriesSeason
from series.models.series import Format, Season
from series.seasons import YearSeason, running_in

# How many shows the front page ranks.
TOP = 10


@dataclass(frozen=True)
class Entry:
    """A show's place among those of its season; `rank` is None for what nobody has rated yet.

    `series` carries average, rated_count, rated_through and film_stars. `continues` says that it began in
    an earlier season.
    """

    rank: int | None
    series: Series
    sparkline: Sparkline
    best: Standing | None
    coming: Coming | None = None
    continues: bool = False


@dataclass(frozen=True)
class Ranking:
    """What the front page shows of a season: `entries`, the best first."""

    season: YearSeason
    entries: list[Entry]


@dataclass(frozen=True)
class Year:
    """A line of the index: each of the year's four seasons, with how many shows (0: no page)."""

    year: int
    seasons: list[tuple[YearSeason, int]]


def season_so_far(request: NewsroomRequest) -> Ranking:
    """The shows of today's season that are rated, the ten best; two queries.

    For components/season_ranking.html, as `ranking`.
    """
    at = request.now
    season = current_season(request)
    best = [show for show in _best_of(season.year, season.season.value, at) if _standing(show)]
    found = scores(best, at)
    return Ranking(season, [_entry(show, rank, found[show.pk]) for rank, show in _places(best)])


@require_safe
def seasons(request: NewsroomRequest) -> HttpResponse:
    """The index. Context: page, years (a Year each, the latest first), current (today's season)."""
    covered = covered_seasons(request.now)
    by_year = groupby(sorted(covered, reverse=True), key=lambda season: season.year)
    context = {
        "page": Page(
            path=request.path,
            title=_("Seasons"),
            description=_("The shows we cover, season by season, ranked by their stars."),
        ),
        "years": [_year(year, covered) for year, _seasons in by_year],
        "current": current_season(request),
    }
    return render(request, "site/seasons.html", context)


@require_safe
def season_page(request: NewsroomRequest, year: int, season: str) -> HttpResponse:
    """One season; 404 where we cover nothing in it, unless it is today's.

    Context: page, season, is_current, entries (rated ones first, by rank), films, earlier and later (the
    seasons on either side that have shows, or None).
    """
    try:
        asked = YearSeason.of(year, season)
    except ValueError as error:
        raise Http404 from error
    at = request.now
    covered, is_current = covered_seasons(at), asked == current_season(request)
    if asked not in covered and not is_current:
        raise Http404
    entries = _entries(request, asked, _shows_of(asked.year, asked.season.value, at))
    context = {
        "page": _page(asked, len(entries)),
        "season": asked,
        "is_current": is_current,
        "entries": [entry for entry in entries if not entry.series.is_film],
        "films": sorted((entry for entry in entries if entry.series.is_film), key=_worst_film_last),
        "earlier": max((other for other in covered if other < asked), default=None),
        "later": min((other for other in covered if other > asked), default=None),
    }
    return render(request, "site/season.html", context)


def current_season(request: NewsroomRequest) -> YearSeason:
    """Today's, as the newsroom's zone counts days."""
    return YearSeason.of_day(request.publication.today(request.now))


def covered_seasons(at: datetime) -> dict[YearSeason, int]:
    """The seasons that have public shows, with how many; one query."""
    return {YearSeason.of(year, season): many for year, season, many in _covered(at)}


@composed_once
def _covered(at: datetime) -> QuerySet[SeriesSeason, tuple[int, str, int]]:
    public = Series.objects.public(at).filter(pk=OuterRef("series"))
    rows = SeriesSeason.objects.filter(Exists(public)).order_by().values_list("year", "season")
    return rows.annotate(many=Count("series"))


@composed_once
def _best_of(year: int, season: str, at: datetime) -> QuerySet[Series]:
    shows = Series.objects.public(at).filter(running_in(year, season)).exclude(format=Format.FILM)
    return _ranked(shows.for_page(), at)[:TOP]


@composed_once
def _shows_of(year: int, season: str, at: datetime) -> QuerySet[Series]:
    shows = Series.objects.public(at).filter(running_in(year, season))
    return with_coming(_ranked(shows.for_list(), at), at)


def _ranked(shows: QuerySet[Series], at: datetime) -> QuerySet[Series]:
    """By their averages; of equals the one that more ratings speak for."""
    order = (F("average").desc(nulls_last=True), F("rated_count").desc(nulls_last=True), "title", "pk")
    return with_average(shows, at).order_by(*order)


def _entries(request: NewsroomRequest, season: YearSeason, shows: list[Series]) -> list[Entry]:
    """Of `shows` in their order; films have no rank."""
    found = scores(shows, request.now)
    ranks = {show.pk: rank for rank, show in _places(show for show in shows if not show.is_film)}
    return [
        _entry(
            show,
            ranks.get(show.pk),
            found[show.pk],
            coming=coming_of(show, request.publication, request.now),
            continues=any(YearSeason.of(row.year, row.season) < season for row in show.seasons.all()),
        )
        for show in shows
    ]


def _entry(show: Series, rank: int | None, found: list[Score], **more: Any) -> Entry:
    best, _worst = best_and_worst(found)
    return Entry(rank, show, sparkline(found), best, **more)


def _places(shows: Iterable[Series]) -> Iterable[tuple[int | None, Series]]:
    """Each of the ordered `shows` with its rank: equal average and number of ratings is an equal rank."""
    before, rank = None, None
    for position, show in enumerate(shows, 1):
        standing = _standing(show)
        if standing != before:
            rank = position
        before = standing
        yield (rank if standing else None), show


def _standing(show: Series) -> tuple[Any, Any] | None:
    average, count = (getattr(show, name) for name in ("average", "rated_count"))
    return None if average is None else (average, count)


def _worst_film_last(entry: Entry) -> tuple[Any, str]:
    stars = getattr(entry.series, "film_stars")  # noqa: B009  # an annotation, unknown to the model
    return -(stars or 0), entry.series.title


def _year(year: int, covered: dict[YearSeason, int]) -> Year:
    of_the_year = [YearSeason(year, season) for season in Season]
    return Year(year, [(season, covered.get(season, 0)) for season in of_the_year])


def _page(season: YearSeason, many: int) -> Page:
    description = ngettext(
        "%(many)s show of %(season)s, ranked by its stars, episode by episode.",
        "%(many)s shows of %(season)s, ranked by their stars, episode by episode.",
        many,
    )
    return Page(
        path=season.get_absolute_url(),
        title=str(season),
        description=description % {"many": many, "season": season},
        trail=(Crumb(_("Seasons"), reverse("site:seasons")),),
    )
