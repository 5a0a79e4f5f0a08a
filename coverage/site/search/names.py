"""Series, episodes, people, studios and reviewers, found by their names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.db.models import BooleanField, Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from coverage.newsroom.models import Name, Named
from coverage.newsroom.search.fulltext import Question, matches
from coverage.newsroom.search.query import Query, Term
from reviews.visibility import public_reviewers
from series.models import Episode, Person, Series, Studio

# So many rows are read of what a query finds; what is beyond isn't counted either.
MOST_NAMES = 400
# So many shows, and groups of them, lead on to their reviews.
MOST_SHOWS, MOST_GROUPS = 100, 3

SERIES, EPISODE, PERSON, STUDIO, REVIEWER = "series", "episode", "person", "studio", "reviewer"


class Closeness(IntEnum):
    """How near a name comes to what was asked; the smaller, the nearer."""

    EXACT, BEGINS, WORDS, BEGUN, PART, SLIPPED, NOT = range(7)


@dataclass(frozen=True)
class Found:
    """Something with the name that it was found by."""

    kind: str
    subject: int
    text: str
    closeness: int


@dataclass(frozen=True)
class Group:
    """Shows whose name answers to a part of the query, and what else was asked for."""

    shows: tuple[int, ...]
    rest: tuple[Term, ...]


@dataclass(frozen=True)
class NamesFound:
    """What was found by its whole name, the nearest first; and shows that a part of the query names."""

    found: tuple[Found, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def shows(self) -> tuple[int, ...]:
        """Those whose name has the very words; or begins with them, if there are no others."""
        shows = [each for each in self.found if each.kind == SERIES]
        best = [each for each in shows if each.closeness <= Closeness.WORDS] or shows
        return tuple(each.subject for each in best)[:MOST_SHOWS]


def public(at: datetime) -> dict[str, QuerySet[Named]]:
    """By kind, what readers may meet at `at`."""
    return {
        SERIES: Series.objects.public(at),
        EPISODE: Episode.objects.public(at),
        PERSON: Person.objects.public(at),
        STUDIO: Studio.objects.public(at),
        REVIEWER: public_reviewers(at),
    }


def public_names(at: datetime) -> QuerySet[Name]:
    """The names of what readers may meet at `at`. An embargo is asked for here, not when a name is kept."""
    # As a CASE and not as OR: SQLite would walk through all names of a kind rather than those that match.
    shown = (
        When(kind=kind, then=Exists(rows.filter(pk=OuterRef("subject")))) for kind, rows in public(at).items()
    )
    return Name.objects.filter(Case(*shown, default=Value(False), output_field=BooleanField()))


def names_found(query: Query, at: datetime) -> NamesFound:
    """Whatever has a name that `query` asks for; one query to the database."""
    whole, begun = Question.in_names(query.wanted), Question.in_names(query.wanted, begun=True)
    whole_words, begun_words = matches(Name.FULL_TEXT, whole), matches(Name.FULL_TEXT, begun)
    close = Case(
        When(whole=query.whole, then=Closeness.EXACT),
        When(whole_words & Q(whole__startswith=query.whole), then=Closeness.BEGINS),
        When(whole_words, then=Closeness.WORDS),
        When(begun_words, then=Closeness.BEGUN),
        When(kind=SERIES, then=Closeness.PART),
        default=Value(Closeness.NOT),
        output_field=IntegerField(),
    )
    names = public_names(at).filter(matches(Name.FULL_TEXT, begun, whole.any()) | Q(whole=query.whole))
    if query.unwanted:
        names = names.exclude(matches(Name.FULL_TEXT, Question.in_names(query.unwanted).any()))
    rows = names.annotate(close=close).order_by("close", "-subject", "kind", "pk")
    values = rows.values_list("close", "kind", "subject", "text", "words")[:MOST_NAMES]
    named: dict[tuple[str, int], Found] = {}
    parts: dict[tuple[Term, ...], list[int]] = {}
    for closeness, kind, subject, text, words in values:
        if closeness < Closeness.PART:
            named.setdefault((kind, subject), Found(kind, subject, text, closeness))
        elif closeness == Closeness.PART and (rest := _not_in(words, query.wanted)):
            parts.setdefault(rest, []).append(subject)
    return NamesFound(tuple(named.values()), tuple(_groups(parts)))


def _not_in(words: str, wanted: Iterable[Term]) -> tuple[Term, ...]:
    there = set(words.split())
    return tuple(term for term in wanted if not any(there.issuperset(row) for row in term.names))


def _groups(parts: dict[tuple[Term, ...], list[int]]) -> list[Group]:
    """The most telling first: those that leave least to ask."""
    nearest = sorted(parts.items(), key=lambda part: len(part[0]))
    return [Group(tuple(dict.fromkeys(shows))[:MOST_SHOWS], rest) for rest, shows in nearest[:MOST_GROUPS]]
