"""What a reader's query means, and how either database is asked it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from coverage.newsroom.search import folding

LONGEST, MOST_TERMS = 200, 12
# Control characters, lone surrogates and non-characters: nothing that anybody searches for.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_QUOTES = '"“”„«»'
_PIECES = re.compile(
    rf"(?P<minus>(?:(?<=\s)|^)[-−])?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]+))"
)
# Words that stand in every text: asked for only where there is nothing else to ask.
_EVERYWHERE = frozenset(
    "a an and are as at be by for from in is it of on or that the this to was with".split()
)
# What a reader writes beside an episode's number.
_EPISODE = frozenset({"episode", "episodes", "ep", "eps", "第", "話"})


@dataclass(frozen=True)
class Term:
    """Words that must stand together, in one of several spellings, each a row of tokens."""

    spellings: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...]
    letters: str
    is_negative: bool = False
    is_phrase: bool = False

    @property
    def is_everywhere(self) -> bool:
        return self.letters in _EVERYWHERE

    @property
    def is_number(self) -> bool:
        return self.letters.isdecimal()

    @property
    def says_episode(self) -> bool:
        return self.letters in _EPISODE

    @property
    def is_one_sign(self) -> bool:
        """Whether it is one Japanese sign, which begins the pairs that are kept of longer runs."""
        return not self.is_phrase and len(self.letters) == 1 and folding.is_japanese(self.letters)

    @property
    def may_go_on(self) -> bool:
        """Whether a longer word that begins with it will do."""
        return not self.is_phrase and len(self.letters) > 1


@dataclass(frozen=True)
class Query:
    """A query as understood. `text` is what to show of it; `was_cut` tells that there was more."""

    text: str
    terms: tuple[Term, ...] = ()
    was_cut: bool = False

    @classmethod
    def of(cls, raw: str) -> "Query":
        clean = " ".join(_UNPRINTABLE.sub(" ", raw[: 50 * LONGEST]).split())
        text = clean[:LONGEST].strip()
        terms = [term for piece in _PIECES.finditer(text) for term in _terms(piece)]
        return cls(text, tuple(terms[:MOST_TERMS]), was_cut=len(clean) > LONGEST or len(terms) > MOST_TERMS)

    @cached_property
    def wanted(self) -> tuple[Term, ...]:
        """What must be there: without words that are everywhere, if others are left."""
        positive = tuple(term for term in self.terms if not term.is_negative)
        telling = tuple(term for term in positive if not term.is_everywhere)
        return telling or positive

    @cached_property
    def unwanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_negative)

    @cached_property
    def whole(self) -> str:
        """All its letters in a row."""
        return "".join(term.letters for term in self.terms if not term.is_negative)

    def __bool__(self) -> bool:
        return bool(self.wanted)


def _terms(piece: "re.Match[str]") -> Iterable[Term]:
    negative = bool(piece["minus"])
    if piece["phrase"] is not None:
        yield from _phrase(piece["phrase"], negative=negative)
        return
    words = list(folding.runs(piece["word"]))
    if negative and words:
        yield from _phrase(piece["word"], negative=True)
        return
    spelt = list(folding.runs(folding.spelt_out(piece["word"])))
    for place, word in enumerate(words):
        other = spelt[place] if len(spelt) == len(words) else word
        yield _word(word, other)


def _word(word: str, spelt: str) -> Term:
    rows = tuple(dict.fromkeys((_row(word), _row(spelt))))
    key = (folding.token(folding.stem(folding.romaji_key(word))),)
    names = rows if folding.is_japanese(word) else tuple(dict.fromkeys((*rows, key)))
    return Term(rows, names, word)


def _phrase(text: str, *, negative: bool) -> Iterable[Term]:
    words = list(folding.runs(text))
    if not words:
        return
    row = tuple(each for word in words for each in _row(word))
    yield Term((row,), (row,), "".join(words), is_negative=negative, is_phrase=True)


def _row(word: str) -> tuple[str, ...]:
    if folding.is_japanese(word):
        return tuple(map(folding.token, folding.bigrams(word)[: max(1, len(word) - 1)]))
    return (folding.token(folding.stem(word)),)
