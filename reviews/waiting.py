"""What a piece waits for before it may be live: the airings of its episodes, and embargoes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from series.models import Episode, Series


def free_at(
    episodes: Iterable[Episode], series: Series | None, airings: Mapping[int, datetime] | None = None
) -> datetime | None:
    """From when a piece of `series` about `episodes` may be live, UTC. None: nothing that is known holds it.

    `airings` tells, by their keys, of episodes that are to air at another instant.
    """
    moved = airings or {}
    waits = [series.embargo_until] if series else []
    for episode in episodes:
        airs_at = moved.get(episode.pk, episode.airs_at)
        waits += [airs_at, episode.embargo_until, episode.series.embargo_until]
    return max(filter(None, waits), default=None)
