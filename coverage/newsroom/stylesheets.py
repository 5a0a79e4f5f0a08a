"""A stylesheet made of imports, joined into one file without comments and idle white space."""

import posixpath
import re
from collections.abc import Callable

Read = Callable[[str], str]

_IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>[\w-]+)\))?;')
_REFERENCE = re.compile(r'url\("(?P<path>(?!data:|https?:|/|#)[^"]+)"\)')
_IDLE = re.compile(
    r"""
    (?P<string> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' )
    | (?P<comment> /\*.*?\*/ )
    | \s* (?P<mark> [{};,] ) \s*
    | (?P<colon> : ) \s+
    | (?P<space> \s+ )
    """,
    re.VERBOSE | re.DOTALL,
)


def joined(name: str, read: Read) -> str:
    """The stylesheet `name` with each `@import url("…") layer(…);` replaced by what it imports.

    `read` gives a stylesheet's text by its name. Addresses are turned so that they hold from where `name` is.
    """
    return _taken_in(name, posixpath.dirname(name), read)


def _taken_in(name: str, home: str, read: Read) -> str:
    here = posixpath.dirname(name)

    def imported(found: re.Match[str]) -> str:
        text = _taken_in(posixpath.normpath(posixpath.join(here, found["path"])), home, read)
        return f"@layer {found['layer']} {{\n{text}\n}}" if found["layer"] else text

    def turned(found: re.Match[str]) -> str:
        path = posixpath.relpath(posixpath.normpath(posixpath.join(here, found["path"])), home)
        return f'url("{path}")'

    pieces = _IMPORT.split(read(name))
    # split() gives text, path, layer, text, path, layer, ...: what was imported is turned already.
    own = [_REFERENCE.sub(turned, text) for text in pieces[::3]]
    others = [imported(found) for found in _IMPORT.finditer(read(name))]
    return "".join(text for pair in zip(own, [*others, ""], strict=True) for text in pair)


def minified(css: str) -> str:
    """`css` without comments and without the white space that says nothing."""
    # Twice, because white space that stood on both sides of a comment is only found once that is gone.
    once = _IDLE.sub(_tightened, css)
    return _IDLE.sub(_tightened, once).replace(";}", "}").strip()


def _tightened(found: re.Match[str]) -> str:
    if found["string"]:
        return found["string"]
    if found["comment"]:
        return " "
    return found["mark"] or found["colon"] or " "
