"""One form where a piece uses two: the house's, or the one that it uses more."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from reviews.copydesk import dictionary
from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.manuscript import Manuscript, Passage, Place
from reviews.copydesk.vocabulary import Entry, Sort, Vocabulary
from reviews.copydesk.words import Word, key_of, without_addresses, words_of

# Somebody's other name isn't another form of the first.
_ALIKE = 70
# As a verb it is two words, as a noun one; or both are words of their own.
_PARTICLES = frozenset(
    "about around away back by down forward in off on out over through to together under up".split()
)
_BOTH = frozenset(
    """
    alright altogether already always anybody anyday anymore anyone anything anytime anyway
    anywhere awhile cannot everybody everyday everyone everything everywhere maybe meantime nobody nowhere
    sometime sometimes somebody someone something somewhere somehow somewhat whatever whenever wherever
    therefore therein thereby
    """.split()
)

_SORTS = (Sort.CHARACTER, Sort.TERM, Sort.PLACE, Sort.OTHER)
# After a word in lower case that is printed with a capital: both are a name's.
_NAME = re.compile(r"\s[A-Z]")
# Where something is written: the passage, the offset, and as it is printed.
type _Use = tuple[Passage, int, str]


def check_house(manuscript: Manuscript, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Of each thing that is written in two ways, the uses of the way that isn't the house's."""
    passages = [each for each in manuscript.passages if each.place is not Place.LABEL]
    everything = "\n".join(passage.text for passage in passages).lower()
    listed: set[str] = set()
    for entry in vocabulary.entries:
        if entry.sort in _SORTS and (uses := _uses(entry, passages, everything)):
            listed |= {key_of(form) for form in entry.forms}
            yield from _other_than(entry.form, uses)
    for keys, uses in _pairs(passages):
        if listed.isdisjoint(keys):
            yield from _other_than(_preferred(uses), uses)


def _other_than(form: str, uses: dict[str, list[_Use]]) -> Iterator[Finding]:
    if len(uses) < 2:
        return
    for other in [other for other in uses if other != form]:
        beside = form if form in uses else next(each for each in uses if each != other)
        told = _("this piece writes “%(form)s” too") % {"form": beside}
        for passage, start, printed in uses[other]:
            yield Finding(Kind.HOUSE, passage, start, printed, (_cased(form, printed),), reason=told)


def _preferred(uses: dict[str, list[_Use]]) -> str:
    """The form used most; of equals the first."""
    return max(uses, key=lambda form: len(uses[form]))


def _cased(form: str, like: str) -> str:
    return form[0].upper() + form[1:] if like[0].isupper() else form


def _uses(entry: Entry, passages: Sequence[Passage], everything: str) -> dict[str, list[_Use]]:
    """Where the forms of an entry stand; the longest wins where one holds another."""
    used = [form for form in entry.forms if form.lower() in everything and _is_form(form, entry)]
    by_key = {form.lower(): form for form in used}
    if len(by_key) < 2:
        return {}
    longest_first = sorted(by_key, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    found: dict[str, list[_Use]] = defaultdict(list)
    for passage in passages:
        for match in pattern.finditer(without_addresses(passage.text)):
            form = by_key[match[0].lower()]
            if not (form.islower() and match[0].istitle() and _NAME.match(passage.text, match.end())):
                found[form].append((passage, match.start(), match[0]))
    return dict(found)


def _is_form(form: str, entry: Entry) -> bool:
    if not entry.sort.has_parts or form == entry.form:
        return True
    return fuzz.ratio(form.lower(), entry.form.lower()) >= _ALIKE and form.lower() not in entry.form.lower()


def _pairs(passages: Sequence[Passage]) -> Iterator[tuple[set[str], dict[str, list[_Use]]]]:
    """Words that stand in two spellings, and compounds that stand in one word and in two."""
    texts = [(passage, words_of(passage.text)) for passage in passages]
    spelt: dict[str, dict[str, list[_Use]]] = defaultdict(lambda: defaultdict(list))
    apart: dict[str, dict[str, list[_Use]]] = defaultdict(lambda: defaultdict(list))
    for passage, words in texts:
        for word in words:
            if word.bare.isalpha() and (not word.is_capital or word.opens):
                lower = word.bare.lower()
                spelt[dictionary.american(lower)][lower].append((passage, word.start, word.bare))
        for one, other, printed in _compounds(passage, words):
            apart[(one.text + other.text).lower()][printed.lower()].append((passage, one.start, printed))
    for uses in spelt.values():
        if len(uses) > 1:
            yield set(uses), dict(uses)
    for closed, uses in apart.items():
        if closed in spelt and closed not in _BOTH:
            whole = spelt[closed].get(closed) or spelt[dictionary.american(closed)].get(closed)
            if whole:
                yield {closed}, {closed: whole, **uses}


def _compounds(passage: Passage, words: Sequence[Word]) -> Iterator[tuple[Word, Word, str]]:
    for one, other in pairwise(words):
        between = passage.text[one.end : other.start]
        if between not in (" ", "-") or other.text in _PARTICLES or not other.text.islower():
            continue
        if one.text.isalpha() and other.text.isalpha() and (between == "-" or len(one.text) >= 3):
            yield one, other, passage.text[one.start : other.end]
