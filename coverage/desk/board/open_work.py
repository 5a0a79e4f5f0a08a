"""What the front page says of the board: what has aired and nobody has, and what is mine to begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from coverage.desk.board.drafts import cells_of, startable
from coverage.desk.board.grid import Cell
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import User
from coverage.newsroom.weeks import Week
from series.models import Episode


@dataclass(frozen=True)
class OpenWork:
    nobodys: Sequence[Episode]
    mine: Sequence[Cell]


def open_work(request: NewsroomRequest, week: Week) -> OpenWork:
    """Of the slot's week, and of the next, in which a series with a slot of its own may be due."""
    cells = [cell for cell in cells_of(request, [week, week.next()]) if not cell.skip]
    aired = [
        (episode.airs_at, episode.pk, episode)
        for cell in cells
        if not cell.reviewer and cell.series.is_public
        for episode in cell.uncovered
        if episode.airs_at and episode.airs_at <= request.now
    ]
    own = [cell for cell in startable(cells, cast("User", request.user)) if cell.is_mine]
    return OpenWork(
        [episode for _airs_at, _pk, episode in sorted(aired)], [cell for cell in own if cell.week == week]
    )
