"""What turns by itself in the days to come, as somewhere to travel to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.utils.translation import gettext as _

from coverage.newsroom.models import Publication
from coverage.newsroom.walltime import in_words
from reviews.models import Release
from series.models import Episode, Series

AHEAD = timedelta(days=14)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
MOST = 60
# Of what happens at one instant, how many are named.
NAMED = 3

Named = Iterator[tuple[datetime, str]]


@dataclass(frozen=True)
class Turn:
    """An instant, UTC, at which something public turns, and what does: a phrase for each kind."""

    at: datetime
    words: str
    events: list[str]

    @property
    def before(self) -> datetime:
        """The last second at which nothing of it is seen."""
        return self.at - SECOND


def turns(publication: Publication, now: datetime) -> list[Turn]:
    """Every slot, going-live, airing and end of an embargo within two weeks, the first `MOST` in order."""
    until = now + AHEAD
    told: dict[datetime, list[str]] = defaultdict(list)
    for at in _slots(publication, now, until):
        told[at].append(_("The weekly slot"))
    embargoes = chain(_episodes_freed(now, until), _series_freed(now, until))
    for phrase, found in (
        (_("Goes live: %s"), _going_live(now, until)),
        (_("Airs: %s"), _airing(now, until)),
        (_("Embargo ends: %s"), embargoes),
    ):
        for at, names in _together(found).items():
            told[at].append(phrase % _several(names))
    return [
        Turn(at, in_words(at, publication.zone, now, to_the_second=True), told[at])
        for at in sorted(told)[:MOST]
    ]


def _slots(publication: Publication, now: datetime, until: datetime) -> Iterator[datetime]:
    at = publication.next_slot(now)
    while at <= until:
        yield at
        at = publication.next_slot(at)


def _going_live(now: datetime, until: datetime) -> Named:
    waiting = Release.objects.filter(withdrawn_at=None, publish_at__gt=now, publish_at__lte=until)
    for release in waiting.for_link().order_by("pk"):
        yield release.publish_at, release.edition.headline


def _airing(now: datetime, until: datetime) -> Named:
    episodes = Episode.objects.filter(series__is_public=True, airs_at__gt=now, airs_at__lte=until)
    for episode in episodes.select_related("series").order_by("series__title", "sort_key"):
        if episode.airs_at:
            yield episode.airs_at, str(episode)


def _episodes_freed(now: datetime, until: datetime) -> Named:
    held = Episode.objects.filter(series__is_public=True, embargo_until__gt=now, embargo_until__lte=until)
    for episode in held.select_related("series").order_by("series__title", "sort_key"):
        if episode.embargo_until:
            yield episode.embargo_until, str(episode)


def _series_freed(now: datetime, until: datetime) -> Named:
    held = Series.objects.filter(is_public=True, embargo_until__gt=now, embargo_until__lte=until)
    for series in held.order_by("title"):
        if series.embargo_until:
            yield series.embargo_until, str(series)


def _together(found: Iterable[tuple[datetime, str]]) -> dict[datetime, list[str]]:
    names: dict[datetime, list[str]] = defaultdict(list)
    for at, name in found:
        names[at].append(name)
    return names


def _several(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return _("%(names)s and %(more)d more") % {"names": shown, "more": more} if more > 0 else shown
