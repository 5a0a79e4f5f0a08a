"""A series' public episodes, each with the stars that live pieces give it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from reviews.models import EditionPart, Release, Reviewer
from series.models import Episode


@dataclass(frozen=True)
class Score:
    """What one critic gives: `stars` is None where they leave it unrated.

    `run` is “1–12” where one score is for several episodes together.
    """

    stars: Decimal | None
    reviewer: Reviewer
    url: str
    run: str = ""


@dataclass
class Row:
    episode: Episode
    parts: list[Score] = field(default_factory=list)


def scoreboard(episodes: Iterable[Episode], releases: Iterable[Release]) -> list[Row]:
    """A row for each of `episodes`; a part about a run of them stands with every one.

    `releases` were read with `for_list()`.
    """
    rows = [Row(episode) for episode in episodes]
    for release in releases:
        for part in release.parts:
            score = _score(part, release)
            for row in rows:
                if _is_about(part, row.episode):
                    row.parts.append(score)
    return rows


def _score(part: EditionPart, release: Release) -> Score:
    url = f"{release.get_absolute_url()}#{part.anchor}"
    return Score(part.stars, part.reviewer, url, run=part.numbers if part.last_episode else "")


def _is_about(part: EditionPart, episode: Episode) -> bool:
    if part.episode.series_id != episode.series_id:
        return False
    return part.episode_id == episode.pk or part.episode.sort_key <= episode.sort_key <= part.furthest
