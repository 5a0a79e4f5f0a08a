"""Which pieces there are, about which episodes, in which week: decided before anything is written.

Skewed as real newsrooms are: a few shows that run for years with a piece every Friday, and a long tail.
What is rare (a withdrawn piece, two critics on one episode) comes at fixed places in the count, so that
even a small corpus has some of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from coverage.desk.corpus.words import stream
from reviews.models import Kind
from series.models.series import Format

MOST_PIECES = 780  # fifteen years of Fridays
MOST_OF_A_FILM = 2
YEARS_BACK = 8
SKEW = 0.95
UNAIRED = 3  # episodes that a running show has announced
UNCOVERED = 12  # episodes of a show that nobody wrote about
RECAP_EVERY = 13


class State(StrEnum):
    """How far a piece has come at the desk."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Plan:
    """One piece. `week` counts from the coming slot, 0; the last that has passed is -1.

    `episodes` are places in the show's order; a `run` is one part about all of them.
    """

    kind: Kind
    week: int
    serial: int
    episodes: range = range(0)
    run: bool = False

    @property
    def critics(self) -> int:
        return 2 if self.serial % 23 == 5 else 1

    @property
    def is_rated(self) -> bool:
        return self.serial % 19 != 2 and self.kind != Kind.PREVIEW

    @property
    def state(self) -> State:
        """What is due lies ready or doesn't; what was due went out, all but a few."""
        if self.week >= 0:
            return (State.APPROVED, State.SUBMITTED, State.APPROVED, State.DRAFT)[self.serial % 4]
        rare = {13: State.WITHDRAWN, 31: State.DRAFT, 57: State.DISCARDED}
        return rare.get(self.serial % 67, State.APPROVED)


@dataclass(frozen=True)
class Show:
    """One series: its format, when its episodes air (the week of the first, and how many), and its pieces."""

    rank: int
    format: Format
    first_week: int
    episodes: int
    pieces: list[Plan] = field(default_factory=list)

    @property
    def is_film(self) -> bool:
        return self.format == Format.FILM

    def is_recap(self, place: int) -> bool:
        """Every thirteenth week of a long show looks back, and is numbered as a half."""
        return not self.is_film and place % RECAP_EVERY == 6

    def number(self, place: int) -> str:
        if self.is_film:
            return ""
        recaps_before = (place + RECAP_EVERY - 7) // RECAP_EVERY
        regular = place - recaps_before
        return f"{regular}.5" if self.is_recap(place) else str(regular + 1)


def format_of(rank: int) -> Format:
    if rank % 9 == 5:
        return Format.FILM
    return {3: Format.ONA, 17: Format.OVA, 25: Format.SPECIAL}.get(rank % 26, Format.TV)


def most_pieces(series: int) -> int:
    """How many pieces `series` shows can have at all."""
    return sum(_most(rank) for rank in range(series))


def _most(rank: int) -> int:
    return MOST_OF_A_FILM if format_of(rank) == Format.FILM else MOST_PIECES


def shares(series: int, pieces: int) -> list[int]:
    """How many of `pieces` each show gets, from the most covered one on. Raises ValueError."""
    if pieces > most_pieces(series):
        raise ValueError(f"{series} series can't have {pieces} pieces")
    counts, left = [0] * series, pieces
    while left:
        open_ranks = [rank for rank in range(series) if counts[rank] < _most(rank)]
        whole, weights = left, {rank: 1 / (rank + 1) ** SKEW for rank in open_ranks}
        total = sum(weights.values())
        for rank in open_ranks:
            wish = max(1, int(whole * weights[rank] / total))
            given = min(wish, left, _most(rank) - counts[rank])
            counts[rank] += given
            left -= given
    return counts


def shows(series: int, pieces: int, seed: int) -> Iterator[Show]:
    """All shows with their pieces, the most covered first."""
    serial = 0
    for rank, count in enumerate(shares(series, pieces)):
        chance = stream(seed, "plan", rank)
        show = _film(rank, count, serial, chance) if format_of(rank) == Format.FILM else None
        yield show or _weekly(rank, count, serial, chance)
        serial += count


def _film(rank: int, count: int, serial: int, chance: Random) -> Show:
    week = -chance.randint(1, YEARS_BACK * 52)
    kinds = [Kind.PREVIEW, Kind.FEATURE][-count:] if count else []
    pieces = [
        Plan(kind, week - (0 if kind == Kind.FEATURE else 3), serial + place)
        for place, kind in enumerate(kinds)
    ]
    return Show(rank, Format.FILM, week, 0, pieces)


def _weekly(rank: int, count: int, serial: int, chance: Random) -> Show:
    is_running = rank % 4 == 0
    preview = count > 4 and rank % 2 == 0
    verdict = count > 6 and not is_running
    weekly = count - preview - verdict
    sizes = [_taken_together(serial + preview + place) for place in range(weekly)]
    covered = sum(sizes)
    aired = covered or UNCOVERED
    # The last covered episode: a running show's is due in the coming weeks, another's was at some time.
    last = rank // 4 % 3 if is_running else -chance.randint(1, YEARS_BACK * 52)
    first = last - aired + 1
    pieces = [Plan(Kind.PREVIEW, first - 1, serial)] if preview else []
    place = 0
    for number, size in enumerate(sizes, serial + preview):
        episodes = range(place, place + size)
        pieces.append(Plan(Kind.WEEKLY, first + episodes[-1], number, episodes, run=size > 2))
        place += size
    if verdict:
        pieces.append(Plan(Kind.SEASON, last + 1, serial + count - 1, range(aired)))
    return Show(rank, format_of(rank), first, aired + UNAIRED * is_running, pieces)


def _taken_together(serial: int) -> int:
    """How many episodes a piece is about: mostly one; a catch-up two, a run three."""
    if serial % 41 == 7:
        return 3
    return 2 if serial % 17 == 3 else 1
