"""A show's stars as a row of small bars, episode by episode."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from reviews.scoreboard import Score

# As wide as one cour, so that bars of different shows are of one width; and no run or gap is wider.
COUR = 12
WIDEST = 26


@dataclass(frozen=True)
class Bar:
    """One episode, or a run of them, as the units of the drawing: a column wide, ten high.

    `height` is None where nobody has rated it.
    """

    series_id: int
    furthest: Decimal
    x: int
    width: int
    height: Decimal | None
    counts: bool

    @property
    def y(self) -> Decimal | None:
        return None if self.height is None else 10 - self.height


@dataclass(frozen=True)
class Sparkline:
    width: int
    bars: list[Bar]


def sparkline(scores: Iterable[Score]) -> Sparkline:
    """Of one show's scores in the order of its episodes; what nobody has reviewed is a gap."""
    bars: list[Bar] = []
    x, reached = 0, None
    for (place, furthest), of_one in groupby(scores, lambda score: (score.place, score.furthest)):
        x += _columns(place - reached) - 1 if reached is not None else 0
        bar = _bar(list(of_one), x, _columns(furthest - place + 1))
        bars.append(bar)
        x, reached = x + bar.width, furthest
    return Sparkline(max(x, COUR), bars)


def _columns(distance: Decimal) -> int:
    return min(max(int(distance), 1), WIDEST)


def _bar(of_one: list[Score], x: int, width: int) -> Bar:
    stars = [score.stars for score in of_one if score.stars is not None]
    height = sum(stars, Decimal()) / len(stars) * 2 if stars else None
    counts = any(score.counts for score in of_one)
    return Bar(of_one[0].series_id, of_one[0].furthest, x, width, height, counts)
