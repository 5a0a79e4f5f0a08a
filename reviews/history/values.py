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


@dataclass(frozen=True)
class Difference:
    """One field of which two accounts are given: what is saved and what is yours, or before and after."""

    label: str
    saved: SafeString
    yours: SafeString


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
    return Difference(capfirst(label), *both_sides(old, new))


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
