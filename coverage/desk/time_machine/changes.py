"""What an instant changes of what readers see: the register's addresses and answers, now and then."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coverage.desk.time_machine.reading import Answer, read
from coverage.site import surfaces
from coverage.site.surfaces import Kind, Surface
from reviews.ratings import with_average
from series.models import Series

# How long somebody waits for the list, and for more of it if they ask; a server process waits with them.
SECONDS, SECONDS_FOR_MORE = 2.0, 15.0
# Of each kind, how many are named.
MOST = 25

# Pages that show many things, a little of each; the rest are about one.
LISTS = frozenset(
    {
        "site:front",
        "reviews:list",
        "reviews:series",
        "site:series_list",
        "site:weeks",
        "site:week",
        "site:people",
        "site:studios",
        "site:reviewers",
        "site:seasons",
        "site:season",
        "site:search",
    }
)
# Named by what they show: the same address has the same bytes. Sizes of a picture come and go with it.
FILES, SIZES = frozenset({"site:media", "site:card"}), "site:rendition"


@dataclass(frozen=True)
class Change:
    """An address that answers otherwise then; `title` is what its page calls itself."""

    address: str
    title: str = ""


@dataclass(frozen=True)
class Score:
    """A show's average, out of five, and of how many ratings; or a film's stars."""

    average: float | None
    count: int


@dataclass(frozen=True)
class Moved:
    """A show whose average is another one then."""

    title: str
    address: str
    before: Score
    after: Score


@dataclass
class Group:
    """Changes of one kind, of which the first are named; `unread` answers were not compared in time."""

    label: str | Promise
    found: list[Change] = field(default_factory=list)
    unread: int = 0

    @property
    def named(self) -> list[Change]:
        return self.found[:MOST]

    @property
    def more(self) -> int:
        return max(0, len(self.found) - MOST)

    def __bool__(self) -> bool:
        return bool(self.found or self.unread)


@dataclass
class Changes:
    """What was found, by kind."""

    new: Group = field(default_factory=lambda: Group(_("New pages")))
    gone: Group = field(default_factory=lambda: Group(_("Pages that are gone")))
    lists: Group = field(default_factory=lambda: Group(_("Lists that read otherwise")))
    pages: Group = field(default_factory=lambda: Group(_("Pages that read otherwise")))
    feeds: Group = field(default_factory=lambda: Group(_("Feeds, sitemaps and data that read otherwise")))
    files: Group = field(default_factory=lambda: Group(_("Pictures and cards that come or go")))
    averages: list[Moved] = field(default_factory=list)

    @property
    def groups(self) -> list[Group]:
        """Those with something to tell."""
        every = (self.new, self.gone, self.lists, self.pages, self.feeds, self.files)
        return [group for group in every if group]

    @property
    def unread(self) -> int:
        return sum(group.unread for group in self.groups)

    def reading_otherwise(self, surface: Surface) -> Group:
        """Where a changed answer of `surface` is told that is there now and then."""
        if surface.name in FILES:
            return self.files
        if surface.kind is not Kind.PAGE:
            return self.feeds
        return self.lists if surface.name in LISTS else self.pages


def changes(now: datetime, then: datetime, seconds: float = SECONDS) -> Changes:
    """What readers find otherwise at `then` than at `now`, as far as it can be read within `seconds`."""
    ends = time.monotonic() + seconds
    found, waiting = Changes(averages=list(averages_moved(now, then))), _Waiting()
    for surface in surfaces.every():
        if surface.name == SIZES:
            continue
        before, after = dict.fromkeys(surface.addresses(now)), dict.fromkeys(surface.addresses(then))
        come = [address for address in after if address not in before]
        gone = [address for address in before if address not in after]
        _tell(found, surface, come, then, found.new, waiting)
        _tell(found, surface, gone, now, found.gone, waiting)
        if surface.name not in FILES:
            waiting.add(surface, [address for address in after if address in before])
    for surface, address in waiting.in_order():
        if time.monotonic() > ends:
            found.reading_otherwise(surface).unread += 1
            continue
        answer = read(address, then)
        if answer.told != read(address, now).told:
            found.reading_otherwise(surface).found.append(Change(address, answer.title))
            # A list leads everywhere.
            if surface.name not in LISTS:
                waiting.follow(answer)
    return found


class _Waiting:
    """Answers to be compared: what changed pages lead to first, then surfaces of few addresses."""

    def __init__(self) -> None:
        self._surfaces: dict[str, Surface] = {}
        self._many: dict[str, int] = {}
        self._linked: deque[str] = deque()

    def add(self, surface: Surface, addresses: list[str]) -> None:
        self._surfaces |= dict.fromkeys(addresses, surface)
        self._many[surface.name] = len(addresses)

    def follow(self, answer: Answer) -> None:
        """Whatever is about the same things is likely to read otherwise, too."""
        self._linked.extend(answer.links)

    def in_order(self) -> Iterator[tuple[Surface, str]]:
        rest = deque(sorted(self._surfaces, key=lambda address: self._many[self._surfaces[address].name]))
        while self._linked or rest:
            address = self._linked.popleft() if self._linked else rest.popleft()
            if surface := self._surfaces.pop(address, None):
                yield surface, address


def _tell(
    found: Changes, surface: Surface, addresses: list[str], at: datetime, pages: Group, waiting: _Waiting
) -> None:
    """Tell of answers that are there at `at` alone; of pages by their title."""
    if surface.kind is not Kind.PAGE:
        found.reading_otherwise(surface).found += map(Change, addresses)
        return
    for number, address in enumerate(addresses):
        answer = read(address, at) if number < MOST else Answer(HTTPStatus.OK)
        pages.found.append(Change(address, answer.title))
        waiting.follow(answer)


def averages_moved(now: datetime, then: datetime) -> Iterator[Moved]:
    """Each show that readers see then with another average than now, or with one of more ratings."""
    before = _scores(now)
    for series in with_average(Series.objects.public(then), then).order_by("title", "pk"):
        was, becomes = before.get(series.pk, Score(None, 0)), _score(series)
        if was != becomes:
            yield Moved(series.title, series.get_absolute_url(), was, becomes)


def _scores(at: datetime) -> dict[int, Score]:
    return {series.pk: _score(series) for series in with_average(Series.objects.public(at), at)}


def _score(series: Series) -> Score:
    """Of a Series from `with_average`."""
    stars, mean, count = (getattr(series, name) for name in ("film_stars", "average", "rated_count"))
    if stars is not None:
        return Score(float(stars), 1)
    return Score(None if mean is None else float(mean), count or 0)
