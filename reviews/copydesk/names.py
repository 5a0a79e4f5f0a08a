"""Names that nearly match what the series, its people or the house list are called."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from coverage.newsroom.search import folding
from reviews.copydesk import dictionary
from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.manuscript import Manuscript, Passage
from reviews.copydesk.romaji import is_romaji
from reviews.copydesk.vocabulary import Form, Sort, Vocabulary
from reviews.copydesk.words import Word, hyphenated, is_title_cased, joined, words_of

# One slip in a short name, two from eight letters on; a name of three letters has no slips.
SHORTEST, LONG = 4, 8
# A name in two halves: “Hae-In”, “Jin-woo”; longer words are compounds.
_HALVES = re.compile(r"[A-Z][a-z]{1,4}[-‐‑][A-Za-z][a-z]{1,4}")
_HONORIFICS = frozenset("san kun chan sama dono sensei senpai".split())


@dataclass(frozen=True)
class _Slip:
    form: Form
    words: Sequence[Word]


def check_names(manuscript: Manuscript, vocabulary: Vocabulary) -> Iterator[Finding]:
    """What nearly matches a name and isn't it; a name written rightly is never found."""
    names = _Names(manuscript, vocabulary)
    for passage, words in names.passages:
        for slip in names.slips(passage, words):
            yield _finding(passage, slip)


def is_nearly_known(name: str, vocabulary: Vocabulary) -> bool:
    """Whether this name, standing by itself, is found as a slip."""
    return any(check_names(Manuscript((Passage(name),)), vocabulary))


def slips_allowed(letters: int) -> int:
    """How many slips still leave a name of so many letters recognisable."""
    if letters < SHORTEST:
        return 0
    return 1 if letters < LONG else 2


class _Names:
    """The names of one piece, and how often each capitalised word is used in it."""

    def __init__(self, manuscript: Manuscript, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.passages = [(passage, words_of(passage.text)) for passage in manuscript.passages]
        every = (word for _passage, words in self.passages for word in words)
        self.used = Counter(word.key for word in every if word.is_capital)
        self.keys = {count: [form.key for form in forms] for count, forms in vocabulary.forms.items()}
        self._seen: dict[tuple[str, ...], Form | None] = {}

    def slips(self, passage: Passage, words: Sequence[Word]) -> Iterator[_Slip]:
        """The slips of a passage; the longest name wins, and a known name hides what it is made of."""
        joint, ends = self._of_hyphenated(passage.text, words), 0
        at = 0
        while at < len(words):
            if slip := joint.get(words[at].start):
                yield slip
                ends = slip.words[-1].end
            if words[at].start < ends:
                at += 1
                continue
            taken, slip = self._name_at(passage.text, words, at)
            if slip:
                yield slip
            at += taken

    def _of_hyphenated(self, text: str, words: Sequence[Word]) -> dict[int, _Slip]:
        """Slips in names that a hyphen parts (“Hae-In”), by where they begin; their halves are too short."""
        whole = hyphenated(text, words)
        found: dict[int, _Slip] = {}
        for at, word in enumerate(whole) if len(whole) < len(words) else ():
            if not _HALVES.fullmatch(word.bare):
                continue
            for first in (at - 1, at) if at else (at,):
                _taken, slip = self._name_at(text, whole, first)
                if slip and slip.words[-1] is word:
                    found[slip.words[0].start] = slip
                    break
        return found

    def _name_at(self, text: str, words: Sequence[Word], at: int) -> tuple[int, _Slip | None]:
        """How many words the name that begins here takes, one if none does, and its slip if it has one."""
        if not words[at].is_capital:
            return 1, None
        for count in range(min(self.vocabulary.longest, len(words) - at), 0, -1):
            span = words[at : at + count]
            if not span[-1].is_capital or not joined(text, span):
                continue
            keys = tuple(word.whole_key for word in span[:-1])
            ends = (span[-1].key, span[-1].whole_key)
            if any(self.vocabulary.knows("".join([*keys, end])) for end in ends):
                return count, None
            keys = (*keys, span[-1].key)
            form = self._nearest(keys)
            if form and (count > 1 or self._is_slip(words, at, form)):
                return count, _Slip(form, span)
        return 1, None

    def _nearest(self, keys: tuple[str, ...]) -> Form | None:
        if keys not in self._seen:
            self._seen[keys] = self._find_nearest(keys)
        return self._seen[keys]

    def _find_nearest(self, keys: tuple[str, ...]) -> Form | None:
        """The nearest form of as many words that is near in each of them."""
        forms = self.vocabulary.forms.get(len(keys), ())
        letters = "".join(keys)
        allowed = slips_allowed(len(letters))
        if not forms or not allowed:
            return None
        near = process.extract(
            letters, self.keys[len(keys)], scorer=OSA.distance, score_cutoff=allowed, limit=8
        )
        found = [
            (slips, place)
            for _letters, slips, place in near
            if slips <= slips_allowed(len(forms[place].key)) and _is_near(keys, forms[place].keys)
        ]
        return forms[min(found)[1]] if found else None

    def _is_slip(self, words: Sequence[Word], at: int, form: Form) -> bool:
        """Whether one word that is near a name is that name, miswritten."""
        word = words[at]
        if (word.is_acronym and len(word.bare) <= SHORTEST) or word.key in _HONORIFICS:
            return False
        if self._are_two_names(word.key, form.key) or self._is_of_somebody_else(words, at, form):
            return False
        if dictionary.is_word(word.bare.lower()):
            return self._is_slip_in_a_word(words, at, form)
        return word.key[0] == form.key[0] or len(word.key) > SHORTEST

    def _is_slip_in_a_word(self, words: Sequence[Word], at: int, form: Form) -> bool:
        """An ordinary word may be a slip of the series' own names only, and not where it opens a sentence as
        such words do."""
        word = words[at]
        if not form.entry.own or len(word.key) <= SHORTEST or word.key[0] != form.key[0]:
            return False
        if word.opens or is_title_cased(words):
            return dictionary.how_common(word.key) < dictionary.COMMON
        return all(self._is_no_name_with(each, form) for each in _beside(words, at) if each)

    def _is_no_name_with(self, word: Word, form: Form) -> bool:
        """Whether the ordinary word beside this one isn't half of somebody else's name (“Shark Bay”)."""
        key = word.key
        return word.opens or self.vocabulary.knows(key) or key in _keys_of(form) or key in _HONORIFICS

    def _are_two_names(self, key: str, other: str) -> bool:
        """Both are used throughout the piece, so they are two people's."""
        return self.used[key] >= 3 and 0 < self.used[other] < 3 * self.used[key]

    def _is_of_somebody_else(self, words: Sequence[Word], at: int, form: Form) -> bool:
        """A surname after another given name is another person's, be it ever so near; so is a given name
        before another surname."""
        if not form.is_part:
            return False
        before, after = _beside(words, at)
        if before and not self.vocabulary.knows(before.key) and not dictionary.is_word(before.bare.lower()):
            return True
        return after is not None and after.key not in _keys_of(form) and _is_a_name(after)


def _beside(words: Sequence[Word], at: int) -> tuple[Word | None, Word | None]:
    """The capitalised words right before and right after, one sign away."""
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    return (
        before if before and before.is_capital and words[at].start - before.end == 1 else None,
        after if after and after.is_capital and after.start - words[at].end == 1 else None,
    )


def _keys_of(form: Form) -> frozenset[str]:
    return frozenset(word.key for each in form.entry.forms for word in words_of(each))


def _is_a_name(word: Word) -> bool:
    """Whether a capital inside a sentence makes this a name, and not a word of a headline."""
    return (
        not word.opens
        and word.key not in _HONORIFICS
        and dictionary.how_common(word.bare.lower()) < dictionary.COMMON
    )


def _is_near(keys: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each word is near its counterpart: numbers and words of three letters must be the same.

    Two slips that leave a Japanese name Japanese make another name of it (“Tomohisa”, “Tomohiro”).
    """
    return all(
        one == other
        or (
            not (one.isdigit() or other.isdigit() or _is_roman(one) or _is_roman(other))
            and min(len(one), len(other)) >= SHORTEST - 1
            and (slips := OSA.distance(one, other)) <= max(1, slips_allowed(len(other)))
            and not (slips > 1 and is_romaji(one) and is_romaji(other))
        )
        for one, other in zip(keys, others, strict=True)
    )


def _is_roman(key: str) -> bool:
    return not key.strip("ivx")


def _finding(passage: Passage, slip: _Slip) -> Finding:
    """Of a title the whole, of any other name the word with the slip, if there is one only."""
    form, words = slip.form, slip.words
    meant = _printed(form)
    pairs = enumerate(zip(words, form.keys, strict=True))
    wrong = [place for place, (word, key) in pairs if key not in (word.key, word.whole_key)]
    if len(wrong) == 1 and form.entry.sort not in (Sort.TITLE, Sort.EPISODE):
        words, meant = [words[wrong[0]]], form.words[wrong[0]]
    start, end = words[0].start, words[-1].start + len(words[-1].bare)
    return Finding(
        Kind.NAME, passage, start, passage.text[start:end], (meant,), blocking=form.entry.own,
        reason=_("nearly “%(name)s”, as the house writes it") % {"name": form.entry.form},
    )  # fmt: skip


def _printed(form: Form) -> str:
    """The form with its own marks between the words, where it is a whole one."""
    whole = (each for each in form.entry.forms if folding.compact(each) == form.key)
    return next(whole, " ".join(form.words))
