"""Running text cut into words, with what the checks ask of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from coverage.newsroom.search import folding

# Letters, digits and marks; Japanese is left alone.
_SIGN = "(?:[^\\W_\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff]|[\u0300-\u036f])"
_WORD = re.compile(rf"{_SIGN}+(?:[’'ʼ]{_SIGN}+)*")
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|(?<!\w)[@#]\w+|(?<=\]\()[^\s()]+"
    r"|\b[\w-]+\.(?:avif|gif|jpe?g|png|webp)\b|\b[\w-]+\.(?:com|net|org|tv|jp|io|co)\b\S*",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:[’'ʼ]s|(?<=[sxz])[’'ʼ])$", re.IGNORECASE)
_OPENERS = "“‘\"'«„‹「『([*_>#•–—- \t\u00a0"
_ENDS = ".!?…:\n"
_HYPHENS = "-‐‑"
# What stands between the words of one name.
_JOINT = re.compile(r"[ \u00a0\t]{1,2}|[-‐‑/・.]|[:,!.] |[ \u00a0]?[&×+] ?")

# Headlines leave such short words in lower case.
_SMALL, _NEARLY_ALL = 3, 0.8


@lru_cache(maxsize=20_000)
def key_of(text: str) -> str:
    """The one form of all spellings of a word that are not slips: no case, accents, width, apostrophes."""
    return folding.compact(text)


@dataclass(frozen=True)
class Word:
    """A word of a passage, from `start` to `end`."""

    text: str
    start: int
    opens: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def bare(self) -> str:
        """Without the ending that says whose something is."""
        return _OWNER.sub("", self.text) or self.text

    @cached_property
    def key(self) -> str:
        return key_of(self.bare)

    @cached_property
    def whole_key(self) -> str:
        """Its key with the owner's ending, as it counts inside a name (“Wolf’s Rain”)."""
        return key_of(self.text)

    @cached_property
    def is_capital(self) -> bool:
        return self.text[0].isupper() or self.text[0].isdigit()

    @cached_property
    def is_acronym(self) -> bool:
        return self.bare.isupper() and len(self.bare) > 1


def without_addresses(text: str) -> str:
    """The text with blanks where addresses, handles and tags stand, every offset as before."""
    return _ADDRESS.sub(lambda match: " " * len(match[0]), text)


# While somebody types, all paragraphs but one are as they were.
@lru_cache(maxsize=1000)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text` in their order."""
    text = without_addresses(text)
    return tuple(Word(match[0], match.start(), _opens(text, match.start())) for match in _WORD.finditer(text))


def joined(text: str, words: Sequence[Word]) -> bool:
    """Whether nothing stands between these words that would part a name."""
    return all(_JOINT.fullmatch(text, one.end, other.start) for one, other in pairwise(words))


def hyphenated(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    """The same words, those that a hyphen joins taken for one."""
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if last and word.start - last.end == 1 and text[last.end] in _HYPHENS and len(last.text) > 1:
            runs[-1].append(word)
        else:
            runs.append([word])
    return tuple(
        run[0] if len(run) == 1 else Word(text[run[0].start : run[-1].end], run[0].start, run[0].opens)
        for run in runs
    )


def is_title_cased(words: Sequence[Word]) -> bool:
    """Whether capitals say nothing here: nearly all longer words have one, as in a headline."""
    longer = [word for word in words if len(word.text) > _SMALL]
    return len(longer) > 2 and sum(word.is_capital for word in longer) >= _NEARLY_ALL * len(longer)


def _opens(text: str, start: int) -> bool:
    """Whether a capital at `start` may be there only because a sentence or a title begins."""
    at = start - 1
    while at >= 0 and text[at] in _OPENERS:
        if text[at] in '“"‘«„「『':
            return True
        at -= 1
    return at < 0 or text[at] in _ENDS
