"""Files with HTML in them: their text in lines, and where each stretch of it stood."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote body dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 head"
    " header hr html li main nav ol p pre section table tbody td th thead tr ul".split()
)
_MARKS = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**"}
_PLAIN = frozenset("a abbr center code del font ins q s small span sub sup time title u".split())
_SILENT = frozenset({"script", "style"})
# Inside these a line's end is a blank.
_FLOWING = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote figcaption td th".split())
_HTML = re.compile(
    rf"</?(?:{'|'.join([*_BLOCKS, *_MARKS, *_PLAIN, 'br', 'img'])})(?:\s[^<>]*)?/?>"
    r"|&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});",
    re.IGNORECASE,
)
_ALT = re.compile(r"""\balt\s*=\s*["']?""", re.IGNORECASE)


@dataclass(frozen=True)
class Untagged:
    """A text without its tags; `stretches` are (offset in it, offset in the source), in order."""

    text: str
    source: str
    stretches: tuple[tuple[int, int], ...]
    links: tuple[tuple[str, int], ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the source, from 1, of the character at `offset`."""
        last = bisect_right(self.stretches, (offset, len(self.source)))
        start, origin = self.stretches[max(last - 1, 0)]
        at = min(origin + offset - start, len(self.source))
        return self.source.count("\n", 0, at) + 1, at - self.source.rfind("\n", 0, at)

    def breaks(self, start: int, end: int) -> list[int]:
        """`start`, and where up to `end` another stretch of the source begins."""
        return [start, *(at for at, _origin in self.stretches if start < at < end)]


def untagged(source: str) -> Untagged:
    """The text as the importer reads it, with Markdown for emphasis, headings and pictures."""
    source = re.sub(r"\r\n?", "\n", source)
    if not _HTML.search(source):
        return Untagged(source, source, ((0, 0),))
    reader = _Reader(source)
    reader.feed(source)
    reader.close()
    return Untagged("".join(reader.pieces), source, tuple(reader.stretches) or ((0, 0),), tuple(reader.links))


class _Reader(HTMLParser):
    """Collects the text; what it doesn't know for a tag is text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self.pieces: list[str] = []
        self.stretches: list[tuple[int, int]] = []
        self.links: list[tuple[str, int]] = []
        self._length = 0
        self._open: list[str] = []

    @property
    def _here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def _put(self, text: str, origin: int | None = None) -> None:
        self.stretches.append((self._length, self._here if origin is None else origin))
        self.pieces.append(text)
        self._length += len(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT or tag in _FLOWING:
            self._open.append(tag)
        if tag in _BLOCKS:
            level = int(tag[1]) if tag[0] == "h" and tag[1:].isdigit() else 0
            self._put("\n\n")
            self._put(f"{'#' * level} " if level else "")
        elif tag == "br":
            self._put("\n")
        elif tag == "img":
            self._picture(dict(attrs))
        elif tag in _MARKS:
            self._put(_MARKS[tag])
        elif tag not in _PLAIN | _SILENT:
            self._put(self.get_starttag_text() or "")
        if address := dict(attrs).get("href"):
            self.links.append((address, self._length))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        if tag in _BLOCKS:
            self._put("\n\n")
        elif tag in _MARKS:
            self._put(_MARKS[tag])

    def handle_data(self, data: str) -> None:
        if _SILENT.isdisjoint(self._open):
            at = self._here
            for line in data.splitlines(keepends=True):
                self._put(line.replace("\n", " ") if self._open else line, at)
                at += len(line)

    def handle_entityref(self, name: str) -> None:
        self._put(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._put(unescape(f"&#{name};"))

    def _picture(self, attrs: dict[str, str | None]) -> None:
        """A Markdown picture, whose alternative stands where the attribute's value does."""
        tag = self.get_starttag_text() or ""
        value = _ALT.search(tag)
        self._put("\n\n![")
        self._put(" ".join((attrs.get("alt") or "").split()), self._here + (value.end() if value else 0))
        self._put(f"]({(attrs.get('src') or '').replace(' ', '%20')})\n\n")
