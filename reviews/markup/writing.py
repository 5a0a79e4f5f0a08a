"""Writes a document down: as it is kept, as readers get it, and with its spoilers left out."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from itertools import groupby

from django.utils.translation import gettext

from reviews.markup.document import BREAK, MARKS, SPOILER, TEXT_BLOCKS, Block, Leaf, Mark
from reviews.markup.reading import read
from reviews.markup.stills import place


# Whoever saves a piece asks for each of its texts some ten times: the form, the rows, the edition.
@lru_cache(maxsize=128)
def sanitise(html: str) -> str:
    """``html`` with nothing left but what prose may hold, in one form: doing it twice changes nothing."""
    return StoredForm().blocks(read(html).blocks)


def render(html: str) -> str:
    """Prose as readers get it: spoilers are closed until asked for, with real text and without JavaScript."""
    return ReaderForm().blocks(read(html).blocks)


def without_spoilers(html: str) -> str:
    """Prose as HTML with a short mark where each spoiler was; nothing of a spoiler is left in it."""
    return WithheldForm().blocks(read(html).blocks)


class StoredForm:
    """As the editor writes it."""

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        if block.tag == "hr":
            return "<hr>"
        if block.tag in TEXT_BLOCKS:
            return self.text_block(block)
        if block.tag == "figure":
            return self.figure(block)
        if block.is_spoiler:
            return self.spoiler_block(block)
        start = f' start="{block.start}"' if block.start != 1 else ""
        return f"<{block.tag}{start}>{self.blocks(block.blocks)}</{block.tag}>"

    def text_block(self, block: Block) -> str:
        return f"<{block.tag}>{self.inline(block.leaves)}</{block.tag}>"

    def inline(self, leaves: list[Leaf]) -> str:
        return "".join(
            self.spoiler(write_marks(group)) if spoiler else write_marks(group)
            for spoiler, group in groupby(leaves, key=lambda leaf: leaf.is_spoiler)
        )

    def spoiler(self, inner: str) -> str:
        return f'<span class="spoiler">{inner}</span>'

    def spoiler_block(self, block: Block) -> str:
        return f'<div class="spoiler">{self.blocks(block.blocks)}</div>'

    def figure(self, block: Block) -> str:
        return place(block.picture)


class ReaderForm(StoredForm):
    """As readers get it. A disclosure can't stand in a <p> or a heading, so a <div> takes their place."""

    def text_block(self, block: Block) -> str:
        if not any(leaf.is_spoiler for leaf in block.leaves):
            return super().text_block(block)
        if block.tag == "p":
            return f'<div class="paragraph">{self.inline(block.leaves)}</div>'
        level = block.tag[1]
        return f'<div class="heading" role="heading" aria-level="{level}">{self.inline(block.leaves)}</div>'

    def spoiler(self, inner: str) -> str:
        summary = escape(gettext("Spoiler"))
        return (
            f'<details class="spoiler spoiler-inline"><summary>{summary}</summary> '
            f'<span class="spoiler-text">{inner}</span></details>'
        )

    def spoiler_block(self, block: Block) -> str:
        summary = escape(gettext("Spoiler: show what is hidden here"))
        return (
            f'<details class="spoiler spoiler-block"><summary>{summary}</summary>'
            f'<div class="spoiler-text">{HiddenForm().blocks(block.blocks)}</div></details>'
        )


class HiddenForm(ReaderForm):
    """Inside a spoiler block, where a picture needs no closing of its own."""

    def figure(self, block: Block) -> str:
        return place(block.picture, closed=True)


class WithheldForm(StoredForm):
    """With a short mark where a spoiler was."""

    def spoiler(self, inner: str) -> str:
        return f'<span class="withheld">{escape(gettext("[spoiler]"))}</span>'

    def spoiler_block(self, block: Block) -> str:
        return f"<p>{self.spoiler('')}</p>"

    def figure(self, block: Block) -> str:
        return ""


def write_marks(leaves: Iterable[Leaf]) -> str:
    """Leaves as HTML, each mark opened once for all the leaves in a row that carry it."""
    html: list[str] = []
    current: list[Mark] = []
    for leaf in leaves:
        wanted = sorted(leaf.marks - {SPOILER}, key=lambda mark: MARKS.index(mark.name))
        shared = 0
        while shared < min(len(current), len(wanted)) and current[shared] == wanted[shared]:
            shared += 1
        html += [closing(mark) for mark in reversed(current[shared:])]
        html += [opening(mark) for mark in wanted[shared:]]
        html.append("<br>" if leaf.text == BREAK else escape(leaf.text, quote=False))
        current = wanted
    html += [closing(mark) for mark in reversed(current)]
    return "".join(html)


def opening(mark: Mark) -> str:
    if mark.name == "lang":
        return f'<span lang="{escape(mark.value)}">'
    if mark.name == "link":
        rel = "" if mark.value.startswith("/") else ' rel="noopener"'
        return f'<a href="{escape(mark.value)}"{rel}>'
    return f"<{mark.name}>"


def closing(mark: Mark) -> str:
    return f"</{ {'lang': 'span', 'link': 'a'}.get(mark.name, mark.name) }>"
