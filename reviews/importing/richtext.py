"""Rich text from a document: its paragraphs as plain lines, and the same as prose with emphasis and links."""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

from reviews.importing.lines import plain
from reviews.markup import sanitise
from reviews.markup.document import BREAK, Block, tidy_leaves
from reviews.markup.reading import read
from reviews.markup.writing import StoredForm


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
    return [paragraph for block in read(html).text_blocks() for paragraph in _paragraphs(block)]


def _paragraphs(block: Block) -> Iterator[Paragraph]:
    """A text block as paragraphs, each of its line breaks taken for an end of one."""
    for is_break, leaves in groupby(block.leaves, key=lambda leaf: leaf.text == BREAK):
        line = [] if is_break else tidy_leaves(list(leaves))
        # A word processor's bullet is none of the writer's words.
        text = "".join(leaf.text for leaf in line).removeprefix("· ")
        if plain(text):
            yield Paragraph(text, StoredForm().text_block(Block("p", line)))


def _bare(text: str) -> str:
    return sanitise(f"<p>{escape(text)}</p>")
