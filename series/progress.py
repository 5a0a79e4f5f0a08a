"""How far something goes in its shows, as the reader's own browser reads it, and the steps to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from coverage.newsroom.composing import Keys, composed_once
from series.models import Episode, Series

Places = Iterable[tuple[int, Decimal]]

# Of a show that never ends, how many episodes one may choose from; any other place is set at “My shows”.
MOST_STEPS = 120


@dataclass
class Show:
    """A show that a reader may be somewhere in: `steps` are (place, number), the number empty for a film."""

    series: Series
    steps: list[tuple[str, str]] = field(default_factory=list)


def place_text(place: Decimal | int) -> str:
    """“6”, “6.5”, “100”: as short as it can be, and never with an exponent."""
    return f"{Decimal(place).normalize():f}"


def furthest(places: Places) -> dict[int, Decimal]:
    """Of (series' key, place in its order), each series' furthest."""
    found: dict[int, Decimal] = {}
    for series, place in places:
        found[series] = max(place, found.get(series, place))
    return found


def pairs(places: Places) -> str:
    """“12:6.5 14:3”: the furthest place of each series."""
    return " ".join(f"{series}:{place_text(place)}" for series, place in furthest(places).items())


def steps(episodes: Iterable[Episode]) -> list[tuple[str, str]]:
    """(place, number) of each episode that one may be through, in their order; the last ones of many."""
    ordered = sorted({(episode.sort_key, episode.number) for episode in episodes})
    return [(place_text(place), number) for place, number in ordered[-MOST_STEPS:]]


def with_steps(shows: Iterable[Series], at: datetime) -> list[Show]:
    """Each of `shows`, once, with the episodes that readers know of at `at`. One query."""
    found = {series.pk: Show(series) for series in shows}
    by_series: dict[int, list[Episode]] = {pk: [] for pk in found}
    for episode in _known(tuple(found), at) if found else []:
        by_series[episode.series_id].append(episode)
    for pk, show in found.items():
        show.steps = steps(by_series[pk])
    return list(found.values())


@composed_once
def _known(shows: Keys, at: datetime) -> QuerySet[Episode]:
    return Episode.objects.public(at).filter(series__in=shows).only("series", "number", "sort_key")
