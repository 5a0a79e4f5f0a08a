"""Two accounts of one field, such as before and after, told in an editor's words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext

from reviews import markup
from reviews.history.words import both_sides

type StillNames = Callable[[int], str]

# In characters.
LONGEST_IN_A_LINE = 60


@dataclass(frozen=True)
class Difference:
    """One field of which two accounts are given: what is saved and what is yours, or before and after.

    `saved` and `yours` are marked up with what differs, `sides` are the plain texts.
    """

    label: str
    saved: SafeString
    yours: SafeString
    sides: tuple[str, str]

    @property
    def in_a_line(self) -> str:
        """“Stars: 3.5 → 4”; of what is too long for a line, the label."""
        if max(map(len, self.sides)) > LONGEST_IN_A_LINE:
            return self.label
        was, now = (side or gettext("nothing") for side in self.sides)
        return f"{self.label}: {was} → {now}"


def by_number(picture: int) -> str:
    """A still's name where nobody has looked it up."""
    return str(picture)


def between(saved: Any, yours: Any, label: str) -> Difference | None:
    """None where both say the same."""
    if (saved or None) == (yours or None):
        return None
    old, new = in_words(saved).rstrip(), in_words(yours).rstrip()
    if old == new:
        # The same words in another dress, such as bold: the markup shows it.
        old, new = str(saved), str(yours)
    return Difference(capfirst(label), *both_sides(old, new), (old, new))


def in_words(value: Any, still: StillNames = by_number) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return str(localize(localtime(value)))
    if isinstance(value, str):
        return markup.told(value, still) if "<" in value else value
    return str(value)
