"""All series, from A to Z.

In the order of their slugs: those are Latin and without accents, so that every database sorts them alike.
"""

import re

from django.db.models.functions import Substr
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Page
from reviews.paging import AFTER, BEFORE, BY_NAME, Asked, Leaf, NoSuchPage, canonical, leaf, steps
from reviews.ratings import with_average
from series.models import Series
from series.models.series import SeriesQuerySet

PER_PAGE = 60
FROM = "from"


@require_safe
def series_list(request: NewsroomRequest) -> HttpResponse:
    """All series.

    Context: page, series_list (each with average, rated_count and rated_through), initials (to begin at; none
    where all stand on one page), chosen (the one begun at, or empty), steps (to the other pages).
    """
    shows = Series.objects.public(request.now)
    try:
        chosen = _initial(request)
        shown = _leaf(request, shows, chosen)
    except NoSuchPage as error:
        raise Http404 from error
    slugs = [slug for (slug,) in shown.keys]
    found = with_average(shows.filter(slug__in=slugs).for_list(), request.now)
    context = {
        "page": _page(request, chosen),
        "series_list": found.order_by("slug"),
        "initials": _initials(shows) if shown.has_previous or shown.has_next else [],
        "chosen": chosen,
        "steps": steps(request.path, {}, shown, BY_NAME),
    }
    return render(request, "site/series_list.html", context)


def _initial(request: NewsroomRequest) -> str:
    """The letter to begin at, or nothing. Raises NoSuchPage."""
    asked = request.GET.get(FROM, "")
    if asked and (
        not re.fullmatch("[-0-9A-Za-z_]", asked) or request.GET.get(AFTER) or request.GET.get(BEFORE)
    ):
        raise NoSuchPage
    return asked


def _leaf(request: NewsroomRequest, shows: SeriesQuerySet, chosen: str) -> Leaf:
    if not chosen:
        return leaf(shows, BY_NAME, Asked.of(request.GET, BY_NAME), PER_PAGE)
    begun = leaf(shows.filter(slug__gte=chosen), BY_NAME, Asked(), PER_PAGE)
    return Leaf(begun.keys, has_previous=True, has_next=begun.has_next)


def _initials(shows: SeriesQuerySet) -> list[str]:
    first = shows.order_by().annotate(first=Substr("slug", 1, 1)).values_list("first", flat=True)
    return sorted(first.distinct())


def _page(request: NewsroomRequest, chosen: str) -> Page:
    address = {"path": request.path, "indexed": False} if chosen else canonical(request.path, request.GET)
    return Page(title=_("Series"), description=_("Every show we cover, with its stars."), **address)
