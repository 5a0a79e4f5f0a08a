"""What became of a text, word by word. Everything at the desk that shows a difference asks here."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from rapidfuzz.distance import LCSseq

BETWEEN_PARAGRAPHS = "\n\n"
_PIECES = re.compile(r"\n\n|\s+?(?=\n\n)|\s+|\w+|[^\w\s]")
_PARAGRAPHS = re.compile(r".*?\n\n|.+\Z", re.DOTALL)
_WORDS = re.compile(r"\w+")
# Pieces before times pieces after: what is compared at most, in about 50 ms and 5 MB. It holds a stretch
# of 3,000 words written anew from end to end; a longer one is shown as a whole that gave way to another.
MOST_PAIRS = 40_000_000


@dataclass(frozen=True)
class Stretch:
    """A stretch of text that stayed, or what stood there before and what stands there after."""

    before: list[str]
    after: list[str]

    @property
    def stayed(self) -> bool:
        return self.before == self.after

    @property
    def breadth(self) -> int:
        return max(len("".join(self.before)), len("".join(self.after)))


def stretches(before: str, after: str) -> list[Stretch]:
    """The two texts side by side: first by paragraphs, then by words where paragraphs differ."""
    by_paragraphs = _joined(_aligned(_PARAGRAPHS.findall(before), _PARAGRAPHS.findall(after)))
    by_words = (word for stretch in by_paragraphs for word in _in_words(stretch))
    return list(_ended_at_paragraphs(_readable(_joined(by_words))))


def both_sides(before: str, after: str) -> tuple[SafeString, SafeString]:
    """The text before with what went marked, and the text after with what came."""
    found = stretches(before, after)
    left = (_marked(stretch, "del", stretch.before) for stretch in found)
    right = (_marked(stretch, "ins", stretch.after) for stretch in found)
    return together(left), together(right)


def in_one(found: list[Stretch]) -> SafeString:
    """One text in which both what went and what came are marked."""
    return together(
        piece
        for stretch in found
        for piece in (
            [format_html("{}", "".join(stretch.after))]
            if stretch.stayed
            else [_marked(stretch, "del", stretch.before), _marked(stretch, "ins", stretch.after)]
        )
    )


def counted(before: str, after: str) -> tuple[int, int]:
    """How many words came and how many went; one that only moved is neither."""
    old, new = Counter(_WORDS.findall(before)), Counter(_WORDS.findall(after))
    return (new - old).total(), (old - new).total()


def together(pieces: Iterator[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _marked(stretch: Stretch, tag: str, pieces: list[str]) -> SafeString:
    """Said as well as shown: few screen readers tell of the elements themselves."""
    text = "".join(pieces)
    if stretch.stayed or not text:
        return format_html("{}", text)
    end = ""
    if text.endswith(BETWEEN_PARAGRAPHS) and text.strip():
        # That of a whole paragraph is seen anyhow; one that came or went by itself needs its sign.
        text, end = text.removesuffix(BETWEEN_PARAGRAPHS), BETWEEN_PARAGRAPHS
    text = text.replace(BETWEEN_PARAGRAPHS, f"¶{BETWEEN_PARAGRAPHS}")
    begins = gettext("[taken out:") if tag == "del" else gettext("[put in:")
    shown = format_html("<del>{}</del>" if tag == "del" else "<ins>{}</ins>", text)
    return format_html("{}{}{}{}", _said(f"{begins} "), shown, _said(" " + gettext("end]")), end)


def _said(words: str) -> SafeString:
    return format_html('<span class="visually-hidden">{}</span>', words)


def _aligned(before: list[str], after: list[str]) -> Iterator[Stretch]:
    start, end = _alike_at_the_ends(before, after)
    yield Stretch(before[:start], before[:start])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) * len(new) > MOST_PAIRS:
        yield Stretch(old, new)
    else:
        for step in LCSseq.opcodes(old, new):
            yield Stretch(old[step.src_start : step.src_end], new[step.dest_start : step.dest_end])
    tail = before[len(before) - end :]
    yield Stretch(tail, tail)


def _alike_at_the_ends(before: list[str], after: list[str]) -> tuple[int, int]:
    shortest = min(len(before), len(after))
    start = end = 0
    while start < shortest and before[start] == after[start]:
        start += 1
    while end < shortest - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, end


def _in_words(stretch: Stretch) -> Iterator[Stretch]:
    before = _PIECES.findall("".join(stretch.before))
    if stretch.stayed:
        yield Stretch(before, before)
    else:
        yield from _aligned(before, _PIECES.findall("".join(stretch.after)))


def _joined(found: Iterator[Stretch]) -> Iterator[Stretch]:
    """Neighbours of a kind as one; a place where nothing is falls away."""
    there = (stretch for stretch in found if stretch.before or stretch.after)
    for _stayed, group in groupby(there, key=lambda stretch: stretch.stayed):
        run = list(group)
        before = chain.from_iterable(one.before for one in run)
        yield Stretch(list(before), list(chain.from_iterable(one.after for one in run)))


def _readable(found: Iterator[Stretch]) -> Iterator[Stretch]:
    """Without the crumbs that two changes happen to share: “the” alone tells nobody that it stayed."""
    kept: list[Stretch] = []
    for stretch in found:
        kept.append(stretch)
        while len(kept) > 2 and _is_crumb(*kept[-3:]):
            right, crumb, left = kept.pop(), kept.pop(), kept.pop()
            kept.append(
                Stretch(left.before + crumb.before + right.before, left.after + crumb.after + right.after)
            )
    yield from kept


def _is_crumb(left: Stretch, between: Stretch, right: Stretch) -> bool:
    if left.stayed or not between.stayed or right.stayed or BETWEEN_PARAGRAPHS in between.before:
        return False
    breadth = len("".join(between.before).strip())
    return breadth == 0 or breadth < min(left.breadth, right.breadth)


def _ended_at_paragraphs(found: Iterator[Stretch]) -> Iterator[Stretch]:
    """A paragraph that came or went takes its own end with it, not that of the one before."""
    row = list(found)
    for index in range(1, len(row) - 1):
        last, here, following = row[index - 1 : index + 2]
        if last.stayed and not here.stayed and following.stayed and _begins_with_an_end(here, following):
            sides = [side[1:] + side[:1] if side else side for side in (here.before, here.after)]
            ended = [*last.before, BETWEEN_PARAGRAPHS]
            row[index - 1] = Stretch(ended, ended)
            row[index] = replace(here, before=sides[0], after=sides[1])
            row[index + 1] = Stretch(following.before[1:], following.after[1:])
    yield from (stretch for stretch in row if stretch.before or stretch.after)


def _begins_with_an_end(change: Stretch, following: Stretch) -> bool:
    is_one_sided = not change.before or not change.after
    return (
        is_one_sided
        and (change.before or change.after)[0] == BETWEEN_PARAGRAPHS
        and following.before[:1] == [BETWEEN_PARAGRAPHS]
    )
