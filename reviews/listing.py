"""A list of reviews as a reader asks for it: narrowed down, in an order, one page of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from coverage.newsroom.middleware import NewsroomRequest
from reviews.choices import OF_A_SHOW, Offer, offered
from reviews.filters import ReviewFilter, SeriesReviewFilter
from reviews.models import Release
from reviews.models.releases import ReleaseQuerySet
from reviews.paging import (
    BEST,
    BY_EPISODE,
    NEWEST,
    PER_PAGE,
    Asked,
    Leaf,
    NoSuchPage,
    Order,
    Step,
    addressed,
    canonical,
    leaf,
    steps,
)
from series.models import Series

# A filter with more choices than this is folded away.
SHORT = 12
SORT = "sort"
SORTS: dict[str, Order] = {"": NEWEST, "stars": BEST, "episode": BY_EPISODE}


@dataclass(frozen=True)
class Choice:
    """A link that narrows the list down; where it is chosen, that takes it off again."""

    label: str
    address: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True)
class Facet:
    """The choices of one filter."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def is_long(self) -> bool:
        return len(self.choices) > SHORT

    @property
    def is_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


class Listing:
    """The list at a request's address. What makes no sense finds nothing."""

    def __init__(
        self, request: NewsroomRequest, releases: ReleaseQuerySet, series: Series | None = None
    ) -> None:
        self._request, self._series = request, series
        filter_class = SeriesReviewFilter if series else ReviewFilter
        self.filter = filter_class(request.GET, releases)

    @cached_property
    def releases(self) -> list[Release]:
        return self._leaf.shown(self._request.now)

    @cached_property
    def steps(self) -> list[Step]:
        return steps(self._request.path, self._query, self._leaf, SORTS[self._sort])

    @cached_property
    def count(self) -> int | None:
        """How many pieces answer; None where that isn't counted."""
        if not self._makes_sense:
            return 0
        offer, chosen = self._offered
        return None if offer.pieces is None else len(offer.found(chosen))

    @property
    def is_narrowed(self) -> bool:
        return any(self._request.GET.get(name) for name in self.filter.filters)

    @property
    def whole(self) -> str:
        """The address of the list with nothing chosen, in the same order if it has that."""
        return addressed(self._request.path, self._ordered({}))

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters that leave something to choose."""
        found = (self._facet(name) for name in self.filter.filters)
        return [facet for facet in found if facet.choices]

    @cached_property
    def chosen(self) -> list[tuple[Facet, Choice]]:
        return [(facet, choice) for facet in self.facets for choice in facet.choices if choice.is_chosen]

    @cached_property
    def sorts(self) -> list[Choice]:
        labels = {"": _("Newest"), "stars": _("Stars"), "episode": _("Episode")}
        return [
            Choice(label, self._address(self._chosen, sort), sort == self._sort)
            for sort, label in labels.items()
            if sort in self._sorts(self._chosen)
        ]

    @property
    def address(self) -> dict[str, Any]:
        """The canonical path, and whether it is indexed: what is chosen or reordered stands elsewhere."""
        if self.is_narrowed or self._request.GET.get(SORT) or not self._makes_sense:
            return {"path": self._request.path, "indexed": False}
        return canonical(self._request.path, self._request.GET)

    @cached_property
    def _chosen(self) -> dict[str, str]:
        return self.filter.chosen

    @cached_property
    def _offered(self) -> tuple[Offer, dict[str, str]]:
        return offered(self.filter, self._request.now, of_one_series=self._series is not None)

    @property
    def _sort(self) -> str:
        asked = self._request.GET.get(SORT, "")
        return asked if asked in self._sorts(self._chosen) else ""

    def _sorts(self, chosen: dict[str, str]) -> list[str]:
        """Those that a list has: only inside a series do episodes have an order."""
        return [sort for sort in SORTS if sort != "episode" or self._series or "series" in chosen]

    @cached_property
    def _asked(self) -> Asked | None:
        try:
            return Asked.of(self._request.GET, SORTS[self._sort])
        except NoSuchPage:
            return None

    @property
    def _makes_sense(self) -> bool:
        known = self._request.GET.get(SORT, "") in self._sorts(self._chosen)
        return known and self._asked is not None and self.filter.form.is_valid()

    @cached_property
    def _leaf(self) -> Leaf:
        if self._asked is None or not self._makes_sense:
            return Leaf([])
        found: ReleaseQuerySet = self.filter.qs
        if self._sort == "episode":
            shows = Series.objects.filter(slug=self._series.slug if self._series else self._chosen["series"])
            found = found.with_place(shows)
        return leaf(found, SORTS[self._sort], self._asked, PER_PAGE)

    @property
    def _query(self) -> dict[str, str]:
        return self._chosen | {SORT: self._sort}

    def _ordered(self, chosen: dict[str, str]) -> dict[str, str]:
        return chosen | {SORT: self._sort if self._sort in self._sorts(chosen) else ""}

    def _address(self, chosen: dict[str, str], sort: str) -> str:
        return addressed(self._request.path, chosen | {SORT: sort})

    def _facet(self, name: str) -> Facet:
        return Facet(name, str(self.filter.filters[name].label), list(self._choices(name)))

    def _choices(self, name: str) -> Iterator[Choice]:
        offer, narrowing = self._offered
        labels, own = offer.labels.get(name, {}), self._chosen.get(name, "")
        # The series or season that pieces are counted in has no count of its own.
        is_scope = name in self._chosen and name not in narrowing
        counts = None if offer.pieces is None or is_scope else offer.counts(narrowing, name)
        without = {key: value for key, value in self._chosen.items() if key != name}
        taken_off = addressed(self._request.path, self._ordered(without))
        if self._request.GET.get(name) and own not in labels:
            yield Choice(_("There is nothing like that to choose."), taken_off, is_chosen=True)
        for value, label in labels.items():
            count = None if counts is None else counts[value]
            if value == own:
                yield Choice(label, taken_off, is_chosen=True, count=count)
            elif count != 0 and self._is_open(name):
                address = addressed(self._request.path, self._ordered(without | {name: value}))
                yield Choice(label, address, is_chosen=False, count=count)

    def _is_open(self, name: str) -> bool:
        """Whether there is anything to choose: inside one series its studios say nothing."""
        is_inside_series = self._series or ("series" in self._chosen and "season" not in self._chosen)
        if name in ("series", *OF_A_SHOW):
            return not is_inside_series
        return True
