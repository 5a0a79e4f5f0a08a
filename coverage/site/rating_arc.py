"""The rating arc: a show's stars drawn episode by episode, on a sheet as animators time their drawings.

Places across are per cent of the sheet's width, so that it fits any screen with its marks and letters of one
size; places down are pixels. Long shows take several sheets, all to one scale.
"""

from collections import Counter
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
# The three who rate the show most have a shape each; all others share the last.
SHAPES = 4
# Of a show with more sheets than this, only the latest stand open.
OPEN, LATEST = 4, 2
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
    is_rated: bool
    marks: list[Mark]
    line: Line | None = None

    @property
    def is_recap(self) -> bool:
        return self.episode.kind == Episode.Kind.RECAP


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
class Critics:
    """A line of the legend: one critic, or all who share the last shape."""

    bylines: list[str]
    shape: int


@dataclass(frozen=True)
class Arc:
    """`folded` are the earlier sheets of a long show."""

    folded: list[Sheet]
    sheets: list[Sheet]
    critics: list[Critics]
    has_gaps: bool
    depth: int = DEPTH
    ground: int = TOP + 5 * STEP
    grid: tuple[tuple[int, int], ...] = tuple((stars, TOP + (5 - stars) * STEP) for stars in range(5, 0, -1))


def rating_arc(series: Series, rows: list[Row]) -> Arc | None:
    """Of the scoreboard's rows; None where there is nothing to draw: a film, or no episode rated yet."""
    if series.is_film or not any(_is_rated(row) for row in rows):
        return None
    critics = _critics(rows)
    shapes = {pk: min(at, SHAPES - 1) for at, pk in enumerate(critics)}
    planned = max(len(rows), min(series.episode_count or 0, MOST), FEWEST)
    across = ceil(planned / ceil(planned / MOST))
    sheets = [_sheet(rows[at : at + across], across, shapes) for at in range(0, len(rows), across)]
    folded = len(sheets) - LATEST if len(sheets) > OPEN else 0
    has_gaps = not all(_is_rated(row) for row in rows)
    return Arc(sheets[:folded], sheets[folded:], _legend(critics, shapes), has_gaps)


def _is_rated(row: Row) -> bool:
    return any(score.stars is not None for score in row.parts)


def _critics(rows: Iterable[Row]) -> dict[int, str]:
    """Their bylines by their keys, who rates most first; of equals who came first."""
    bylines: dict[int, str] = {}
    many: Counter[int] = Counter()
    for row in rows:
        for score in row.parts:
            bylines.setdefault(score.reviewer.pk, score.reviewer.byline)
            many[score.reviewer.pk] += 1
    return {pk: bylines[pk] for pk, _many in many.most_common()}


def _legend(critics: dict[int, str], shapes: dict[int, int]) -> list[Critics]:
    by_shape: dict[int, list[str]] = {}
    for pk, byline in critics.items():
        by_shape.setdefault(shapes[pk], []).append(byline)
    return [Critics(bylines, shape) for shape, bylines in by_shape.items()]


def _sheet(rows: list[Row], across: int, shapes: dict[int, int]) -> Sheet:
    columns = [
        Column(_across(at, across), row.episode, _is_minor(at, row), _is_rated(row), _marks(row, shapes))
        for at, row in enumerate(rows)
    ]
    _join(rows, columns)
    blanks = [_across(at, across) for at in range(len(rows), across)]
    return Sheet(columns, blanks, _runs(rows, across, shapes))


def _is_minor(at: int, row: Row) -> bool:
    """All but every fifth number, and the first where the next fifth leaves it room."""
    past_a_fifth = row.episode.sort_key % 5
    return bool(past_a_fifth) and (at > 0 or past_a_fifth > 2)


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
