"""Where the sections of an article begin: its headings, and the names of series above them."""

import re
from collections.abc import Sequence

from reviews.importing.headings import Heading, read_heading
from reviews.importing.info import is_closing, is_info, read_byline, read_label
from reviews.importing.lines import Line, folded
from reviews.importing.ratings import read_rating
from reviews.importing.titles import is_title_like

MAX_SERIES_LINE = 90
# A title may stand under a byline, a date and a line of the site's own.
LAST_TITLE = 3
LONGEST_LABELS = 6


def find_headings(lines: Sequence[Line]) -> list[tuple[int, Heading]]:
    """The headings with their positions; without a title line that only announces the others."""
    found = [(at, heading) for at, line in enumerate(lines) if (heading := read_heading(line.plain))]
    if len(found) > 1 and _is_title_of(found[0], found[1:]):
        return found[1:]
    return found


def find_series_lines(lines: Sequence[Line], headings: Sequence[tuple[int, Heading]]) -> dict[int, int]:
    """Positions of lines that name a roundup's series, by that of the heading which follows."""
    found = {}
    for at, heading in headings:
        before = at - 1
        while before > max(0, at - LONGEST_LABELS) and is_info(lines[before].plain):
            before -= 1
        if before >= 0 and not heading.series and _names_series(lines[before]):
            found[at] = before
    named = {folded(lines[line].plain) for line in found.values()}
    return found if len(named) > 1 else {}


def _is_title_of(first: tuple[int, Heading], others: Sequence[tuple[int, Heading]]) -> bool:
    """Whether the first heading only announces the episodes of the others."""
    at, heading = first
    if at > LAST_TITLE or heading.rating or not (heading.bare or heading.series):
        return False
    if any(other.series and folded(other.series) != folded(heading.series or "") for _at, other in others):
        return False
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", heading.episodes)]
    if not numbers:
        return False
    covered = {
        number for _at, other in others for number in map(float, re.findall(r"\d+(?:\.\d+)?", other.episodes))
    }
    return any(min(numbers) <= number <= max(numbers) for number in covered)


def _names_series(line: Line) -> bool:
    """Whether a line on its own can be the name of a roundup's next series."""
    text = line.plain
    if len(text) > MAX_SERIES_LINE or not is_title_like(text) or text.endswith((".", "!", ",", ";")):
        return False
    label = read_label(text)
    known = label is not None and label[0] != "other"
    return not (known or is_closing(text) or read_byline(text) or read_rating(text))
