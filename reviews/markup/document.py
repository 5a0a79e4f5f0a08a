"""A piece of prose as a tree of blocks whose text carries marks, always in its one tidy form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

# From the outermost in. A spoiler is outside everything, so that what hides it never stands inside a link.
MARKS = ("spoiler", "link", "ruby", "rt", "rp", "lang", "strong", "em", "s", "code")
TEXT_BLOCKS = frozenset({"p", "h2", "h3", "h4"})
LISTS = frozenset({"ul", "ol"})
BREAK = "\n"

WHITESPACE = re.compile(r"([ \t\n\f\r]+)")


class Mark(NamedTuple):
    """Something that holds for a stretch of text: emphasis, a link with its address, a language."""

    name: str
    value: str = ""


SPOILER = Mark("spoiler")


@dataclass(frozen=True)
class Leaf:
    """A stretch of text under the same marks, or a line break."""

    text: str
    marks: frozenset[Mark] = frozenset()

    @property
    def is_spoiler(self) -> bool:
        return SPOILER in self.marks

    @property
    def is_blank(self) -> bool:
        return self.text.isspace()


@dataclass
class Block:
    """A text block with its leaves, a container (list, item, quote, spoiler) with its blocks, or a figure."""

    tag: str
    leaves: list[Leaf] = field(default_factory=list)
    blocks: list["Block"] = field(default_factory=list)
    start: int = 1
    picture: int = 0

    @property
    def is_spoiler(self) -> bool:
        return self.tag == "spoiler"

    @property
    def holds_something(self) -> bool:
        return bool(self.leaves or self.picture) or any(block.holds_something for block in self.blocks)

    def text_blocks(self) -> Iterator["Block"]:
        """Every text block in it, in reading order."""
        if self.tag in TEXT_BLOCKS:
            yield self
        for block in self.blocks:
            yield from block.text_blocks()


def tidy(block: Block) -> Block:
    """The block without what is empty, its text in its one form."""
    if block.tag in TEXT_BLOCKS:
        return Block(block.tag, tidy_leaves(block.leaves))
    kept = [tidied for child in block.blocks if (tidied := tidy(child)).holds_something or tidied.tag == "hr"]
    return Block(block.tag, blocks=kept, start=block.start, picture=block.picture)


def tidy_leaves(leaves: list[Leaf]) -> list[Leaf]:
    """The same text with its white space collapsed and each stretch under as few marks as will do."""
    consistent = [Leaf(leaf.text, _consistent(leaf.marks)) for leaf in leaves]
    return list(_merge(_unmark_blanks(_end_lines(_collapse(consistent)))))


def _consistent(marks: frozenset[Mark]) -> frozenset[Mark]:
    names = {mark.name for mark in marks}
    if "ruby" not in names:
        return frozenset(mark for mark in marks if mark.name not in {"rt", "rp"})
    if "rt" in names:
        return frozenset(mark for mark in marks if mark.name != "rp")
    return marks


def _collapse(leaves: list[Leaf]) -> Iterator[Leaf]:
    """Each run of white space as one space in a leaf of its own; none where a line begins."""
    after_space = True
    for leaf in leaves:
        if leaf.text == BREAK:
            yield leaf
            after_space = True
            continue
        for part in WHITESPACE.split(leaf.text):
            if WHITESPACE.fullmatch(part):
                if not after_space:
                    yield Leaf(" ", leaf.marks)
                after_space = True
            elif part:
                yield Leaf(part, leaf.marks)
                after_space = False


def _end_lines(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Without the spaces before line breaks and without what is blank at either end."""
    ended: list[Leaf] = []
    for leaf in leaves:
        if leaf.text == BREAK and ended and ended[-1].text == " ":
            ended.pop()
        if ended or not leaf.is_blank:
            ended.append(leaf)
    while ended and ended[-1].is_blank:
        ended.pop()
    return ended


def _unmark_blanks(leaves: list[Leaf]) -> list[Leaf]:
    """A stretch of white space alone carries the marks that its neighbours on both sides share."""
    unmarked: list[Leaf] = []
    for blank, group in groupby(leaves, key=lambda leaf: leaf.is_blank):
        run = list(group)
        if blank:
            following = leaves[len(unmarked) + len(run)]
            shared = unmarked[-1].marks & following.marks
            run = [Leaf(leaf.text, shared) for leaf in run]
        unmarked += run
    return unmarked


def _merge(leaves: list[Leaf]) -> Iterator[Leaf]:
    for (marks, is_break), group in groupby(leaves, key=lambda leaf: (leaf.marks, leaf.text == BREAK)):
        if is_break:
            yield from group
        else:
            yield Leaf("".join(leaf.text for leaf in group), marks)
