"""Lists in pages, each beginning where another ends.

An address says after or before which row a page stands, by what the list is ordered by. So a page far down
costs what the first does, and pieces that go live in the meantime move nothing from one page to the next.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from coverage.newsroom.composing import Keys, composed_once
from coverage.newsroom.middleware import NewsroomRequest
from reviews.models import Release
from reviews.models.releases import ReleaseQuerySet

PER_PAGE = 24
AFTER, BEFORE = "after", "before"
# Before this stands the last page.
END = "end"

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z")
_NUMBER = re.compile(r"[0-9]{1,18}")
_SLUG = re.compile(r"[-A-Za-z0-9_]{1,200}")
_PLACE = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,2})?")

Key = tuple[Any, ...]


class NoSuchPage(ValueError):
    """An address asks for a page in words that mean nothing."""


def _instant(text: str) -> datetime:
    if not _INSTANT.fullmatch(text):
        raise NoSuchPage
    return datetime.fromisoformat(text)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise NoSuchPage
    return int(text)


def _rank(text: str) -> int:
    found = _number(text)
    if found > 10:
        raise NoSuchPage
    return found


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise NoSuchPage
    return text


def _place(text: str) -> Decimal:
    if not _PLACE.fullmatch(text):
        raise NoSuchPage
    return Decimal(text)


_READING: dict[str, Callable[[str], Any]] = {
    "publish_at": _instant,
    "made_at": _instant,
    "stars_rank": _rank,
    "place": _place,
    "pk": _number,
    "slug": _slug,
}


@dataclass(frozen=True)
class Order:
    """By which fields or annotations, the last of which tells any two pieces apart; all in one direction.

    One direction, so that the database compares whole rows and one index serves all of it.
    """

    fields: tuple[str, ...]
    descending: bool = True

    def sorted(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        sign = "-" if self.descending != backwards else ""
        return rows.order_by(*(f"{sign}{field}" for field in self.fields))

    def beyond(self, rows: QuerySet[Any], key: Key, *, backwards: bool = False) -> QuerySet[Any]:
        """Those that follow the row with `key`; `backwards`, those that stand before it."""
        comparison = TupleLessThan if self.descending != backwards else TupleGreaterThan
        return rows.filter(comparison(Tuple(*map(F, self.fields)), key))

    def read(self, text: str) -> Key:
        """The key that an address names. Raises NoSuchPage."""
        words = text.split("_", len(self.fields) - 1)
        if len(words) != len(self.fields):
            raise NoSuchPage
        try:
            return tuple(_READING[field](word) for field, word in zip(self.fields, words, strict=True))
        except (ValueError, InvalidOperation) as error:
            raise NoSuchPage from error


NEWEST = Order(("publish_at", "pk"))
CORRECTED = Order(("made_at", "pk"))
BEST = Order(("stars_rank", "publish_at", "pk"))
BY_EPISODE = Order(("place", "publish_at", "pk"), descending=False)
BY_NAME = Order(("slug",), descending=False)


def written(key: Key) -> str:
    """`key` as an address has it: 2024-01-12T14:00:00Z_123."""
    return "_".join(map(_word, key))


def _word(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class Asked:
    """Which page an address asks for: after or before a key, or the first or the last."""

    after: Key | None = None
    before: Key | None = None
    last: bool = False

    @classmethod
    def of(cls, query: QueryDict, order: Order) -> "Asked":
        """Raises NoSuchPage."""
        after, before = query.get(AFTER, ""), query.get(BEFORE, "")
        if after and before:
            raise NoSuchPage
        if before == END:
            return cls(last=True)
        return cls(order.read(after) if after else None, order.read(before) if before else None)


@dataclass(frozen=True)
class Leaf:
    """One page: the keys of its pieces, and whether any stand before and after it."""

    keys: list[Key]
    has_previous: bool = False
    has_next: bool = False

    @property
    def previous(self) -> str:
        """Before what the previous page stands; empty on the first."""
        return written(self.keys[0]) if self.has_previous and self.keys else ""

    @property
    def next(self) -> str:
        """After what the next page stands; empty on the last."""
        return written(self.keys[-1]) if self.has_next else ""

    def shown(self, at: datetime) -> list[Release]:
        """Its pieces, as lists show them. Three queries."""
        return listed(tuple(key[-1] for key in self.keys), at)


def listed(pks: Keys, at: datetime) -> list[Release]:
    """Those of `pks` that are live at `at`, in this order, as lists show them. Three queries, or none."""
    found = {release.pk: release for release in _listed(pks, at)} if pks else {}
    return [found[pk] for pk in pks if pk in found]


@composed_once
def _listed(pks: Keys, at: datetime) -> QuerySet[Release]:
    return Release.objects.live(at).filter(pk__in=pks).for_list()


def leaf(rows: QuerySet[Any], order: Order, asked: Asked, per_page: int) -> Leaf:
    """The page of `rows` that is asked for; one query, or two where fewer than a page stand before it."""
    if asked.last or asked.before:
        keys = _backwards(rows, order, asked.before, per_page + 1)
        if len(keys) > per_page:
            return Leaf(keys[-per_page:], has_previous=True, has_next=not asked.last)
        if len(keys) == per_page or asked.last:
            return Leaf(keys, has_next=not asked.last)
    # Fewer than a page before a piece: the first page, whole.
    keys = _forwards(rows, order, asked.after, per_page + 1)
    return Leaf(keys[:per_page], has_previous=asked.after is not None, has_next=len(keys) > per_page)


def page_asked_for(request: NewsroomRequest, releases: ReleaseQuerySet) -> Leaf:
    """The page of `releases`, newest first, at the request's address. Raises Http404."""
    try:
        return leaf(releases, NEWEST, Asked.of(request.GET, NEWEST), PER_PAGE)
    except NoSuchPage as error:
        raise Http404 from error


@dataclass(frozen=True)
class Step:
    """A link to another page of a list; `rel` is what HTML calls it, if anything."""

    label: str
    address: str
    rel: str = ""


def steps(path: str, query: dict[str, str], page: Leaf, order: Order = NEWEST) -> list[Step]:
    """To the first, previous, next and last page of the list that `query` asks for at `path`."""
    by_date = order in (NEWEST, CORRECTED)
    found = []
    if page.has_previous:
        found.append(Step(_("Newest") if by_date else _("First"), addressed(path, query)))
    if page.previous:
        address = addressed(path, query | {BEFORE: page.previous})
        found.append(Step(_("Newer") if by_date else _("Previous"), address, "prev"))
    if page.has_next:
        address = addressed(path, query | {AFTER: page.next})
        found.append(Step(_("Older") if by_date else _("Next"), address, "next"))
        found.append(Step(_("Oldest") if by_date else _("Last"), addressed(path, query | {BEFORE: END})))
    return found


def addressed(path: str, query: dict[str, str]) -> str:
    """`path` with what of `query` says anything."""
    said = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(said, safe=':')}" if said else path


def canonical(path: str, query: QueryDict) -> dict[str, Any]:
    """The `path` of a page of a whole list, newest first, and whether it is `indexed`.

    Each page has an address of its own downwards; reached upwards it begins in the middle of another.
    """
    if query.get(BEFORE):
        return {"path": path, "indexed": False}
    return {"path": addressed(path, {AFTER: query.get(AFTER, "")}), "indexed": True}


def _forwards(rows: QuerySet[Any], order: Order, after: Key | None, many: int) -> list[Key]:
    rest = rows if after is None else order.beyond(rows, after)
    return list(order.sorted(rest).values_list(*order.fields)[:many])


def _backwards(rows: QuerySet[Any], order: Order, before: Key | None, many: int) -> list[Key]:
    rest = rows if before is None else order.beyond(rows, before, backwards=True)
    found = order.sorted(rest, backwards=True).values_list(*order.fields)[:many]
    return list(reversed(found))
