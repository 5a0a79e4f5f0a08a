"""What the copy desk finds, and where."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reviews.copydesk.manuscript import Passage


class Kind(StrEnum):
    """What is wrong; the values are those of the JSON contract."""

    NAME = "name"
    SPELLING = "spelling"
    HOUSE = "house"
    MISMATCH = "mismatch"
    MISSING = "missing"
    SPOILER = "spoiler"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `found` stands at `start` in the passage; `reason` tells an editor what is wrong with it."""

    kind: Kind
    passage: Passage
    start: int
    found: str
    suggest: tuple[str, ...] = ()
    blocking: bool = False
    reason: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Line and column, counted from 1 in characters."""
        return self.passage.at(self.start)

    def as_json(self) -> dict[str, Any]:
        """The contract that `check_copy --json` prints."""
        line, column = self.place
        return {
            "line": line,
            "column": column,
            "kind": self.kind.value,
            "found": self.found,
            "suggest": list(self.suggest),
            "blocking": self.blocking,
        }
