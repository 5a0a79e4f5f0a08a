"""The account of every source line: where it went, and what the importer isn't sure of."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from reviews.importing.article import Doubt, Field, Paragraph
from reviews.importing.lines import Line

WRAP_SHORTEST, WRAP_LONGEST = 40, 110


class Ledger:
    """Collects, while an article is read, the field of each line and the doubts."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.fields: dict[int, Field] = {}
        self.doubts: list[Doubt] = []

    def place(self, field: Field, *lines: Line) -> None:
        """Note the field that these lines went to."""
        for line in lines:
            self.fields[line.number] = field

    def doubt(self, line: int, message: str) -> None:
        """Say, of a line, what isn't sure."""
        self.doubts.append(Doubt(line, message))

    def leave(self, line: Line, reason: str) -> None:
        """Keep in a warning a line that no field takes."""
        self.fields[line.number] = Field.UNPLACED
        self.doubt(line.number, f"{reason}: {line.text}")

    def paragraphs(self, field: Field, lines: Iterable[Line]) -> tuple[Paragraph, ...]:
        """The lines as paragraphs of a field."""
        kept = list(lines)
        self.place(field, *kept)
        return tuple(paragraphs(kept))

    def close(self) -> None:
        """Leave whatever hasn't been placed: nothing of the text is lost."""
        for line in self.lines:
            if line.text and line.number not in self.fields:
                self.leave(line, "no field for this line" if line.plain else "only invisible characters")


def paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """Paragraphs of the lines: one each, unless neighbours are the pieces of a text broken at a column."""
    found: list[Paragraph] = []
    run: list[Line] = []
    for line in lines:
        if run and line.number != run[-1].number + 1:
            found += _joined(run)
            run = []
        run.append(line)
    return found + _joined(run)


def _joined(run: list[Line]) -> list[Paragraph]:
    if is_wrapped(run):
        return [Paragraph(tuple(run))]
    return [Paragraph((line,)) for line in run]


def is_wrapped(run: Sequence[Line]) -> bool:
    """Whether neighbouring lines are one paragraph, broken by the writer's program."""
    if len(run) < 2 or any(not WRAP_SHORTEST <= len(line.text) <= WRAP_LONGEST for line in run[:-1]):
        return False
    if len(run[-1].text) > WRAP_LONGEST:
        return False
    return any(
        (before.text[-1].isalnum() or before.text[-1] in ",-–—;’'”") and after.text[:1].islower()
        for before, after in pairwise(run)
    )
