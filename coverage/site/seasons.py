"""Seasons side by side: the shows of one, ranked, and the index of them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from coverage.newsroom.middleware import NewsroomRequest
from coverage.site.sparklines import Sparkline, sparkline
from reviews.ratings import with_average
from reviews.scoreboard import Score, Standing, best_and_worst, scores
from series.models import Series
from series.models.series import Format
from series.seasons import YearSeason, running_in

# How many shows the front page ranks.
TOP = 10


@dataclass(frozen=True)
class Entry:
    """A show's place among those of its season; `rank` is None for what nobody has rated yet.

    `series` carries average, rated_count and rated_through.
    """

    rank: int | None
    series: Series
    sparkline: Sparkline
    best: Standing | None


@dataclass(frozen=True)
class Season:
    """What the front page shows of one: `entries`, the best first."""

    season: YearSeason
    entries: list[Entry]


def season_so_far(request: NewsroomRequest) -> Season:
    """The shows of today's season that are rated, the ten best; two queries.

    For components/season_ranking.html, as `ranking`.
    """
    at = request.now
    season = YearSeason.of_day(request.publication.today(at))
    shows = _ranked(Series.objects.public(at).filter(running_in(season)).for_page(), at)
    best = [show for show in shows[:TOP] if _standing(show)]
    return Season(season, _entries(best, scores(best, at)))


def _ranked(shows: QuerySet[Series], at: datetime) -> QuerySet[Series]:
    """By their averages; of equals the one that more ratings speak for. Films are judged apart."""
    order = (F("average").desc(nulls_last=True), F("rated_count").desc(nulls_last=True), "title", "pk")
    return with_average(shows.exclude(format=Format.FILM), at).order_by(*order)


def _entries(shows: Iterable[Series], found: dict[int, list[Score]]) -> list[Entry]:
    """`shows` come in their order; equal average and number of ratings is an equal rank."""
    entries: list[Entry] = []
    ranked_as, rank = None, None
    for position, show in enumerate(shows, 1):
        standing = _standing(show)
        if standing is None:
            rank = None
        elif standing != ranked_as:
            rank = position
        ranked_as = standing
        best, _worst = best_and_worst(found[show.pk])
        entries.append(Entry(rank, show, sparkline(found[show.pk]), best))
    return entries


def _standing(show: Series) -> tuple[Any, Any] | None:
    average, count = (getattr(show, name) for name in ("average", "rated_count"))
    return None if average is None else (average, count)
