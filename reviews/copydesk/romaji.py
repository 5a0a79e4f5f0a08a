"""Japanese in Latin letters."""

import re

from coverage.newsroom.search import folding

_SYLLABLE = r"(?:(?:[kgsztdnhbpmrjfyw]|sh|ch|ts|[kgnhbpmr]y|kk|ss|tt|pp|cch|ssh)?[aiueo]|[nm](?![aiueoy]))"
_WORD = re.compile(rf"{_SYLLABLE}+")
_LONG = re.compile(r"ou|oo|oh(?![aiueoy])")


def is_romaji(text: str) -> bool:
    """Whether every word may be Japanese, by its syllables."""
    words = list(folding.runs(text))
    return bool(words) and all(map(_WORD.fullmatch, words))


def long_vowels_cut(key: str) -> str:
    """One form for “Ohnuma”, “Oonuma” and “Onuma”; other doubled vowels are no way of writing a long one."""
    return re.sub(r"m(?=[bmp])", "n", _LONG.sub("o", key).replace("uu", "u"))
