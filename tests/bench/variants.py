"""Addresses whose cost may differ from their surface's: lists far down, in another order, narrowed down."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from coverage.site.surfaces import Kind, Surface
from reviews.models import Release
from reviews.visibility import public_reviewers


def _list_of(name: str, query: str) -> Surface:
    return Surface(name, Kind.PAGE, lambda at: [f"{reverse('reviews:list')}?{query}"])


def _by_a_reviewer(at: datetime) -> Iterable[str]:
    found = public_reviewers(at).order_by("pk").values_list("slug", flat=True)[:3]
    return [f"{reverse('reviews:list')}?reviewer={slug}" for slug in found]


def _by_episode(at: datetime) -> Iterable[str]:
    newest = Release.objects.live(at).newest_first().filter(review__series__isnull=False)
    slugs = newest.values_list("review__series__slug", flat=True)[:3]
    return [f"{reverse('reviews:series', args=[slug])}?sort=episode&before=end" for slug in slugs]


VARIANTS = (
    _list_of("list, last", "before=end"),
    _list_of("list, by stars", "sort=stars"),
    _list_of("list, stars, last", "sort=stars&before=end"),
    _list_of("list, 5 stars", "stars=5"),
    Surface("list, reviewer", Kind.PAGE, _by_a_reviewer),
    Surface("series, episode", Kind.PAGE, _by_episode),
)
