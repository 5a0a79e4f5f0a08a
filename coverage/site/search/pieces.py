"""Reviews, found by their words and by the names of their shows."""

import re
from datetime import datetime
from decimal import Decimal

from django.db.models import Case, Q, Value, When

from coverage.newsroom.search import folding
from coverage.newsroom.search.fulltext import Question, matches
from coverage.newsroom.search.query import Query, Term
from coverage.site.search.names import NamesFound
from reviews.models import EditionPart, Release, ReleaseText

PER_PAGE, MOST_PAGES = 20, 50
# One more, so that it can be told whether there were more.
MOST_PIECES = PER_PAGE * MOST_PAGES + 1

_NEAR = 6
_NUMBER = re.compile(r"(?<![^\s#第])([0-9]{1,4}(?:\.[0-9]{1,2})?)(?![^\s話])")


def pieces_found(query: Query, names: NamesFound, near: NamesFound, at: datetime) -> list[int]:
    """The keys of the live releases that `query` finds, in order; one query to the database.

    By headline first, then by what they are about, then by standfirst, then by text; of each the newest.
    Where there are none, those about shows whose names come near.
    """
    words = [term for term in query.wanted if not term.says_episode] or list(query.wanted)
    in_headline = matches(ReleaseText.FULL_TEXT, Question.in_text(query.wanted, "headline"))
    in_summary = matches(ReleaseText.FULL_TEXT, Question.in_text(query.wanted, "headline", "standfirst"))
    anywhere = matches(ReleaseText.FULL_TEXT, Question.in_text(words))
    is_called = Q(searchable__whole=query.whole)
    by_name = _by_name(query, names)
    order = Case(
        When(is_called, then=Value(0)),
        When(in_headline & Q(searchable__whole__startswith=query.whole), then=Value(1)),
        When(in_headline, then=Value(2)),
        When(by_name, then=Value(3)),
        When(in_summary, then=Value(4)),
        When(anywhere, then=Value(5)),
        default=Value(_NEAR),
    )
    live = Release.objects.live(at).filter(is_called | anywhere | by_name | _about(near.shows))
    if query.unwanted:
        live = live.exclude(matches(ReleaseText.FULL_TEXT, Question.in_text(query.unwanted).any()))
    ordered = live.annotate(order=order).order_by("order", "-publish_at", "-pk")
    found = list(ordered.values_list("pk", "order")[:MOST_PIECES])
    return [pk for pk, order in found if order < _NEAR] or [pk for pk, _order in found]


def number_in(query: Query) -> Decimal | None:
    """The number of the episode that is asked for, if one may be."""
    numbers = _NUMBER.findall(folding.fold(query.text))
    return Decimal(numbers[-1]) if numbers else None


def _by_name(query: Query, names: NamesFound) -> Q:
    """About a show that the whole query names; or that a part of it names, and with the rest in its text."""
    found = _about(names.shows)
    for group in names.groups:
        if (number := _only_a_number(group.rest, query)) is not None:
            found |= _about_episode(group.shows, number)
        else:
            found |= _about(group.shows) & matches(ReleaseText.FULL_TEXT, Question.in_text(group.rest))
    return found


def _only_a_number(rest: tuple[Term, ...], query: Query) -> Decimal | None:
    if all(term.says_episode or term.is_number for term in rest):
        return number_in(query)
    return None


def _about(shows: tuple[int, ...]) -> Q:
    if not shows:
        return Q(pk__in=[])
    parts = EditionPart.objects.filter(episode__series__in=shows)
    return Q(review__series__in=shows) | Q(edition__in=parts.values("edition"))


def _about_episode(shows: tuple[int, ...], number: Decimal) -> Q:
    of_shows = EditionPart.objects.filter(episode__series__in=shows)
    alone = of_shows.filter(episode__number=f"{number}")
    in_a_run = of_shows.filter(episode__sort_key__lte=number, last_episode__sort_key__gte=number)
    return Q(edition__in=alone.values("edition")) | Q(edition__in=in_a_run.values("edition"))
