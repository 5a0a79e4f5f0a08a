"""Putting what was meant where a slip stands, in plain text and in prose."""

from collections.abc import Iterator
from dataclasses import replace

from reviews.copydesk.draft import text_blocks
from reviews.copydesk.findings import Finding
from reviews.markup.document import Leaf
from reviews.markup.reading import read
from reviews.markup.writing import StoredForm


def in_text(text: str, finding: Finding, meant: str) -> str:
    """The text with `meant` in the finding's place; unchanged where that says something else by now."""
    end = finding.start + len(finding.found)
    if text[finding.start : end] != finding.found:
        return text
    return text[: finding.start] + meant + text[end:]


def in_prose(html: str, finding: Finding, meant: str) -> str:
    """The same of prose, whose marks stay: the words carry those that the slip's first letter had."""
    document = read(html)
    line, _column = finding.place
    blocks = [block for block, _is_hidden in text_blocks(document)]
    if line > len(blocks):
        return html
    block = blocks[line - 1]
    end = finding.start + len(finding.found)
    if "".join(leaf.text for leaf in block.leaves)[finding.start : end] != finding.found:
        return html
    block.leaves = list(_replaced(block.leaves, finding.start, end, meant))
    return StoredForm().blocks(document.blocks)


def _replaced(leaves: list[Leaf], start: int, end: int, meant: str) -> Iterator[Leaf]:
    at = 0
    for leaf in leaves:
        first, last = max(start - at, 0), min(end - at, len(leaf.text))
        if first < last:
            put = meant if at + first == start else ""
            text = leaf.text[:first] + put + leaf.text[last:]
            if text:
                yield replace(leaf, text=text)
        else:
            yield leaf
        at += len(leaf.text)
