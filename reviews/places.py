"""How far a piece goes in the shows that it is about."""

from dataclasses import dataclass
from decimal import Decimal

from reviews.models import Release
from series.models import Episode, Series
from series.progress import place_text


@dataclass(frozen=True)
class Reach:
    """What one has watched who has watched all that a piece speaks of in one show.

    `place` is empty where it speaks of no episode, as a preview does; `number` where the episode has none.
    """

    series: Series
    place: str = ""
    number: str = ""


def places_of(release: Release) -> list[tuple[int, Decimal]]:
    """(series' key, place in its order) of each part, and of the horizon of what it spoils.

    Needs a release that was read with `for_list()` or `for_page()`.
    """
    places = [(part.episode.series_id, part.furthest) for part in release.parts]
    horizon = release.edition.spoils_through
    if horizon and release.edition.spoils:
        places.append((horizon.series_id, horizon.sort_key))
    return places


def reaches(release: Release) -> list[Reach]:
    """How far its parts go in each show; without parts, its horizon. Needs `for_page()`."""
    found = [(part.episode.series, part.last_episode or part.episode) for part in release.parts]
    series, horizon = release.review.series, release.edition.spoils_through
    if not found and series and horizon:
        found = [(series, horizon)]
    if not found:
        return [Reach(series)] if series else []
    furthest: dict[int, tuple[Series, Episode]] = {}
    for show, episode in found:
        known = furthest.get(show.pk)
        if known is None or episode.sort_key > known[1].sort_key:
            furthest[show.pk] = (show, episode)
    return [Reach(show, place_text(last.sort_key), last.number) for show, last in furthest.values()]
