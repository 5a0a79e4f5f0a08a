"""Bringing an edition's content back into the working copy."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from coverage.newsroom.models import Picture
from reviews.markup import fill_in
from reviews.markup.stills import place
from reviews.models import Edition, EditionPart, EpisodeReview, Review
from reviews.models.content import (
    CONTENT_FIELDS,
    PART_FIELDS,
    PART_PROSE,
    PROSE,
    Content,
    PartContent,
    pictures_named,
)
from reviews.rules import VerbRefused


def bring_back(review: Review, edition: Edition) -> list[int]:
    """Write the content of `edition` into the locked `review` and its parts.

    Returns the keys of stills whose pictures are gone: they are left out. Raises VerbRefused where
    the content doesn't go with the piece as it stands now; the caller's transaction must undo the rest.
    """
    gone = _gone(edition)
    _copy(edition, review, CONTENT_FIELDS, PROSE, gone)
    _bring_back_parts(review, edition, gone)
    try:
        _look_over(review)
    except ValidationError as contradiction:
        why = _("Edition %(number)s doesn't go with the piece as it stands now:") % {"number": edition.number}
        raise VerbRefused([why, *contradiction.messages]) from contradiction
    review.save(update_fields=list(CONTENT_FIELDS))
    return sorted(gone)


def _gone(edition: Edition) -> set[int]:
    named = set(pictures_named(edition))
    return named - set(Picture.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else named


def _bring_back_parts(review: Review, edition: Edition, gone: set[int]) -> None:
    frozen = list(edition.parts.all())
    there = {(part.episode_id, part.reviewer_id): part for part in review.parts.all()}
    rows = [there.get((part.episode_id, part.reviewer_id)) for part in frozen]
    kept = [row for row in rows if row]
    if not _stand_in_order(frozen, kept):
        kept, rows = [], [None] * len(frozen)
    review.parts.exclude(pk__in=[row.pk for row in kept]).delete()
    for part, there_already in zip(frozen, rows, strict=True):
        row = there_already or EpisodeReview(review=review)
        _copy(part, row, PART_FIELDS, PART_PROSE, gone)
        row.save()


def _stand_in_order(frozen: list[EditionPart], rows: list[EpisodeReview]) -> bool:
    """Whether these rows, one for each part, come out in the same order: those at one place by their keys."""
    if len(rows) != len(frozen):
        return False
    places = [(part.position, row.pk) for part, row in zip(frozen, rows, strict=True)]
    return places == sorted(places)


def _copy(
    frozen: Edition | EditionPart,
    row: Content | PartContent,
    names: tuple[str, ...],
    prose: tuple[str, ...],
    gone: set[int],
) -> None:
    for name in names:
        field = row._meta.get_field(name)
        value = getattr(frozen, field.attname)  # type: ignore[union-attr]  # a concrete field
        setattr(row, field.attname, _without(value, gone) if name in prose else value)  # type: ignore[union-attr]  # likewise


def _without(prose: str, gone: set[int]) -> str:
    def still(key: int, is_closed: bool) -> str:
        return "" if key in gone else place(key, closed=is_closed)

    return fill_in(prose, still) if gone else prose


def _look_over(review: Review) -> None:
    """As a form would: its kind, its series and what it names may have changed since."""
    review.clean()
    review.validate_constraints()
    parts = review.parts.select_related("episode", "last_episode")
    for part in parts:
        part.clean()
    if found := review.contradictions(parts):
        raise ValidationError(list(found.values()))
