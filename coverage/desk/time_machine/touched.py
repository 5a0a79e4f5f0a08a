"""Which addresses are about what turns between two instants: those likely to read otherwise."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from coverage.newsroom.models import Publication
from reviews.models import Release, Reviewer
from reviews.models.editions import EditionPart
from series.models import Episode, Person, Series, SeriesSeason, Studio
from series.seasons import YearSeason

_OF_A_SHOW = ("site:series", "reviews:series", "site:series_feed", "site:series_feed_json")
_OF_A_REVIEWER = ("site:reviewer", "site:reviewer_feed", "site:reviewer_feed_json")


def touched(one: datetime, other: datetime) -> Iterator[str]:
    """The weeks, shows, pieces and people of what goes live, airs or is freed in between.

    Of these addresses some don't answer at either instant.
    """
    first, last = sorted((one, other))
    due = Release.objects.filter(withdrawn_at=None, publish_at__gt=first, publish_at__lte=last)
    turning = [release.pk for release in due.order_by("pk").only("pk")]
    shows = sorted(_shows(turning, first, last))
    yield from _weeks(turning, first, last)
    yield from _each(_OF_A_SHOW, Series.objects.filter(pk__in=shows))
    yield from _each(_OF_A_REVIEWER, _reviewers(turning))
    seasons = SeriesSeason.objects.filter(series__in=shows).order_by("year", "season", "pk")
    for year, season in seasons.values_list("year", "season"):
        yield YearSeason.of(year, season).get_absolute_url()
    about = Release.objects.live(last).about(Series.objects.filter(pk__in=shows))
    for release in about.for_link().order_by("-publish_at", "-pk"):
        yield release.get_absolute_url()
    yield from _each(("site:studio",), Studio.objects.filter(series__in=shows))
    credited = Q(credits__series__in=shows) | Q(credits__episode__series__in=shows)
    yield from _each(("site:person",), Person.objects.filter(credited))


def _each(names: tuple[str, ...], rows: QuerySet[Any]) -> Iterator[str]:
    for slug in rows.order_by("slug").values_list("slug", flat=True).distinct():
        yield from (reverse(name, args=[slug]) for name in names)


def _shows(turning: list[int], first: datetime, last: datetime) -> set[int]:
    """Those that pieces which go live are about, whose episodes air, or which an embargo held."""
    found = set(Series.objects.filter(reviews__release__in=turning).values_list("pk", flat=True))
    parts = EditionPart.objects.filter(edition__releases__in=turning)
    found |= set(parts.values_list("episode__series", flat=True))
    turns = _between("airs_at", first, last) | _between("embargo_until", first, last)
    found |= set(Episode.objects.filter(turns).values_list("series", flat=True))
    freed = Series.objects.filter(_between("embargo_until", first, last))
    return found | set(freed.values_list("pk", flat=True))


def _reviewers(turning: list[int]) -> QuerySet[Reviewer]:
    parts = EditionPart.objects.filter(edition__releases__in=turning)
    named = Q(bylines__review__release__in=turning) | Q(pk__in=parts.values("reviewer"))
    return Reviewer.objects.filter(named)


def _weeks(turning: list[int], first: datetime, last: datetime) -> list[str]:
    """Of both instants, and of what goes live or airs between them."""
    publication = Publication.objects.get()
    live = Release.objects.filter(pk__in=turning).values_list("publish_at", flat=True)
    airing = Episode.objects.filter(_between("airs_at", first, last)).values_list("airs_at", flat=True)
    instants = {first, last, *(at for at in (*live, *airing) if at)}
    return [reverse("site:week", args=[week]) for week in sorted({publication.week(at) for at in instants})]


def _between(field: str, first: datetime, last: datetime) -> Q:
    return Q(**{f"{field}__gt": first, f"{field}__lte": last})
