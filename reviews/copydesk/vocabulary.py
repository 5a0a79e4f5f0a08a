"""What the house knows of a series, as values: names, episodes, credits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from coverage.newsroom.search import folding
from reviews.copydesk.romaji import is_romaji, long_vowels_cut
from reviews.copydesk.words import Word, hyphenated, key_of, words_of

SHORTEST_PART = 3


class Sort(StrEnum):
    """What a name is the name of."""

    TITLE = "title"
    EPISODE = "episode"
    PERSON = "person"
    CHARACTER = "character"
    STUDIO = "studio"
    TERM = "term"
    PLACE = "place"
    OTHER = "other"

    @property
    def has_parts(self) -> bool:
        """Whether one of its words alone may stand for it: a surname, a given name."""
        return self in (Sort.PERSON, Sort.CHARACTER)


@dataclass(frozen=True, slots=True)
class Entry:
    """A name: the house's form, others that may stand, and whether it is of the series of the piece."""

    form: str
    sort: Sort = Sort.TERM
    variants: tuple[str, ...] = ()
    own: bool = True
    first_seen: Decimal | None = None
    spoils: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.form, *self.variants)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an entry: its words, and their keys."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    entry: Entry
    is_part: bool = False

    @property
    def key(self) -> str:
        return "".join(self.keys)

    @property
    def of(self) -> str:
        """The whole name that it is, or is a part of."""
        return self.entry.form if self.is_part else " ".join(self.words)


@dataclass(frozen=True, slots=True)
class KnownEpisode:
    """An episode as the database has it."""

    number: Decimal
    title: str = ""
    title_native: str = ""


@dataclass(frozen=True, slots=True)
class KnownCredit:
    """Who did what: all names of the person, and the episode or None for the series."""

    names: tuple[str, ...]
    key: str
    episode: Decimal | None = None


@dataclass(frozen=True)
class Vocabulary:
    """All that a piece about one series is held against; `leads_somewhere` tells whether a path answers."""

    entries: tuple[Entry, ...] = ()
    episodes: Mapping[Decimal, KnownEpisode] = field(default_factory=dict)
    planned: int | None = None
    credits: tuple[KnownCredit, ...] = ()
    leads_somewhere: Callable[[str], bool] = lambda _path: True

    @cached_property
    def forms(self) -> Mapping[int, tuple[Form, ...]]:
        """Every form that a slip is measured against, by its number of words."""
        found: dict[int, dict[str, Form]] = {}
        for entry in sorted(self.entries, key=lambda each: not each.own):
            for form in _forms(entry):
                found.setdefault(len(form.keys), {}).setdefault(form.key, form)
        return {count: tuple(forms.values()) for count, forms in found.items()}

    @cached_property
    def longest(self) -> int:
        """The most words that a name has."""
        return max(self.forms, default=0)

    @cached_property
    def _known(self) -> frozenset[str]:
        keys = {form.key for forms in self.forms.values() for form in forms}
        keys |= {folding.compact(folding.spelt_out(form)) for entry in self.entries for form in entry.forms}
        return frozenset(keys | set(map(folding.stem, keys)))

    @cached_property
    def _romanised(self) -> frozenset[str]:
        """Of Japanese names, what all ways to write their long vowels have in common."""
        names = (form for forms in self.forms.values() for form in forms)
        return frozenset(long_vowels_cut(form.key) for form in names if is_romaji(form.of))

    @cached_property
    def parts(self) -> frozenset[str]:
        """The keys of single words of names, whatever they name."""
        return frozenset(
            key for forms in self.forms.values() for form in forms for key in form.keys if len(key) > 1
        )

    def knows(self, key: str) -> bool:
        """Whether a name of this key is in order: the house's, romanised otherwise, or in the plural."""
        return bool(key) and (
            key in self._known or folding.stem(key) in self._known or long_vowels_cut(key) in self._romanised
        )


def _forms(entry: Entry) -> Iterator[Form]:
    for printed in entry.forms:
        words = words_of(printed)
        if not words:
            continue
        whole = hyphenated(printed, words)
        if entry.sort.has_parts and len(whole) < len(words):
            yield from _named(whole, entry)
        yield _form(words, entry)
        if words[0].key == "the" and len(words) > 1:
            yield _form(words[1:], entry)
        if entry.sort.has_parts and len(words) > 1:
            yield from _named(words, entry)


def _named(words: Sequence[Word], entry: Entry) -> Iterator[Form]:
    """A person's name in both orders, and each half of it."""
    yield _form(words, entry)
    yield _form([words[-1], *words[:-1]], entry)
    for word in words:
        if len(word.key) >= SHORTEST_PART and word.is_capital:
            yield Form((word.text,), (word.key,), entry, is_part=True)


def _form(words: Sequence[Word], entry: Entry) -> Form:
    return Form(tuple(word.text for word in words), tuple(word.whole_key for word in words), entry)


def key_of_name(name: str) -> frozenset[str]:
    """What two ways of writing one person's name have in common: its words, in whatever order."""
    return frozenset(long_vowels_cut(key_of(word.text)) for word in words_of(name))
