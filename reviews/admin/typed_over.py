"""A preview of what stands in a form and isn't saved: the newest edition with its editor's buffer over it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model
from django.http import QueryDict

from coverage.newsroom.keys import as_key
from reviews.admin.typed import parts_as_typed, rows_as_typed
from reviews.models import Byline, Edition, EditionPart, Kind, Reviewer
from reviews.models.content import CONTENT_FIELDS, PART_PROSE

_BYLINES = "bylines"
_OF_A_PART = ("position", "stars", *PART_PROSE)


def type_over(edition: Edition, posted: QueryDict) -> None:
    """Let `edition`, read by `to_preview`, say what a form says. Not to be saved.

    What isn't valid stays as it was saved; so do slug, series, date and what is said of stills.
    """
    _take(edition, CONTENT_FIELDS, posted)
    if (kind := posted.get("kind", "")) in Kind.values:
        edition.review.kind = kind
    parts, bylines = list(_parts(edition, posted)), list(_bylines(edition, posted))
    _put(edition, "parts", parts)
    _put(edition.review, "bylines", bylines)


def _take(row: Any, names: tuple[str, ...], posted: QueryDict, prefix: str = "") -> None:
    for name, field in fields_for_model(type(row), fields=names).items():
        given = f"{prefix}{name}"
        if field.widget.value_omitted_from_data(posted, {}, given):
            continue
        with suppress(ValidationError):
            setattr(row, name, field.clean(field.widget.value_from_datadict(posted, {}, given)))


def _parts(edition: Edition, posted: QueryDict) -> Iterator[EditionPart]:
    typed = list(parts_as_typed(edition.review, posted))
    reviewers = Reviewer.objects.in_bulk({part.reviewer_id for _row, part in typed})
    for row, part in typed:
        if reviewer := reviewers.get(part.reviewer_id):
            about = {"episode": part.episode, "last_episode": part.last_episode}
            frozen = EditionPart(edition=edition, reviewer=reviewer, **about)
            _take(frozen, _OF_A_PART, posted, f"{row}-")
            yield frozen


def _bylines(edition: Edition, posted: QueryDict) -> Iterator[Byline]:
    rows = rows_as_typed(posted, _BYLINES)
    signing = {row: as_key(posted.get(f"{row}-reviewer", "")) or 0 for row in rows}
    reviewers = Reviewer.objects.in_bulk(signing.values())
    for row, key in signing.items():
        if reviewer := reviewers.get(key):
            byline = Byline(review=edition.review, reviewer=reviewer)
            _take(byline, ("position",), posted, f"{row}-")
            yield byline


def _put(row: Any, name: str, rows: list[Any]) -> None:
    """In place of what was prefetched."""
    row._prefetched_objects_cache[name] = sorted(rows, key=lambda each: each.position)
