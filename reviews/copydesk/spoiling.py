"""What gives something away before readers are warned: in headline, standfirst, slug, alternatives."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.manuscript import Manuscript, Passage, Place
from reviews.copydesk.vocabulary import Entry, Sort, Vocabulary
from reviews.copydesk.words import Word, words_of

_SHORTEST = 4
_FATES = re.compile(
    r"\b(?:dies|died|dying|death|dead|killed|kills|killer|murder(?:s|ed|er)?|betray(?:s|ed|al)|traitor|culprit"
    r"|revealed|unmasked|turns out|resurrect(?:s|ed|ion)|sacrific(?:es|ed)|true identity|marries|pregnant)\b",
    re.IGNORECASE,
)


def check_spoilers(manuscript: Manuscript, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Names that the piece's own episodes bring, words marked as spoilers, and somebody's fate."""
    hidden = [entry for entry in vocabulary.entries if _is_hidden(entry, manuscript)]
    marked = [word for text in manuscript.spoilers for word in words_of(text)]
    prose = (each for each in manuscript.passages if not each.place.travels)
    said = Counter(word.key for each in prose for word in words_of(each.text))
    openly = said - Counter(word.key for word in marked)
    secret = {word.key for word in marked if _gives_away(word)} - set(openly)
    for passage in manuscript.passages:
        if passage.place.travels:
            yield from _names(passage, hidden)
            yield from _words(passage, secret)
            yield from _fates(passage, vocabulary)


def _is_hidden(entry: Entry, manuscript: Manuscript) -> bool:
    return entry.spoils or manuscript.covers(entry.first_seen)


def _gives_away(word: Word) -> bool:
    return len(word.key) >= _SHORTEST and word.is_capital


def _keys(text: str) -> tuple[Word, ...]:
    return words_of(text.replace("-", " ").replace("_", " "))


def _names(passage: Passage, hidden: list[Entry]) -> Iterator[Finding]:
    words = _keys(passage.text)
    for entry in hidden:
        for form in entry.forms:
            keys = [word.key for word in _keys(form)]
            wanted = [[key] for key in keys if len(key) >= _SHORTEST] if entry.sort.has_parts else [keys]
            at = _place_of(words, [keys, *wanted])
            if at is not None:
                first, last = at
                found = passage.text[first.start : last.end]
                told = _("“%(name)s” is first seen here, or gives something away") % {"name": entry.form}
                yield Finding(Kind.SPOILER, passage, first.start, found, blocking=True, reason=told)
                break


def _place_of(words: Sequence[Word], runs: list[list[str]]) -> tuple[Word, Word] | None:
    for keys in runs:
        for at in range(len(words) - len(keys) + 1) if keys else ():
            span = words[at : at + len(keys)]
            if [word.key for word in span] == keys:
                return span[0], span[-1]
    return None


def _words(passage: Passage, secret: set[str]) -> Iterator[Finding]:
    for word in _keys(passage.text):
        if word.key in secret:
            told = _("the text says it inside a spoiler only")
            yield Finding(Kind.SPOILER, passage, word.start, word.bare, blocking=True, reason=told)


def _fates(passage: Passage, vocabulary: Vocabulary) -> Iterator[Finding]:
    """A fate beside a character's name, in what is printed as a sentence."""
    if passage.place not in (Place.HEADLINE, Place.STANDFIRST, Place.ALT):
        return
    names = {word.key for word in words_of(passage.text) if word.is_capital}
    people = {
        key
        for entry in vocabulary.entries
        if entry.own and entry.sort is Sort.CHARACTER
        for word in words_of(entry.form)
        if len(key := word.key) >= _SHORTEST
    }
    if names & people:
        for match in _FATES.finditer(passage.text):
            told = _("a character's fate")
            yield Finding(Kind.SPOILER, passage, match.start(), match[0], reason=told)
