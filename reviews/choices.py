"""What a list of reviews can be narrowed down to, and how many pieces each choice would leave.

Pieces are counted inside a series or a season only: those are few enough to be read whole. Over everything
that was ever published a count would cost more than the list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any, Self

from django.db.models import CharField, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from coverage.newsroom.composing import Keys, composed_once
from reviews.filters import STARS, ReviewFilter, season_of
from reviews.models import Byline, EditionPart
from reviews.models.content import SpoilerLevel
from reviews.models.releases import ReleaseQuerySet
from reviews.stars import rank
from reviews.visibility import public_reviewers, reveals_series
from series.models import Platform, Series, SeriesSeason, SeriesStudio, Streaming, Studio

# Slug and label of what there is to choose, by filter.
Labels = dict[str, dict[str, str]]

_RANKS = [(key, rank([Decimal(key)])) for key, _label in STARS]
# What a show stands for; the rest a piece tells itself.
OF_A_SHOW = ("studio", "platform")


@dataclass
class Piece:
    """A live piece as the filters see it: what it says about each, and so which choices find it."""

    said: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, ranked: int, level: str) -> Self:
        piece = cls()
        piece.said["stars"] = {key for key, least in _RANKS if least <= ranked}
        piece.said["spoilers"] = {most.value for most in SpoilerLevel if level in most.at_most()}
        return piece


@dataclass
class Offer:
    """What may be chosen; `pieces` are None where nobody counts."""

    labels: Labels
    pieces: list[Piece] | None = None

    def found(self, chosen: dict[str, str]) -> list[Piece]:
        """The pieces that answer to what is chosen."""
        asked = chosen.items()
        return [
            piece for piece in self.pieces or [] if all(value in piece.said[name] for name, value in asked)
        ]

    def counts(self, chosen: dict[str, str], name: str) -> Counter[str]:
        """How many pieces each choice of the filter `name` would leave, with the others as they are."""
        others = {key: value for key, value in chosen.items() if key != name}
        return Counter(chain.from_iterable(piece.said[name] for piece in self.found(others)))


def offered(found: ReviewFilter, at: datetime, *, of_one_series: bool) -> tuple[Offer, dict[str, str]]:
    """What may be chosen, and what of that which is chosen narrows the offer's pieces; two queries."""
    chosen = found.chosen
    scope = "season" if "season" in chosen else "series" if "series" in chosen else ""
    if not scope and not of_one_series:
        return Offer(_fixed() | _everywhere(found, at)), chosen
    releases: ReleaseQuerySet = found.queryset
    outside = {name: chosen.pop(name) for name in ("season", scope) if name in chosen}
    for name, value in outside.items():
        releases = getattr(found, f"by_{name}")(releases, name, value)
    pieces, labels = _pieces(releases)
    labels["season"] |= {key: str(season_of(key)) for name, key in outside.items() if name == "season"}
    return Offer(_fixed() | labels, pieces), chosen


def _fixed() -> Labels:
    levels = {level.value: str(level.label) for level in SpoilerLevel}
    return {"stars": dict(STARS), "spoilers": levels}


def _everywhere(found: ReviewFilter, at: datetime) -> Labels:
    """Seasons, platforms and reviewers that have live pieces, and the name of a studio or show chosen."""
    rows = _covered(found.chosen.get("studio", ""), at)
    labels: Labels = defaultdict(dict)
    for name, slug, label, *_keys in _in_reading_order(rows):
        labels[name][slug] = label
    return labels | {"season": _newest_first(labels["season"])}


@composed_once
def _covered(studio: str, at: datetime) -> QuerySet[Any]:
    covered = Series.objects.filter(reveals_series(at))
    streams = Streaming.objects.filter(platform=OuterRef("pk"), series__in=covered)
    rows = _named("reviewer", public_reviewers(at), "byline").union(
        _named("platform", Platform.objects.filter(Exists(streams)), "name"),
        _named("season", _seasons(Exists(covered.filter(pk=OuterRef("series")))), "slug"),
        _named("studio", Studio.objects.public(at).filter(slug=studio), "name"),
    )
    return rows.order_by()


def _seasons(covered: Exists) -> QuerySet[Any]:
    key = Concat(Cast("year", CharField()), Value("-"), F("season"))
    return SeriesSeason.objects.filter(covered).annotate(slug=key)


def _newest_first(keys: Iterable[str]) -> dict[str, str]:
    return {key: str(season_of(key)) for key in sorted(keys, key=season_of, reverse=True)}


def _pieces(releases: ReleaseQuerySet) -> tuple[list[Piece], Labels]:
    """Each of `releases`, and the names of what they are about and by whom."""
    facts = list(
        releases.order_by().values_list(
            "edition", "review", "review__series", "stars_rank", "edition__spoiler_level"
        )
    )
    by_edition = {edition: Piece.of(ranked, level) for edition, _r, _s, ranked, level in facts}
    by_review = {review: by_edition[edition] for edition, review, *_rest in facts}
    about: dict[int, set[int]] = defaultdict(set)
    for edition, _review, show, *_rest in facts:
        about[edition] |= {show} if show else set()
    labels: Labels = defaultdict(dict)
    of_shows: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for name, slug, label, key, show in _in_reading_order(_of(facts)):
        labels[name][slug] = label
        if name in ("series", *OF_A_SHOW):
            of_shows[key].append((name, slug))
        elif show is None:
            by_review[key].said[name].add(slug)
        else:
            by_edition[key].said[name].add(slug)
            about[key].add(show)
    for edition, shows in about.items():
        for name, slug in (pair for show in shows for pair in of_shows[show]):
            by_edition[edition].said[name].add(slug)
    return list(by_edition.values()), labels


def _of(facts: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """(filter, slug, label, key of the edition, review or show, show of a part); one query."""
    # A roundup's shows stand in its parts alone.
    roundups = tuple(edition for edition, _review, show, *_rest in facts if show is None)
    own = tuple({show for _edition, _review, show, *_rest in facts if show is not None})
    return _rows(tuple(row[0] for row in facts), tuple(row[1] for row in facts), roundups, own)


@composed_once
def _rows(editions: Keys, reviews: Keys, roundups: Keys, own: Keys) -> QuerySet[Any]:
    parts = EditionPart.objects.filter(edition__in=editions)
    shared = EditionPart.objects.filter(edition__in=roundups).order_by().values("episode__series")
    shows = Q(pk__in=own) | Q(pk__in=shared)
    linked = Series.objects.filter(shows).values("pk")
    of_parts = _named("reviewer", parts, "reviewer__byline", "reviewer__slug", "edition", "episode__series")
    rows = of_parts.union(
        _named(
            "reviewer",
            Byline.objects.filter(review__in=reviews),
            "reviewer__byline",
            "reviewer__slug",
            "review",
        ),
        _named("series", Series.objects.filter(shows), "title", "slug", "pk"),
        _linked("studio", SeriesStudio, linked),
        _linked("platform", Streaming, linked),
    )
    return rows.order_by()


def _linked(name: str, link: type[Model], shows: QuerySet[Any]) -> QuerySet[Any]:
    links = link._default_manager.filter(series__in=shows)
    return _named(name, links, f"{name}__name", f"{name}__slug", "series")


def _named(
    name: str, rows: QuerySet[Any], label: str, slug: str = "slug", key: str = "", show: str = ""
) -> QuerySet[Any]:
    """Of each row the same five columns, alike in type for all, so that they make one union."""
    text, number = CharField(), IntegerField()
    none = Cast(Value(None), number)
    return rows.order_by().values_list(
        Cast(Value(name), text),
        Cast(slug, text),
        Cast(label, text),
        Cast(key, number) if key else none,
        Cast(show, number) if show else none,
    )


def _in_reading_order(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=lambda row: (row[2].casefold(), row[1]))
