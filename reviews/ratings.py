"""A show's average: the mean of its live, rated parts on regular and special episodes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet, Subquery

from reviews.models import EditionPart, Release
from series.models import Episode, Series
from series.models.series import Format


@dataclass(frozen=True)
class Average:
    """`stars` is the mean, out of five, or None when nothing is rated; `count` says of how many."""

    stars: float | None
    count: int


def counting(at: datetime) -> QuerySet[EditionPart]:
    """The parts whose stars count at `at`."""
    # EXISTS and not IN: for each of many shows, a list of all live editions would be read anew.
    live = Release.objects.live(at).filter(edition=OuterRef("edition"))
    return EditionPart.objects.filter(Exists(live), stars__isnull=False).exclude(
        episode__kind=Episode.Kind.RECAP
    )


def average_of(series: Series, at: datetime) -> Average:
    row = counting(at).filter(episode__series=series).aggregate(stars=Avg("stars"), count=Count("pk"))
    return Average(row["stars"] if row["stars"] is None else float(row["stars"]), row["count"])


def with_average(shows: QuerySet[Series], at: datetime) -> QuerySet[Series]:
    """Annotate `average` (out of five, or None), `rated_count` (None for none) and `film_stars`.

    A film has no episodes to average: `film_stars` are those of its newest rated review.
    """
    per_series = counting(at).filter(episode__series=OuterRef("pk")).order_by()
    grouped = per_series.values("episode__series")
    return shows.annotate(
        average=Subquery(grouped.annotate(mean=Avg("stars")).values("mean")),
        rated_count=Subquery(grouped.annotate(many=Count("pk")).values("many")),
        film_stars=Subquery(_of_films(at).values("edition__stars")[:1]),
    )


def _of_films(at: datetime) -> QuerySet[Release]:
    """The live, rated reviews of a film, which is the outer query's series; newest first."""
    film = Q(review__series=OuterRef("pk"), review__series__format=Format.FILM)
    return Release.objects.live(at).filter(film, edition__stars__isnull=False).newest_first()
