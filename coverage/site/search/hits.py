"""What the page shows of things found by their names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse

from coverage.newsroom.rows import Row
from coverage.site.search.names import EPISODE, PERSON, REVIEWER, SERIES, STUDIO, Found, public
from reviews.models import Release
from series.models import Episode, Series
from series.models.series import Format

_SHOW = {"title": "title", "native": "title_native", "slug": "slug", "accent": "accent"}
_NAMED = {"title": "name", "native": "name_native", "slug": "slug"}
_FACTS: dict[str, dict[str, str]] = {
    SERIES: _SHOW | {"visual_accent": "visual_accent", "format": "format", "premiere": "premieres_on"},
    EPISODE: {"title": "title", "native": "title_native", "number": "number", "place": "sort_key"}
    | {f"show_{key}": f"series__{name}" for key, name in _SHOW.items()}
    | {"show_visual_accent": "series__visual_accent", "show_pk": "series"},
    PERSON: _NAMED | {"note": "known_for"},
    STUDIO: _NAMED,
    REVIEWER: {"title": "byline", "slug": "slug"},
}


@dataclass(frozen=True)
class Hit:
    """One thing found. `also` is the name that it was found by, where it isn't one of those shown.

    `series` is the show that it is or belongs to, with its colour and title only; `episode` likewise.
    """

    kind: str
    title: str
    native: str
    path: str
    note: str = ""
    also: str = ""
    series: Series | None = None
    episode: Episode | None = None


def hits_of(found: Iterable[Found], at: datetime) -> list[Hit]:
    """In the same order; one query to the database, or none."""
    wanted = list(found)
    facts = {(row["what"], row["pk"]): row["facts"] for row in _rows(wanted, at)}
    there = ((each, facts.get((each.kind, each.subject))) for each in wanted)
    return [_MAKERS.get(each.kind, _named)(each, of_it) for each, of_it in there if of_it]


def _rows(found: list[Found], at: datetime) -> Iterable[dict[str, Any]]:
    selected: list[QuerySet[Any, Any]] = []
    for kind, rows in public(at).items():
        if pks := [each.subject for each in found if each.kind == kind]:
            facts: dict[str, Any] = dict(_FACTS[kind])
            if kind == EPISODE:
                facts["review"] = _newest_review(at)
            named = rows.filter(pk__in=pks).order_by()
            selected.append(named.values("pk", what=Value(kind, CharField()), facts=Row(**facts)))
    if not selected:
        return []
    first, *others = selected
    return first.union(*others, all=True).order_by() if others else first


def _newest_review(at: datetime) -> Subquery:
    """The address of the newest live piece with a part about the episode."""
    live = Release.objects.live(at).filter(edition__parts__episode=OuterRef("pk")).newest_first()
    return Subquery(live.values("review__slug")[:1])


def _also(found: Found, facts: dict[str, Any]) -> str:
    return "" if found.text in (facts["title"], facts.get("native")) else found.text


def _named(found: Found, facts: dict[str, Any]) -> Hit:
    path = reverse(f"site:{found.kind}", args=[facts["slug"]])
    native, note = facts.get("native", ""), facts.get("note", "")
    return Hit(found.kind, facts["title"], native, path, note=note, also=_also(found, facts))


def _series(found: Found, facts: dict[str, Any]) -> Hit:
    year = str(facts["premiere"] or "")[:4]
    note = " ".join(filter(None, (str(Format(facts["format"]).label), year)))
    show = Series(pk=found.subject, title=facts["title"], slug=facts["slug"])
    show.accent, show.visual_accent = facts["accent"], facts["visual_accent"]
    path = show.get_absolute_url()
    return Hit(
        found.kind, show.title, facts["native"], path, note=note, also=_also(found, facts), series=show
    )


def _episode(found: Found, facts: dict[str, Any]) -> Hit:
    show = Series(pk=facts["show_pk"], title=facts["show_title"], slug=facts["show_slug"])
    show.accent, show.visual_accent = facts["show_accent"], facts["show_visual_accent"]
    episode = Episode(pk=found.subject, series=show, number=facts["number"])
    episode.sort_key = Decimal(str(facts["place"]))
    review = facts["review"]
    path = reverse("reviews:detail", args=[review]) if review else show.get_absolute_url()
    return Hit(found.kind, facts["title"], facts["native"], path, series=show, episode=episode)


_MAKERS = {SERIES: _series, EPISODE: _episode}
