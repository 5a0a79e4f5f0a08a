"""What lies between two accounts of one piece: any two editions, or an edition and the working copy."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import Picture
from reviews.history.passages import Passage, passages
from reviews.history.values import Difference, StillNames, between, by_number, in_words
from reviews.history.words import counted
from reviews.models import Edition, EditionPart, EpisodeReview, Review
from reviews.models.content import (
    CONTENT_FIELDS,
    PART_FIELDS,
    PART_PROSE,
    PROSE,
    PartContent,
    pictures_named,
)
from reviews.stars import StarsField

_TAG = re.compile(r"<[^>]*>")

type Piece = Review | Edition
type PartRow = EpisodeReview | EditionPart


@dataclass(frozen=True)
class Prose:
    """A text that isn't the same any more; told in words only where it is read."""

    label: str
    old: str
    new: str
    still: StillNames

    @cached_property
    def told(self) -> tuple[str, str]:
        before, after = in_words(self.old, self.still), in_words(self.new, self.still)
        # The same words in another dress, such as bold: the markup shows it.
        return (before, after) if before != after else (self.old, self.new)

    @cached_property
    def passages(self) -> list[Passage]:
        return passages(*self.told)

    @property
    def words(self) -> tuple[int, int]:
        """How many words came, and how many went."""
        return counted(_TAG.sub(" ", self.old), _TAG.sub(" ", self.new))


@dataclass(frozen=True)
class Part:
    """A part that came, went or isn't the same any more; `fate` says which."""

    title: str
    fate: str
    facts: list[Difference]
    prose: list[Prose]

    @property
    def labels(self) -> list[str]:
        """“Episode 3, Rin: stars: 3.5 → 4”; “Episode 3, Rin: text”; “Episode 3, Rin (added)”."""
        if self.fate != CHANGED:
            return [f"{self.title} ({FATES[self.fate]})"]
        return [f"{self.title}: {label[0].lower()}{label[1:]}" for label in _labels(self.facts, self.prose)]


ADDED, TAKEN_OUT, CHANGED = "added", "taken-out", "changed"
FATES = {ADDED: _("added"), TAKEN_OUT: _("taken out"), CHANGED: _("changed")}


@dataclass(frozen=True)
class Comparison:
    """Everything that differs; falsy where nothing does."""

    facts: list[Difference]
    prose: list[Prose]
    parts: list[Part]

    def __bool__(self) -> bool:
        return bool(self.facts or self.prose or self.parts)

    @property
    def labels(self) -> list[str]:
        """All that differs, for a summary: facts from what to what, texts by name."""
        own = _labels(self.facts, self.prose)
        return own + [label for part in self.parts for label in part.labels]

    @property
    def words(self) -> tuple[int, int]:
        """How many words of its prose came, and how many went."""
        texts = [*self.prose, *(prose for part in self.parts for prose in part.prose)]
        counts = [prose.words for prose in texts]
        return sum(came for came, _went in counts), sum(went for _came, went in counts)


def to_compare(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """With all that a comparison reads of them."""
    parts = EditionPart.objects.select_related("episode__series", "last_episode__series", "reviewer")
    joined = editions.select_related("spoils_through__series", "lead_picture", "made_by")
    return joined.prefetch_related(Prefetch("parts", parts))


def compare(before: Piece, after: Piece, still: StillNames = by_number) -> Comparison:
    """What became of `before` in `after`; `still` names the pictures in the prose."""
    return Comparison(
        list(_facts(before, after, _without(CONTENT_FIELDS, PROSE))),
        list(_prose(before, after, PROSE, still)),
        list(_parts(list(before.parts.all()), list(after.parts.all()), still)),
    )


def names_of_stills(*pieces: Piece) -> StillNames:
    """Looks up, at once, what the stills in these pieces show."""
    keys = {key for piece in pieces for key in pictures_named(piece)}
    found = Picture.objects.in_bulk(keys) if keys else {}

    def name(key: int) -> str:
        if key not in found:
            return gettext("picture %(key)s, which is gone") % {"key": key}
        return found[key].alt or gettext("picture %(key)s") % {"key": key}

    return name


def _labels(facts: list[Difference], prose: list[Prose]) -> list[str]:
    return [fact.in_a_line for fact in facts] + [text.label for text in prose]


def _without(names: Iterable[str], others: Iterable[str]) -> list[str]:
    return [name for name in names if name not in others]


def _facts(before: Model, after: Model, names: Iterable[str]) -> Iterator[Difference]:
    for name in names:
        if found := between(_told(before, name), _told(after, name), _label(after, name)):
            yield found


def _prose(before: Model, after: Model, names: Iterable[str], still: StillNames) -> Iterator[Prose]:
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Prose(_label(after, name), old, new, still)


def _told(row: Model, name: str) -> Any:
    field: Any = row._meta.get_field(name)
    value = getattr(row, name)
    if isinstance(field, StarsField):
        return gettext("unrated") if value is None else f"{Decimal(value).normalize():f}"
    if field.is_relation and value is None:
        return None
    if name in ("episode", "last_episode", "spoils_through"):
        return value.label or str(value)
    return dict(field.flatchoices).get(value, value) if field.flatchoices else value


def _label(row: Model, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def _parts(before: list[PartRow], after: list[PartRow], still: StillNames) -> Iterator[Part]:
    title = _titles([*before, *after])
    old, new = {_key(part): part for part in before}, {_key(part): part for part in after}
    was = old | {key: old.pop(former) for key, former in _renamed(old, new).items()}
    for key, part in new.items():
        found = _part(was.pop(key, None), part, title(part), still)
        if found.facts or found.prose or found.fate != CHANGED:
            yield found
    for key, part in old.items():
        if key not in new:
            yield _part(part, None, title(part), still)


def _renamed(old: dict[Any, PartRow], new: dict[Any, PartRow]) -> dict[Any, Any]:
    """Parts with one text that stand under another episode or reviewer now: their key by the new one."""
    left = {part.body: key for key, part in old.items() if key not in new and part.body}
    return {key: left.pop(part.body) for key, part in new.items() if key not in old and part.body in left}


def _part(before: PartRow | None, after: PartRow | None, title: str, still: StillNames) -> Part:
    prose = list(_prose(before or _nothing(after), after or _nothing(before), PART_PROSE, still))
    if before and after:
        facts = list(_facts(before, after, _without(PART_FIELDS, PART_PROSE)))
        return Part(title, CHANGED, facts, prose)
    stars = between(before and _told(before, "stars"), after and _told(after, "stars"), gettext("stars"))
    return Part(title, ADDED if after else TAKEN_OUT, [stars] if stars else [], prose)


def _nothing(part: PartRow | None) -> PartContent:
    """A part of the same kind that says nothing yet."""
    return type(part)() if part else EditionPart()


def _key(part: PartRow) -> tuple[int, int]:
    return part.episode_id, part.reviewer_id


def _titles(parts: list[PartRow]) -> Callable[[PartRow], str]:
    """By episode and reviewer; with the show's name where there are several, or no number."""
    shows = {part.episode.series_id for part in parts}

    def title(part: PartRow) -> str:
        label = part.label if len(shows) == 1 else ""
        return f"{label or part.episode}, {part.reviewer}"

    return title
