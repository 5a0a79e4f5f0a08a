"""A text in which something has changed: what changed with a paragraph around it, the rest folded."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from reviews.history.words import BETWEEN_PARAGRAPHS, Stretch, in_one, stretches, together

# A single paragraph is as short as what would say that it is folded.
_WORTH_FOLDING = 2


@dataclass(frozen=True)
class Passage:
    """`unchanged` says how many paragraphs stayed as they were; 0 where something has changed."""

    text: SafeString
    unchanged: int = 0


def passages(before: str, after: str) -> list[Passage]:
    found = stretches(before, after)
    return list(_folded(found))


def _folded(found: list[Stretch]) -> Iterator[Passage]:
    shown: list[SafeString] = []
    for index, stretch in enumerate(found):
        if not stretch.stayed:
            shown.append(in_one([stretch]))
            continue
        lead, middle, rest = _around("".join(stretch.after), is_first=not index, is_last=stretch is found[-1])
        shown.append(format_html("{}", lead))
        if middle:
            if text := together(iter(shown)).strip():
                yield Passage(SafeString(text))
            yield Passage(SafeString(format_html("{}", BETWEEN_PARAGRAPHS.join(middle))), len(middle))
            shown = []
        shown.append(format_html("{}", rest))
    if text := together(iter(shown)).strip():
        yield Passage(SafeString(text))


def _around(text: str, *, is_first: bool, is_last: bool) -> tuple[str, list[str], str]:
    """What still belongs to the change before, what can be folded, what belongs to the change that follows.

    The paragraph in which a change stands and the one beside it are shown.
    """
    paragraphs = text.split(BETWEEN_PARAGRAPHS)
    start = 0 if is_first else 2
    end = len(paragraphs) if is_last else len(paragraphs) - 2
    middle = paragraphs[start:end]
    if is_last and middle and not middle[-1]:
        middle.pop()
    if len(middle) < _WORTH_FOLDING:
        return text, [], ""
    return BETWEEN_PARAGRAPHS.join(paragraphs[:start]), middle, BETWEEN_PARAGRAPHS.join(paragraphs[end:])
