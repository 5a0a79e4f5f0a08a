"""The search page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Page
from coverage.newsroom.search.query import Query
from coverage.site.search import names
from coverage.site.search.hits import Hit, hits_of
from coverage.site.search.marks import marked
from coverage.site.search.names import Found, NamesFound, names_found
from coverage.site.search.pieces import (
    MOST_PIECES,
    PER_PAGE,
    pieces_found,
)
from coverage.site.search.slips import names_near
from reviews.models import Release
from reviews.paging import listed
from series.models import Person, Series

EVERYTHING, REVIEWS = "", "reviews"
# Of each kind, how many are shown beside the others.
FEW = 4
MOST_GUESSES = 3


@dataclass(frozen=True)
class Tab:
    """A kind with how many there are of it; `more` says that nobody has counted to the end."""

    label: str
    address: str
    count: int
    more: bool
    is_chosen: bool


@dataclass(frozen=True)
class Piece:
    """A review found, its headline and standfirst with the words marked."""

    release: Release
    headline: SafeString
    standfirst: SafeString


@dataclass(frozen=True)
class Group:
    """Hits of one kind, and where all of them are if these are a few."""

    label: str
    hits: list[Hit]
    address: str


@require_safe
def search(request: NewsroomRequest) -> HttpResponse:
    """What `q` finds, of one `kind` or of all.

    Context: page, query (Query); with a query also kind, tabs, groups, pieces and page_obj, and guesses
    [(name, address)] where it names nothing, but nearly so.
    """
    query = Query.of(request.GET.get("q", ""))
    context: dict[str, Any] = {"page": _page(request, query), "query": query}
    if query:
        context |= _found(request, query)
    return render(request, "site/search.html", context)


def _found(request: NewsroomRequest, query: Query) -> dict[str, Any]:
    at, kind = request.now, request.GET.get("kind", EVERYTHING)
    named = names_found(query, at)
    near = [] if named.found else names_near(query, at)
    pieces = pieces_found(query, named, NamesFound(tuple(near)), at)
    found = list(named.found) or near
    page_obj = Paginator(pieces[: MOST_PIECES - 1], PER_PAGE).get_page(request.GET.get("page"))
    hits = hits_of(_shown(kind, found), at) if page_obj.number == 1 else []
    return {
        "kind": kind,
        "tabs": _tabs(query, kind, found, pieces),
        "groups": _groups(query, found, hits),
        "page_obj": page_obj,
        "pieces": _pieces(query, list(page_obj.object_list), at) if kind in (EVERYTHING, REVIEWS) else [],
        "guesses": _guesses(hits) if near else [],
    }


def _guesses(hits: list[Hit]) -> list[tuple[str, str]]:
    """What may have been meant, as it is called on the site, and the search for it."""
    titles = list(dict.fromkeys(hit.title for hit in hits))
    return [(title, _address(q=title)) for title in titles[:MOST_GUESSES]]


def _pieces(query: Query, pks: Sequence[int], at: datetime) -> list[Piece]:
    return [
        Piece(release, marked(release.edition.headline, query), marked(release.edition.standfirst, query))
        for release in listed(tuple(pks), at)
    ]


def _page(request: NewsroomRequest, query: Query) -> Page:
    title = _("Search: %(query)s") % {"query": query.text} if query.text else _("Search")
    return Page(path=request.path, title=title, indexed=False)


def _labels() -> dict[str, str]:
    return {
        names.SERIES: _("Series"),
        names.PERSON: _("People"),
        names.EPISODE: _("Episodes"),
        names.STUDIO: _("Studios"),
        names.REVIEWER: _("Reviewers"),
    }


def _address(**query: str) -> str:
    return f"?{urlencode({name: value for name, value in query.items() if value})}"


def _tabs(query: Query, chosen: str, found: list[Found], pieces: list[int]) -> list[Tab]:
    counts = Counter(each.kind for each in found)
    at_most = len(found) >= names.MOST_NAMES
    rows = [(REVIEWS, _("Reviews"), min(len(pieces), MOST_PIECES - 1), len(pieces) == MOST_PIECES)]
    rows += [(kind, label, counts[kind], at_most) for kind, label in _labels().items() if counts[kind]]
    everything = (EVERYTHING, _("Everything"), sum(row[2] for row in rows), any(row[3] for row in rows))
    return [
        Tab(label, _address(q=query.text, kind=kind), count, more, kind == chosen)
        for kind, label, count, more in [everything, *rows]
        if count
    ]


def _shown(chosen: str, found: list[Found]) -> list[Found]:
    """A few of each kind, or all of the one chosen."""
    seen: Counter[str] = Counter()
    shown = []
    for each in found:
        seen[each.kind] += 1
        if chosen == each.kind or (chosen == EVERYTHING and seen[each.kind] <= FEW):
            shown.append(each)
    return shown


def _groups(query: Query, found: list[Found], hits: list[Hit]) -> list[Group]:
    """By kind, in the order of the tabs."""
    counts = Counter(each.kind for each in found)
    groups = []
    for kind, label in _labels().items():
        if of_kind := [hit for hit in hits if hit.kind == kind]:
            all_of_them = _address(q=query.text, kind=kind) if counts[kind] > len(of_kind) else ""
            groups.append(Group(label, of_kind, all_of_them))
    return groups


def addresses(at: datetime) -> list[str]:
    """The page by itself, and some searches that find something: a show, a person, a piece, a word."""
    path = reverse("site:search")
    show = Series.objects.public(at).order_by("pk").first()
    person = Person.objects.public(at).order_by("pk").first()
    piece = Release.objects.live(at).for_link().order_by("pk").first()
    asked = [show.title] if show else []
    asked += [person.name] if person else []
    asked += [piece.edition.headline, piece.edition.headline.split()[-1]] if piece else []
    chosen = [_address(q=show.title, kind=REVIEWS)] if show else []
    return [path, *(path + _address(q=text) for text in asked), *(path + address for address in chosen)]
