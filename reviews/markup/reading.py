"""Reads HTML from anywhere into a document."""

import re
from html.parser import HTMLParser

import nh3

from reviews.markup.document import BREAK, LISTS, SPOILER, TEXT_BLOCKS, Block, Leaf, Mark, tidy
from reviews.markup.links import safe_address

TEXT_TAGS = {tag: tag for tag in TEXT_BLOCKS} | {"h1": "h2", "h5": "h4", "h6": "h4"}
MARK_TAGS = {tag: tag for tag in ("strong", "em", "s", "code", "ruby", "rt", "rp")} | {
    "b": "strong",
    "i": "em",
    "cite": "em",
    "del": "s",
    "strike": "s",
}
CONTAINERS = LISTS | {"li", "blockquote"}
# These only part one paragraph from the next.
BOUNDARIES = frozenset(
    {"address", "article", "aside", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "form", "header", "hgroup", "main", "nav", "pre", "section"}
    | {"summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)

# nh3 parses as browsers do, so what comes out of it is well formed; the reader keeps what prose may hold.
CLEANER = nh3.Cleaner(
    tags={*TEXT_TAGS, *MARK_TAGS, *CONTAINERS, *BOUNDARIES, "a", "span", "br", "hr"},
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "svg", "math", "title"},
    attributes={
        "*": {"lang"},
        "a": {"href"},
        "b": {"style"},
        "span": {"style"},
        "ol": {"start"},
        "figure": {"data-picture"},
    },
    allowed_classes={"span": {"spoiler"}, "div": {"spoiler"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
# A key as a database may give it.
PICTURE = re.compile(r"[1-9][0-9]{0,17}")
# Deeper nesting than an article ever has is taken for the level above it.
DEEPEST = 8


def read(html: str) -> Block:
    """The document that ``html`` amounts to, in its tidy form."""
    reader = Reader()
    reader.feed(CLEANER.clean(UNPRINTABLE.sub("", html)))
    reader.close()
    return tidy(reader.document)


class Reader(HTMLParser):
    """Builds a document from what nh3 lets through, where every tag that opens is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Block("document")
        self.containers = [self.document]
        self.text: Block | None = None
        self.marks: list[Mark] = []
        # For each open tag: how many containers and marks its end closes.
        self.open: list[tuple[int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.add_text(BREAK)
        elif tag == "hr":
            self.add_block(Block("hr"))
        else:
            attributes = {name: value or "" for name, value in attrs}
            depth = len(self.containers)
            if tag in TEXT_TAGS:
                self.text = self.add_block(Block(TEXT_TAGS[tag]))
            elif tag == "figure" and PICTURE.fullmatch(attributes.get("data-picture", "")):
                self.add_figure(int(attributes["data-picture"]))
            elif tag in CONTAINERS or tag in BOUNDARIES:
                self.open_container(tag, attributes)
            marks = [mark for mark in marks_of(tag, attributes) if mark not in self.marks]
            self.marks += marks
            self.open.append((len(self.containers) - depth, len(marks)))

    def handle_endtag(self, tag: str) -> None:
        containers, marks = self.open.pop()
        if tag in TEXT_TAGS or tag in CONTAINERS or tag in BOUNDARIES:
            self.text = None
        del self.containers[len(self.containers) - containers :]
        del self.marks[len(self.marks) - marks :]

    def handle_data(self, data: str) -> None:
        # Character references may have brought in what was taken out of the source.
        data = UNPRINTABLE.sub("", data)
        if self.text is not None or data.strip():
            self.add_text(data)

    def add_text(self, text: str) -> None:
        if self.text is None:
            self.text = self.add_block(Block("p"))
        marks = {mark.name: mark for mark in self.marks}
        if any(container.is_spoiler for container in self.containers):
            marks.pop("spoiler", None)
        self.text.leaves.append(Leaf(text, frozenset(marks.values())))

    def add_block(self, block: Block) -> Block:
        self.text = None
        if self.containers[-1].tag in LISTS and block.tag != "li":
            item = Block("li")
            self.containers[-1].blocks.append(item)
            item.blocks.append(block)
        else:
            self.containers[-1].blocks.append(block)
        return block

    def add_figure(self, picture: int) -> None:
        """Where a spoiler is marked on words, a figure among them is in a spoiler block."""
        figure = Block("figure", picture=picture)
        hidden = any(container.is_spoiler for container in self.containers)
        marked = SPOILER in self.marks and not hidden
        self.add_block(Block("spoiler", blocks=[figure]) if marked else figure)

    def open_container(self, tag: str, attributes: dict[str, str]) -> None:
        self.text = None
        if tag in BOUNDARIES:
            nested = any(container.is_spoiler for container in self.containers)
            if tag != "div" or "spoiler" not in attributes.get("class", "").split() or nested:
                return
            tag = "spoiler"
        if len(self.containers) > DEEPEST:
            return
        if tag == "li" and self.containers[-1].tag not in LISTS:
            self.containers.append(self.add_block(Block("ul")))
        start = attributes.get("start", "")
        number = int(start) if tag == "ol" and re.fullmatch(r"[0-9]{1,5}", start) else 1
        self.containers.append(self.add_block(Block(tag, start=number)))


def marks_of(tag: str, attributes: dict[str, str]) -> list[Mark]:
    """The marks that an element puts on its text."""
    style = attributes.get("style", "").replace(" ", "").lower()
    marks = []
    if tag in MARK_TAGS and "font-weight:normal" not in style:
        # Google Docs wraps what it copies in a <b> that means nothing.
        marks.append(Mark(MARK_TAGS[tag]))
    if tag == "a" and (address := safe_address(attributes.get("href", ""))):
        marks.append(Mark("link", address))
    if tag == "span" and "spoiler" in attributes.get("class", "").split():
        marks.append(SPOILER)
    if tag == "span" and re.search(r"font-weight:(bold|[6-9]00)", style):
        marks.append(Mark("strong"))
    if tag == "span" and "font-style:italic" in style:
        marks.append(Mark("em"))
    if LANGUAGE.fullmatch(attributes.get("lang", "")):
        marks.append(Mark("lang", attributes["lang"]))
    return marks
