"""Between prose and plain text."""

import re
from html import escape

from reviews.markup.document import Block
from reviews.markup.reading import read
from reviews.markup.writing import sanitise

WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def plain(html: str) -> str:
    """All its text, spoilers too, with an empty line between paragraphs. For readers, leave the spoilers out
    first: ``plain(without_spoilers(html))``."""
    return "\n\n".join(map(_text, read(html).text_blocks()))


def word_count(html: str) -> int:
    """How many words it has."""
    return len(WORD.findall(plain(html)))


def paragraphs(text: str) -> str:
    """Plain text as prose: an empty line parts paragraphs, a single line break stays one."""
    lines = "\n".join(text.splitlines())
    parts = re.split(r"\n\s*\n", escape(lines, quote=False))
    return sanitise("".join(f"<p>{part.strip().replace('\n', '<br>')}</p>" for part in parts))


def _text(block: Block) -> str:
    parts = []
    for leaf in block.leaves:
        names = {mark.name for mark in leaf.marks}
        if "rt" in names:
            parts.append(f"({leaf.text})")
        elif "rp" not in names:
            parts.append(leaf.text)
    return "".join(parts)
