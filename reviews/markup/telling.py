"""Prose as plain text that also says its marks, for whoever compares two versions of it."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from reviews.markup.document import TEXT_BLOCKS, Block, Leaf
from reviews.markup.reading import read


def told(html: str, still: Callable[[int], str]) -> str:
    """An empty line after each paragraph; spoilers, links, headings, lists, quotes and stills are named.

    `still` gives the name of the picture with this key.
    """
    return "".join(f"{line}\n\n" for line in _lines(read(html), still))


def _lines(block: Block, still: Callable[[int], str]) -> Iterator[str]:
    if block.tag in TEXT_BLOCKS:
        yield _heading(block) + "".join(map(_said, block.leaves))
    elif block.tag == "figure":
        yield _("[still: %(name)s]") % {"name": still(block.picture)}
    elif block.tag == "hr":
        yield "* * *"
    elif block.tag == "spoiler":
        yield _("[spoiler]")
        yield from _inner(block, still)
        yield _("[end of the spoiler]")
    else:
        lead = {"li": "• ", "blockquote": "> "}.get(block.tag, "")
        yield from (lead + line for line in _inner(block, still))


def _inner(block: Block, still: Callable[[int], str]) -> Iterator[str]:
    for inner in block.blocks:
        yield from _lines(inner, still)


def _heading(block: Block) -> str:
    return "#" * int(block.tag[1]) + " " if block.tag != "p" else ""


def _said(leaf: Leaf) -> str:
    marks = {mark.name: mark.value for mark in leaf.marks}
    if "rp" in marks:
        return ""
    text = f"({leaf.text})" if "rt" in marks else leaf.text
    if "link" in marks:
        text = f"{text} [{marks['link']}]"
    return _("[spoiler: %(text)s]") % {"text": text} if "spoiler" in marks else text
