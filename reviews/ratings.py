"""A show's average: the mean of its live, rated parts on regular and special episodes."""

from datetime import datetime

from django.db.models import Avg, Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reviews.models import EditionPart, Release
from reviews.models.releases import live_parts
from series.models import Episode, Series
from series.models.series import Format


def counting(at: datetime) -> QuerySet[EditionPart]:
    """The parts whose stars count at `at`."""
    return live_parts(at).filter(stars__isnull=False).exclude(episode__kind=Episode.Kind.RECAP)


def with_average(shows: QuerySet[Series], at: datetime) -> QuerySet[Series]:
    """Annotate `average` (out of five), `rated_count`, `rated_through` and `film_stars`; None for none.

    `rated_through` is the place in the order of the latest episode that the average speaks of. A film has
    no episodes to average: `film_stars` are those of its newest rated review.
    """
    per_series = counting(at).filter(episode__series=OuterRef("pk")).order_by()
    grouped = per_series.values("episode__series")
    furthest = Coalesce("last_episode__sort_key", "episode__sort_key")
    return shows.annotate(
        average=Subquery(grouped.annotate(mean=Avg("stars")).values("mean")),
        rated_count=Subquery(grouped.annotate(many=Count("pk")).values("many")),
        rated_through=Subquery(grouped.annotate(through=Max(furthest)).values("through")),
        film_stars=Subquery(_of_films(at).values("edition__stars")[:1]),
    )


def _of_films(at: datetime) -> QuerySet[Release]:
    """The live, rated reviews of a film, which is the outer query's series; newest first."""
    film = Q(review__series=OuterRef("pk"), review__series__format=Format.FILM)
    return Release.objects.live(at).filter(film, edition__stars__isnull=False).newest_first()
