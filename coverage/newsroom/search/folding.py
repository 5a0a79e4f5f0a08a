"""Text as search sees it: without case, accents or width, cut into tokens that every database takes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

# Letters that keep their stroke or their second half when accents are taken off.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"}
)
# A long vowel written with a mark stands for what others write with two letters.
_LONG_VOWELS = str.maketrans({"ā": "aa", "ī": "ii", "ū": "uu", "ē": "ee", "ō": "ou", "ô": "ou", "û": "uu"})
_APOSTROPHES = re.compile("[’'ʼ＇]")
# The voicing marks of kana are part of the letter; other combining marks are accents.
_VOICING = "\u3099\u309a"
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# Without the middle dot, which parts words.
_JAPANESE = (
    "\u3005-\u3007\u3041-\u3096\u30f7-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
WORDS = re.compile(f"([{_JAPANESE}]+)|([^\\W_{_JAPANESE}]+)")
# More than any word has; PostgreSQL refuses a token past 2,000 bytes.
_LONGEST = 40


def fold(text: str) -> str:
    """`text` without case, accents and width; katakana as hiragana."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    marks = unicodedata.normalize("NFD", text)
    bare = "".join(sign for sign in marks if sign in _VOICING or not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare).translate(_KATAKANA)


def runs(text: str) -> Iterator[str]:
    """The folded words of `text`, and its runs of Japanese whole."""
    folded = fold(_APOSTROPHES.sub("", text))
    return (match[0][:_LONGEST] if match[2] else match[0] for match in WORDS.finditer(folded))


def is_japanese(run: str) -> bool:
    match = WORDS.match(run)
    return bool(match and match[1])


def compact(text: str) -> str:
    """All its letters and digits in a row, to compare names by."""
    return "".join(runs(text))


def token(word: str) -> str:
    """`word` as both databases keep it: neither cuts it up, and the start of it is a start of the whole."""
    if not word.isascii():
        return "x" + word.encode("utf-16-be", "replace").hex()
    return f"n{word}" if word[0].isdigit() else word


def stem(word: str) -> str:
    """An English plural as its singular, as far as that is told by its letters."""
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    return word[:-1] if word.endswith("s") and word[-2] not in "us" else word


def spelt_out(text: str) -> str:
    """`text` with its marked long vowels written as two letters: “Shōnen” as “Shounen”."""
    return unicodedata.normalize("NFC", text).lower().translate(_LONG_VOWELS)


def romaji_key(word: str) -> str:
    """One form for what Japanese is romanised as: without long vowels, and “n” before “b”, “m” and “p”."""
    if not word.isascii():
        return word
    word = re.sub(r"ou|oo|oh(?![aeiouy])", "o", word)
    word = re.sub(r"([aeiu])\1", r"\1", word)
    return re.sub(r"m(?=[bmp])", "n", word)


def bigrams(run: str) -> list[str]:
    """Each letter of a run of Japanese with the next, and the last by itself, so that one letter finds it."""
    return ["".join(pair) for pair in pairwise(run)] + [run[-1]]


def tokens(text: str) -> list[str]:
    """What is kept of running text, in its order; second spellings stand at the end."""
    found = list(_tokens(runs(text)))
    spelt = spelt_out(text)
    if spelt != unicodedata.normalize("NFC", text).lower():
        found += sorted(set(_tokens(runs(spelt))) - set(found))
    return found


def name_tokens(name: str) -> list[str]:
    """What is kept of a name: the same, and each word's one romanised form."""
    keys = (romaji_key(word) for word in runs(name) if not is_japanese(word))
    found = tokens(name)
    return found + sorted({token(stem(key)) for key in keys} - set(found))


def name_grams(name: str) -> list[str]:
    """Pairs of letters by which a name is found that is spelt a little otherwise."""
    words = list(runs(name))
    edges = [edge for word in words for edge in (f"0{word[0]}", f"{word[-1]}0")]
    return sorted(set(grams("".join(words))) | set(map(token, edges)))


def grams(letters: str) -> list[str]:
    """Each letter with the next, in order."""
    return [token("".join(pair)) for pair in pairwise(letters)]


def _tokens(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if is_japanese(word):
            yield from map(token, bigrams(word))
        else:
            yield token(stem(word))
