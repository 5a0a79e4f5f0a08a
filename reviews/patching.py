"""Bringing a small change made in one text over into another one that grew from the same."""

import re
from itertools import takewhile

_PIECES = re.compile(r"<[^>]*>|\w+|\s+|[^\w\s]")
# How many pieces on either side say where a change belongs: more where fewer stand in several places.
_WIDTHS = (4, 12, 40)


def patched(text: str, before: str, after: str) -> str | None:
    """`text` with that in it which became otherwise from `before` to `after`.

    None where it isn't clear where that goes: `text` says something else there, or the same twice.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    for width in _WIDTHS:
        lead = "".join(old[max(start - width, 0) : start])
        tail = "".join(old[len(old) - end :][:width])
        went, came = ("".join(pieces[start : len(pieces) - end]) for pieces in (old, new))
        place = f"{lead}{went}{tail}"
        if before.count(place) == text.count(place) == 1:
            return text.replace(place, f"{lead}{came}{tail}")
    return None


def _alike(one: list[str], other: list[str]) -> int:
    """With how many equal pieces both begin."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
