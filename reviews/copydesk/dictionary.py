"""Which words are English, American or British, and which one was meant."""

import re
from functools import cache, lru_cache

from spellchecker import SpellChecker

from reviews.copydesk.trade import TRADE

_OUR = re.compile(
    r"(arm|ard|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig"
    r"|rum|sav|savi|splend|tum|val|vap|vig)our(?!ous)"
)
_ISE = re.compile(r"(?<=[a-z]{3})(y?)[sz](?=(?:e|es|ed|er|ers|ing|able|ation|ations|ational)$)")
_RE = re.compile(r"^(cent|theat|met|lit|fib|spect|lust|calib|sab|somb|meag|maneuv|epicent)re(d|s)?$")
_DOUBLED = re.compile(
    r"^(travel|marvel|cancel|model|label|level|signal|counsel|fuel|duel|quarrel|jewel|channel|panel|tunnel"
    r"|pencil|rival|total|equal|dial|initial|unravel|grovel|shovel)l(?=ed|ing|er|ers|ous|ously|ation|ations|ist|ists)"
)
_ENCE = re.compile(r"^(def|off|pret)ence(s|d|less)?$")
_PREFIX = re.compile(
    r"(?:anti|auto|co|counter|cyber|de|ex|extra|hyper|inter|mega|meta|micro|mid|mini|mis|mono|multi|neo|non|out|over"
    r"|post|pre|proto|pseudo|re|self|semi|sub|super|tele|trans|ultra|un|under)(?=[a-z]{5})"
)
_ENDING = re.compile(r"(?<=[a-z]{4})(?:like|ish|ness|less|esque|ism|wise)$")
_CONTRACTED = re.compile(r"(?:[’']s|[’']d|[’']ll|[’']ve|[’']re|[’'])$")
# Listed, or two words in one, and slips all the same.
_NEVER = frozenset("accidently backround calender choregraphy heros miniscule publically".split())
# Two of these run together are a slip, not a compound.
_SMALL = frozenset(
    """
    about after also been before being both could does each even ever every from have here into itself just
    like made make many more most much must only other over same should some such than that their them then
    there these they this those through under until very want well were what when where which while will with
    would your
    """.split()
)
COMMON = 40_000
_HALF = 4


@cache
def _english() -> SpellChecker:
    """160,000 words with how often they are used; half a second, once."""
    return SpellChecker(distance=1)


def is_word(word: str) -> bool:
    """Whether a word in lower case is English: listed, British, derived, or two words in one."""
    return _is_word(word.replace("’", "'"))


@lru_cache(maxsize=50_000)
def _is_word(word: str) -> bool:
    if word in _NEVER:
        return False
    if _is_listed(word):
        return True
    bare = _CONTRACTED.sub("", word)
    if bare != word and is_word(bare):
        return True
    return _is_derived(word) or _is_compound(word)


def _is_listed(word: str) -> bool:
    return word in TRADE or word in _english() or american(word) in _english()


def _is_derived(word: str) -> bool:
    if word.endswith("s") and len(word) > 4 and word[-2] != "s" and _is_listed(word[:-1]):
        return True
    base = _PREFIX.sub("", word, count=1)
    if base != word and _is_listed(base):
        return True
    base = _ENDING.sub("", word)
    return base != word and _is_listed(base) and how_common(base) > 0


def _is_compound(word: str) -> bool:
    return any(
        {word[:at], word[at:]}.isdisjoint(_SMALL) and min(map(how_common, (word[:at], word[at:]))) > 5_000
        for at in range(_HALF, len(word) - _HALF + 1)
    )


@lru_cache(maxsize=50_000)
def american(word: str) -> str:
    """The American spelling of a British one; any other word as it is."""
    word = _OUR.sub(r"\1or", word)
    word = _RE.sub(r"\1er\2", word)
    word = _DOUBLED.sub(r"\1", word)
    word = _ENCE.sub(r"\1ense\2", word)
    changed = _ISE.sub(r"\1z", word)
    return changed if changed != word and changed in _english() else word


def how_common(word: str) -> int:
    """How often a large body of English uses it; 0 for what isn't in it."""
    return int(_english()[word])


def corrections(word: str, most: int = 3) -> tuple[str, ...]:
    """Words one slip away, the most used first; about a millisecond."""
    near = _english().known(_english().edit_distance_1(word)) - {word}
    return tuple(sorted(near, key=lambda each: (-how_common(each), each))[:most])
