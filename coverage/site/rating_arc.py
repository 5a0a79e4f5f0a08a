"""The rating arc: a show's stars drawn episode by episode, on a sheet as animators time their drawings.

Places across are per cent of the sheet's width, so that it fits any screen with its marks and letters of one
size; places down are pixels. Long shows take several sheets, all to one scale.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil

from reviews.scoreboard import Row, Score
from series.models import Episode, Series

# A sheet has a cour's columns at least, and two cours' at most.
FEWEST, MOST = 12, 26
# Down: where five stars stand, how far apart the stars are, and the depth of the whole sheet.
TOP, STEP, DEPTH = 16, 26, 182
# Critics beyond the fourth share the last shape.
SHAPES = 4
# Marks of one episode with the same stars stand this many pixels apart.
APART = 10


@dataclass(frozen=True)
class Mark:
    """One critic's stars: `shape` is the critic's own, `shift` keeps equal marks from covering each other."""

    score: Score
    shape: int
    y: int
    shift: int = 0


@dataclass(frozen=True)
class Line:
    """Between two points; for the mean of an episode and of the one before, or for a run's stars."""

    x1: str
    y1: int
    x2: str
    y2: int


@dataclass
class Column:
    """An episode's: `line` leads to it from the episode before, where both are rated.

    `is_minor` says that its number may go where there isn't room for all.
    """

    x: str
    episode: Episode
    is_minor: bool
    marks: list[Mark]
    line: Line | None = None

    @property
    def is_recap(self) -> bool:
        return self.episode.kind == Episode.Kind.RECAP

    @property
    def is_rated(self) -> bool:
        return any(mark.score.stars is not None for mark in self.marks)


@dataclass(frozen=True)
class Run:
    """A score for several episodes together; `x` is where its mark stands."""

    mark: Mark
    line: Line
    x: str


@dataclass
class Sheet:
    columns: list[Column]
    blanks: list[str]
    runs: list[Run] = field(default_factory=list)


@dataclass(frozen=True)
class Critic:
    """A line of the legend."""

    byline: str
    shape: int


@dataclass(frozen=True)
class Arc:
    sheets: list[Sheet]
    critics: list[Critic]
    depth: int = DEPTH
    ground: int = TOP + 5 * STEP
    grid: tuple[tuple[int, int], ...] = tuple((stars, TOP + (5 - stars) * STEP) for stars in range(5, 0, -1))


def rating_arc(series: Series, rows: list[Row]) -> Arc | None:
    """Of the scoreboard's rows; None where there is nothing to draw: a film, or no episode rated yet."""
    if series.is_film or not any(score.stars is not None for row in rows for score in row.parts):
        return None
    critics = _critics(rows)
    shapes = {pk: critic.shape for pk, critic in critics.items()}
    planned = max(len(rows), min(series.episode_count or 0, MOST), FEWEST)
    across = ceil(planned / ceil(planned / MOST))
    sheets = [_sheet(rows[at : at + across], across, shapes) for at in range(0, len(rows), across)]
    return Arc(sheets, list(critics.values()))


def _critics(rows: Iterable[Row]) -> dict[int, Critic]:
    """By their keys, in the order in which the show met them."""
    critics: dict[int, Critic] = {}
    for row in rows:
        for score in row.parts:
            shape = min(len(critics), SHAPES - 1)
            critics.setdefault(score.reviewer.pk, Critic(score.reviewer.byline, shape))
    return critics


def _sheet(rows: list[Row], across: int, shapes: dict[int, int]) -> Sheet:
    columns = [
        Column(
            _across(at, across), row.episode, is_minor=bool(at and (at + 1) % 5), marks=_marks(row, shapes)
        )
        for at, row in enumerate(rows)
    ]
    _join(rows, columns)
    blanks = [_across(at, across) for at in range(len(rows), across)]
    return Sheet(columns, blanks, _runs(rows, across, shapes))


def _marks(row: Row, shapes: dict[int, int]) -> list[Mark]:
    scores = [score for score in row.parts if not score.run]
    marks = []
    for score in scores:
        alike = [other for other in scores if other.stars == score.stars]
        shift = round((alike.index(score) - (len(alike) - 1) / 2) * APART)
        marks.append(Mark(score, shapes[score.reviewer.pk], _down(score.stars or Decimal()), shift))
    return marks


def _join(rows: list[Row], columns: list[Column]) -> None:
    """A line from each rated episode to the next; recaps don't break it, a gap does."""
    before: tuple[str, int] | None = None
    for row, column in zip(rows, columns, strict=True):
        if column.is_recap:
            continue
        given = [score.stars for score in row.parts if score.counts and not score.run]
        if not given:
            before = None
            continue
        point = (column.x, _down(sum(filter(None, given), Decimal()) / len(given)))
        column.line = Line(*before, *point) if before else None
        before = point


def _runs(rows: list[Row], across: int, shapes: dict[int, int]) -> list[Run]:
    found: dict[tuple[int, int], list[int]] = {}
    scores: dict[tuple[int, int], Score] = {}
    for at, row in enumerate(rows):
        for score in row.parts:
            if score.run and score.stars is not None:
                key = (score.episode_id, score.reviewer.pk)
                scores[key] = score
                found.setdefault(key, []).append(at)
    runs = []
    for key, places in found.items():
        mark = Mark(scores[key], shapes[key[1]], _down(scores[key].stars or Decimal()))
        first, last = _across(places[0], across), _across(places[-1], across)
        runs.append(Run(mark, Line(first, mark.y, last, mark.y), last))
    return runs


def _across(at: int, of: int) -> str:
    return f"{(at + 0.5) * 100 / of:.2f}%"


def _down(stars: Decimal) -> int:
    return round(TOP + (5 - float(stars)) * STEP)
