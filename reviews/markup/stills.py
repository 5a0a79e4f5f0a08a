"""Where a still stands in prose: an empty figure that names its picture, filled in as a page is made.

The picture's words and file aren't frozen with the text, so prose holds no more of it than its key.
"""

import re
from collections.abc import Callable

_PLACE = re.compile(r'<figure data-picture="([0-9]+)"( data-closed)?></figure>')


def place(picture: int, *, closed: bool = False) -> str:
    """Where the picture with this key stands; `closed` says that it is out of sight there already."""
    return f'<figure data-picture="{picture}"{" data-closed" if closed else ""}></figure>'


def pictures_in(html: str) -> list[int]:
    """The keys of the pictures that prose names, once it is sanitised or rendered; in reading order."""
    return [int(found[1]) for found in _PLACE.finditer(html)]


def fill_in(html: str, show: Callable[[int, bool], str]) -> str:
    """Prose with what `show(key, is_closed)` gives in each picture's place."""
    return _PLACE.sub(lambda found: show(int(found[1]), bool(found[2])), html)


def without_stills(html: str) -> str:
    """Prose with nothing where stills were."""
    return fill_in(html, lambda _picture, _closed: "")
