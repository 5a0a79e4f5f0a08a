"""A critic's ratings drawn beside the house's: bars for the one, a line over them for the other."""

from dataclasses import dataclass
from decimal import Decimal

from reviews.habits import Spread

# In the drawing's own units; ten columns, one for each half step.
COLUMN, HEIGHT = 32, 120


@dataclass(frozen=True)
class Column:
    """One half step: how often it was given, and where its bar and its piece of the line stand."""

    stars: Decimal
    own: int
    house: int
    x: int
    height: int
    level: int

    @property
    def top(self) -> int:
        return HEIGHT - self.height

    @property
    def is_whole(self) -> bool:
        """Whether the axis names it."""
        return self.stars == int(self.stars)


def columns(own: Spread, house: Spread) -> list[Column]:
    """From half a star to five, the highest share of either filling the height."""
    steps = list(zip(own.steps, house.steps, strict=True))
    most = max(max(mine.share, theirs.share) for mine, theirs in steps) or 1
    return [
        Column(
            stars=mine.stars,
            own=mine.count,
            house=theirs.count,
            x=place * COLUMN,
            height=round(HEIGHT * mine.share / most),
            level=HEIGHT - round(HEIGHT * theirs.share / most),
        )
        for place, (mine, theirs) in enumerate(steps)
    ]


def line(drawn: list[Column]) -> str:
    """The house's shares as the path of one stepped line."""
    steps = " ".join(f"V{column.level} H{column.x + COLUMN}" for column in drawn)
    return f"M0 {HEIGHT} {steps} V{HEIGHT}"
