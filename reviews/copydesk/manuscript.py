"""A piece as the copy desk reads it: passages of plain text, each knowing where it stands, and its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Place(StrEnum):
    """What a passage is to the reader; the spoiler-free ones travel without the piece."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    SLUG = "slug"
    ALT = "alt"
    LABEL = "label"
    HEADING = "heading"
    PROSE = "prose"

    @property
    def travels(self) -> bool:
        """Whether readers meet it in lists, feeds and cards, before any spoiler warning."""
        return self in (Place.HEADLINE, Place.STANDFIRST, Place.SLUG, Place.ALT)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text. `starts` says from which offset on which line and column stand, counted from 1.

    `field` names the form's field that it came from, where there is one.
    """

    text: str
    place: Place = Place.PROSE
    starts: Sequence[tuple[int, int, int]] = ((0, 1, 1),)
    field: str = ""

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset`."""
        start, line, column = next(each for each in reversed(self.starts) if each[0] <= offset)
        return line, column + offset - start


@dataclass(frozen=True, slots=True)
class OddRating:
    """A rating on another scale than the house's; `stars` where it comes to a half step exactly."""

    raw: str
    stars: Decimal | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one episode, or of a run: its heading, and which things every part needs it has."""

    heading: Passage
    episodes: tuple[Decimal, ...] = ()
    title: str = ""
    title_native: str = ""
    needs_rating: bool = True
    is_rated: bool = True
    has_verdict: bool = True
    odd_rating: OddRating | None = None


@dataclass(frozen=True, slots=True)
class NamedCredit:
    """A person whom the piece names in a role; `key` is the role's."""

    person: str
    key: str
    passage: Passage
    episode: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address that the piece leads to, and its text."""

    address: str
    passage: Passage
    start: int


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The whole piece. `lacks`: what it needs and hasn't, and why; `spoilers`: its hidden text."""

    passages: tuple[Passage, ...] = ()
    parts: tuple[Part, ...] = ()
    credits: tuple[NamedCredit, ...] = ()
    links: tuple[Link, ...] = ()
    lacks: tuple[tuple[str, str, Passage], ...] = ()
    spoilers: tuple[str, ...] = ()

    def covers(self, episode: Decimal | None) -> bool:
        """Whether it has a part about the episode of this number, or about a run that it lies in."""
        runs = (part.episodes for part in self.parts if part.episodes)
        return episode is not None and any(min(run) <= episode <= max(run) for run in runs)
