"""What an instant changes of what readers see: the register's addresses and answers, now and then."""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import inf

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coverage.desk.time_machine.reading import read
from coverage.desk.time_machine.touched import touched
from coverage.site import surfaces
from coverage.site.surfaces import Kind, Surface
from reviews.ratings import with_average
from series.models import Series

# How long one request reads; a server process waits with it, so the rest is for further ones.
SECONDS = 2.0
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
    """Changes of one kind, of which the first are named."""

    name: str
    label: str | Promise
    found: list[Change] = field(default_factory=list)

    @property
    def named(self) -> list[Change]:
        return self.found[:MOST]

    @property
    def more(self) -> int:
        return max(0, len(self.found) - MOST)

    def __bool__(self) -> bool:
        return bool(self.found)


@dataclass
class Changes:
    """What was found, by kind, after `compared` of `all` answers that are there at both instants."""

    new: Group = field(default_factory=lambda: Group("new", _("New pages")))
    gone: Group = field(default_factory=lambda: Group("gone", _("Pages that are gone")))
    lists: Group = field(default_factory=lambda: Group("lists", _("Lists that read otherwise")))
    pages: Group = field(default_factory=lambda: Group("pages", _("Pages that read otherwise")))
    feeds: Group = field(
        default_factory=lambda: Group("feeds", _("Feeds, sitemaps and data that read otherwise"))
    )
    files: Group = field(default_factory=lambda: Group("files", _("Pictures and cards that come or go")))
    averages: list[Moved] = field(default_factory=list)
    compared: int = 0
    all: int = 0

    @property
    def every_group(self) -> list[Group]:
        return [self.new, self.gone, self.lists, self.pages, self.feeds, self.files]

    @property
    def groups(self) -> list[Group]:
        """Those with something to tell."""
        return [group for group in self.every_group if group]

    @property
    def is_complete(self) -> bool:
        return self.compared == self.all

    def reading_otherwise(self, surface: Surface) -> Group:
        """Where a changed answer of `surface` is told that is there now and then."""
        if surface.name in FILES:
            return self.files
        if surface.kind is not Kind.PAGE:
            return self.feeds
        return self.lists if surface.name in LISTS else self.pages


def changes(now: datetime, then: datetime, after: int = 0, seconds: float = SECONDS) -> Changes:
    """What readers find otherwise at `then` than at `now`, as far as it can be read within `seconds`.

    What is about the things that turn in between is read first. `compared` of the result, handed on as
    `after`, goes on from there: what came, went or moved its average is told only in the beginning.
    """
    found, of = Changes(), _Surfaces(now, then, besides=FILES if after else ())
    if not after:
        found.averages += averages_moved(now, then)
        for surface, come, gone in of.come_and_gone:
            _tell(found, surface, come, then, found.new)
            _tell(found, surface, gone, now, found.gone)
    staying = of.staying()
    ends = time.monotonic() + seconds
    found.compared, found.all = min(after, len(staying)), len(staying)
    for address in staying[after:]:
        # One at least, or nobody would get on.
        if time.monotonic() > ends and found.compared > after:
            break
        answer = read(address, then)
        if answer.told != read(address, now).told:
            found.reading_otherwise(of.surface[address]).found.append(Change(address, answer.title))
        found.compared += 1
    return found


class _Surfaces:
    """The register's addresses now and then: those of one instant alone, and those of both."""

    def __init__(self, now: datetime, then: datetime, besides: Collection[str] = ()) -> None:
        self.now, self.then = now, then
        self.surface: dict[str, Surface] = {}
        self.come_and_gone: list[tuple[Surface, list[str], list[str]]] = []
        self._many: dict[str, int] = {}
        for surface in surfaces.every():
            if surface.name != SIZES and surface.name not in besides:
                self._add(surface)

    def _add(self, surface: Surface) -> None:
        before = dict.fromkeys(surface.addresses(self.now))
        after = dict.fromkeys(surface.addresses(self.then))
        come = [address for address in after if address not in before]
        gone = [address for address in before if address not in after]
        self.come_and_gone.append((surface, come, gone))
        if surface.name not in FILES:
            both = [address for address in after if address in before]
            self.surface |= dict.fromkeys(both, surface)
            self._many[surface.name] = len(both)

    def staying(self) -> list[str]:
        """Those that answer at both: what there is one of, what is touched in between, surfaces of few."""
        touches = {address: place for place, address in enumerate(touched(self.now, self.then))}

        def place(address: str) -> tuple[bool, float, int]:
            many = self._many[self.surface[address].name]
            return many > 1, touches.get(address, inf), many

        return sorted(self.surface, key=place)


def _tell(found: Changes, surface: Surface, addresses: list[str], at: datetime, pages: Group) -> None:
    """Tell of answers that are there at `at` alone; of pages by their title."""
    if surface.kind is not Kind.PAGE:
        found.reading_otherwise(surface).found += map(Change, addresses)
        return
    for number, address in enumerate(addresses):
        title = read(address, at).title if number < MOST else ""
        pages.found.append(Change(address, title))


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
