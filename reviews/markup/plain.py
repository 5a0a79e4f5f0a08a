"""Prose as plain text."""

from reviews.markup.document import Block
from reviews.markup.reading import read


def plain(html: str) -> str:
    """All its text, spoilers too, with an empty line between paragraphs. For readers, leave the spoilers out
    first: ``plain(without_spoilers(html))``."""
    return "\n\n".join(paragraphs(html))


def paragraphs(html: str) -> list[str]:
    """The text of each paragraph, heading and item, in reading order."""
    return list(map(_text, read(html).text_blocks()))


def _text(block: Block) -> str:
    parts = []
    for leaf in block.leaves:
        names = {mark.name for mark in leaf.marks}
        if "rt" in names:
            parts.append(f"({leaf.text})")
        elif "rp" not in names:
            parts.append(leaf.text)
    return "".join(parts)
