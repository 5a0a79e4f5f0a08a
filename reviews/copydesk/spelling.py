"""Words that aren't English, and aren't the series' either."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _

from reviews.copydesk import dictionary
from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.manuscript import Manuscript, Passage, Place
from reviews.copydesk.romaji import is_romaji
from reviews.copydesk.vocabulary import Vocabulary
from reviews.copydesk.words import Word, key_of, words_of

_SHORTEST = 3
# Used so often, what has no likely correction is a word of the show's.
_OFTEN = 3
_LONG_ROMAJI = 7
# What opens a sentence may be a name that stands nowhere else; a short one is near some word.
_LONGER = 5
_COMMON = 1_000
# “L’Arc”, “qu’est-ce”, “o’clock”: what is before it isn't English by itself.
_ELISION = re.compile(r"[a-z]{1,2}'", re.IGNORECASE)
# Twice in a row these are grammar.
_TWICE = frozenset("had that very bye no so ha knock on in is do her".split())


def check_spelling(manuscript: Manuscript, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Unknown words, without suggestions, which `suggested` gives; and words typed twice, with theirs."""
    passages = [
        (passage, words_of(passage.text))
        for passage in manuscript.passages
        if passage.place in (Place.PROSE, Place.HEADLINE, Place.STANDFIRST, Place.ALT)
    ]
    spelling = _Spelling(vocabulary, [word for _passage, words in passages for word in words])
    for passage, words in passages:
        for word in words:
            if spelling.is_slip(word):
                yield Finding(Kind.SPELLING, passage, word.start, word.bare, reason=_("not a known word"))
        yield from _typed_twice(passage, words)


def suggested(finding: Finding) -> Finding:
    """The finding with what may have been meant, in the word's own case; a millisecond for a word."""
    if finding.kind is not Kind.SPELLING or finding.suggest:
        return finding
    near = dictionary.corrections(finding.found.lower())
    if finding.found[0].isupper():
        near = tuple(word.capitalize() for word in near)
    return replace(finding, suggest=near)


class _Spelling:
    """The words of one piece, judged with its vocabulary at hand."""

    def __init__(self, vocabulary: Vocabulary, words: Sequence[Word]) -> None:
        self.vocabulary = vocabulary
        self.used = Counter(word.bare.lower() for word in words)
        self.capitals = Counter(word.key for word in words if word.is_capital)
        self._judged: dict[str, bool] = {}

    def is_slip(self, word: Word) -> bool:
        """Whether the word is one that nobody writes so; a capital inside a sentence makes it a name."""
        plain = word.bare.replace("’", "'")
        if len(plain) < _SHORTEST or not plain.isascii() or not plain.replace("'", "").isalpha():
            return False
        if _ELISION.match(plain):
            return False
        if not plain[1:].islower() or (word.is_capital and (not word.opens or self.capitals[word.key] > 1)):
            return False
        lower = plain.lower()
        if lower not in self._judged:
            self._judged[lower] = self._is_unknown(lower, word)
        return self._judged[lower]

    def _is_unknown(self, lower: str, word: Word) -> bool:
        if dictionary.is_word(lower) or self._is_ours(word):
            return False
        if word.is_capital:
            return len(lower) > _LONGER and _is_near_a_common_word(lower)
        if self.used[lower] >= _OFTEN:
            return bool(dictionary.corrections(lower))
        if is_romaji(lower):
            return len(lower) >= _LONG_ROMAJI and bool(dictionary.corrections(lower))
        return True

    def _is_ours(self, word: Word) -> bool:
        key = key_of(word.bare)
        return self.vocabulary.knows(key) or key in self.vocabulary.parts or self.capitals[key] > 1


def _is_near_a_common_word(word: str) -> bool:
    return any(dictionary.how_common(each) > _COMMON for each in dictionary.corrections(word))


def _typed_twice(passage: Passage, words: Sequence[Word]) -> Iterator[Finding]:
    for one, other in pairwise(words):
        between = passage.text[one.end : other.start]
        is_twice = one.text.lower() == other.text and other.text.isalpha() and between.isspace()
        if is_twice and other.text not in _TWICE:
            twice = passage.text[one.start : other.end]
            yield Finding(Kind.SPELLING, passage, one.start, twice, (one.text,), reason=_("typed twice"))
