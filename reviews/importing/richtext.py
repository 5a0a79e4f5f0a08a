"""Rich text from a document: its paragraphs as plain lines, and the same as prose with emphasis and links."""

import re
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

from reviews.importing.lines import plain
from reviews.markup import sanitise

_BLOCKS = frozenset(
    [
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "pre", "table", "tr",
        "td", "th",
        "section", "article", "header", "footer", "hr", "dl", "dt", "dd",
    ]
)  # fmt: skip
_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript"])
_MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "s": "s", "del": "s", "a": "a"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
MAX_LENGTH = 2_000_000


class Paragraph(NamedTuple):
    """One line of the text, plain and as sanitised prose."""

    text: str
    html: str


def lines_from_html(html: str) -> str:
    """The text of pasted rich text: a line for each paragraph, heading, list item and broken line."""
    return "\n\n".join(paragraph.text for paragraph in paragraphs_of(html))


def prose_by_text(html: str) -> dict[str, str]:
    """The prose of each paragraph by its plain text, for those that carry more than plain text."""
    return {plain(each.text): each.html for each in paragraphs_of(html) if each.html != _bare(each.text)}


def paragraphs_of(html: str) -> list[Paragraph]:
    """The paragraphs of rich text that a browser put on the clipboard."""
    reader = _Reader()
    reader.feed(html[:MAX_LENGTH])
    reader.close()
    reader.break_line()
    return reader.found


class _Reader(HTMLParser):
    """Collects paragraphs; marks that are open at a line's end go on in the next."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Paragraph] = []
        self._text: list[str] = []
        self._html: list[str] = []
        self._open: list[tuple[str, str, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += tag != "head"
        elif tag in _BLOCKS or tag == "br":
            self.break_line()
        elif tag in _MARKS or tag == "span":
            self._open_mark(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - (tag != "head"))
        elif tag in _BLOCKS:
            self.break_line()
        elif tag in _MARKS or tag == "span":
            self._close_mark(tag)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        # White space in HTML's source is one space; a no-break space is the writer's.
        words = _SPACE.sub(" ", data)
        self._text.append(words)
        self._html.append(escape(words))

    def break_line(self) -> None:
        """End a paragraph, if there is anything in it."""
        closing = "".join(_end(mark) for _tag, mark, _attribute in reversed(self._open))
        text = "".join(self._text).strip(" ").removeprefix("· ").strip(" ")
        if plain(text):
            html = sanitise(f"<p>{''.join(self._html)}{closing}</p>")
            self.found.append(Paragraph(text, html))
        self._text = []
        self._html = [_start(mark, attribute) for _tag, mark, attribute in self._open]

    def _open_mark(self, tag: str, attrs: dict[str, str | None]) -> None:
        style = (attrs.get("style") or "").replace(" ", "").lower()
        mark, attribute = _MARKS.get(tag, ""), ""
        if tag == "a":
            attribute = attrs.get("href") or ""
        elif tag in ("b", "strong") and "font-weight:normal" in style:
            mark = ""  # the wrapper that Google Docs puts around everything
        elif tag == "span":
            bold = any(f"font-weight:{weight}" in style for weight in ("bold", "600", "700", "800", "900"))
            mark = "strong" if bold else "em" if "font-style:italic" in style else ""
        self._open.append((tag, mark, attribute))
        self._html.append(_start(mark, attribute))

    def _close_mark(self, tag: str) -> None:
        at = next((at for at in reversed(range(len(self._open))) if self._open[at][0] == tag), None)
        if at is None:
            return
        inner = self._open[at + 1 :]
        self._html += [_end(mark) for _tag, mark, _attribute in reversed(self._open[at:])]
        self._html += [_start(mark, attribute) for _tag, mark, attribute in inner]
        self._open = self._open[:at] + inner


def _start(mark: str, attribute: str) -> str:
    if mark == "a":
        return f'<a href="{escape(attribute)}">'
    return f"<{mark}>" if mark else ""


def _end(mark: str) -> str:
    return f"</{mark}>" if mark else ""


def _bare(text: str) -> str:
    return sanitise(f"<p>{escape(text)}</p>")
