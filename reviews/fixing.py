"""Putting right what readers have, though the working copy may say more by now.

What the live edition says, with the fix in it, becomes the next edition. The working copy gets the same
fix, field by field, and what else waits in it for approval goes on waiting.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coverage.newsroom.models import User
from reviews.markup import sanitise
from reviews.models import Edition, EditionPart, EpisodeReview, Kind, Review
from reviews.models.content import PART_PROSE, PROSE
from reviews.patching import patched
from reviews.rules import VerbRefused, refuse_nulls

# What a fix may change, as columns. Which episodes a piece is about, and by whom, needs an approval.
FIXABLE = (
    "headline", "standfirst", "introduction", "conclusion", "verdict", "stars", "spoiler_level",
    "spoils_through_id", "spoils_source",
)  # fmt: skip
PART_FIXABLE = ("stars", "body", "verdict")

PartKey = tuple[int, int]
Row = Review | EpisodeReview
Frozen = Edition | EditionPart


@dataclass(frozen=True)
class Fix:
    """New values by column: of the piece itself, and of its parts by (episode, reviewer)."""

    own: dict[str, Any]
    parts: dict[PartKey, dict[str, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.own) or any(self.parts.values())

    @property
    def changes_scores(self) -> bool:
        return any("stars" in values for values in (self.own, *self.parts.values()))


def put_right(
    review: Review, live: Edition, fix: Fix, *, by: User, at: datetime
) -> tuple[Edition, list[str]]:
    """The edition to release next, and the labels of what the working copy words otherwise and so keeps.

    Call with `review` locked. Raises VerbRefused, or ValidationError for a value that can't stand.
    """
    own = _cleaned(Edition, fix.own, FIXABLE)
    parts = {key: _cleaned(EditionPart, values, PART_FIXABLE) for key, values in fix.parts.items()}
    if set(parts) - {_key(part) for part in live.parts.all()}:
        raise VerbRefused(_("Readers don't have one of these parts any more. Open the piece again."))
    edition = Edition.objects.amend(live, own, parts, by=by, at=at, reason="correct")
    _look_over(review, edition)
    return edition, list(_carried(review, live, edition))


def _cleaned(model: type[Frozen], values: dict[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    if unknown := set(values) - set(known):
        raise ValueError(f"No fix changes {', '.join(sorted(unknown))}.")
    refuse_nulls(*(value for value in values.values() if isinstance(value, str)))
    fields: Any = model._meta
    return {name: fields.get_field(name).clean(value, None) for name, value in values.items()}


def _look_over(review: Review, edition: Edition) -> None:
    if edition.stars is not None and not Kind(review.kind).has_own_stars:
        raise VerbRefused(_("Only a season or a film has stars of its own."))
    through = edition.spoils_through
    if through and review.series_id and through.series_id != review.series_id:
        raise VerbRefused(_("“Spoils through” names an episode of another series."))


def _carried(review: Review, live: Edition, edition: Edition) -> Iterator[str]:
    yield from (_label(review, name) for name in _carry(review, live, edition, FIXABLE))
    there = {_key(part): part for part in review.parts.select_related("episode", "last_episode", "reviewer")}
    was = {_key(part): part for part in live.parts.all()}
    for part in edition.parts.select_related("episode", "last_episode", "reviewer"):
        before, row = was[_key(part)], there.get(_key(part))
        if row:
            yield from (f"{part}: {_label(part, name)}" for name in _carry(row, before, part, PART_FIXABLE))
        elif _changed(before, part, PART_FIXABLE):
            yield _("%(part)s (not there any more)") % {"part": part}


def _carry(row: Row, before: Frozen, after: Frozen, names: tuple[str, ...]) -> list[str]:
    """Write into `row` what became otherwise; the names of what it holds something else in."""
    changed = _changed(before, after, names)
    values = {name: _merged(row, before, after, name) for name in changed}
    kept = [name for name, value in values.items() if value is _ITS_OWN]
    taken = [name for name in changed if name not in kept]
    for name in taken:
        setattr(row, name, values[name])
    if taken:
        row.save(update_fields=[row._meta.get_field(name).name for name in taken])
    return kept


_ITS_OWN = object()


def _merged(row: Row, before: Frozen, after: Frozen, name: str) -> Any:
    own, was, new = (getattr(each, name) for each in (row, before, after))
    if own in (was, new):
        return new
    text = patched(own, was, new) if isinstance(was, str) and isinstance(own, str) else None
    return text if text is not None and _fits(row, name, text) else _ITS_OWN


def _fits(row: Row, name: str, text: str) -> bool:
    most = getattr(row._meta.get_field(name), "max_length", None)
    is_prose = name in (PROSE if isinstance(row, Review) else PART_PROSE)
    return (most is None or len(text) <= most) and (not is_prose or sanitise(text) == text)


def _changed(before: Frozen, after: Frozen, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _label(row: Row | Frozen, name: str) -> str:
    return capfirst(str(getattr(row._meta.get_field(name), "verbose_name", name)))


def _key(part: EpisodeReview | EditionPart) -> PartKey:
    return part.episode_id, part.reviewer_id
