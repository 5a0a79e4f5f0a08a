"""What live pieces give a show's episodes, one by one, and which of them did best and worst."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from coverage.newsroom.composing import Keys, composed_once
from reviews.models import EditionPart, Reviewer
from reviews.models.content import part_anchor
from reviews.models.releases import live_parts
from series.models import Episode, Series

# Fewer episodes than this can't be told apart as best and worst.
ENOUGH = 3


@dataclass(frozen=True)
class Score:
    """What one critic gives one episode, or a run of them: `stars` is None where they leave it unrated."""

    series_id: int
    episode_id: int
    place: Decimal
    number: str
    title: str
    kind: str
    last_number: str
    furthest: Decimal
    stars: Decimal | None
    reviewer: Reviewer
    review: str

    @property
    def url(self) -> str:
        page = reverse("reviews:detail", args=[self.review])
        return f"{page}#{part_anchor(self.episode_id, self.reviewer.pk)}"

    @property
    def run(self) -> str:
        """“1–12” where one score is for several episodes together."""
        return f"{self.number}–{self.last_number}" if self.last_number else ""

    @property
    def label(self) -> str:
        """“Episode 7”, “Episodes 1–12”."""
        if self.run:
            return gettext("Episodes %(numbers)s") % {"numbers": self.run}
        return gettext("Episode %(number)s") % {"number": self.number} if self.number else ""

    @property
    def counts(self) -> bool:
        """Whether it is part of the show's average."""
        return self.stars is not None and self.kind != Episode.Kind.RECAP


@dataclass
class Row:
    episode: Episode
    parts: list[Score] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """An episode that stands out: the mean of its critics' stars, and a score that leads to it."""

    score: Score
    stars: Decimal


def scores(shows: Iterable[Series], at: datetime) -> dict[int, list[Score]]:
    """Of each of `shows`, by its key, what is live at `at`: in the order of its episodes. One query."""
    found: dict[int, list[Score]] = {show.pk: [] for show in shows}
    for row in _scores(tuple(found), at) if found else []:
        found[row[0]].append(_score(row))
    return found


@composed_once
def _scores(shows: Keys, at: datetime) -> QuerySet[EditionPart, tuple[Any, ...]]:
    parts = live_parts(at).filter(episode__series__in=shows)
    return parts.order_by("episode__sort_key", "episode", "position", "pk").values_list(
        "episode__series", "episode", "episode__sort_key", "episode__number", "episode__title",
        "episode__kind", "last_episode__number", "last_episode__sort_key", "stars",
        "reviewer", "reviewer__byline", "reviewer__slug", "edition__review__slug",
    )  # fmt: skip


def scoreboard(episodes: Iterable[Episode], scores: Iterable[Score]) -> list[Row]:
    """A row for each of `episodes` of one show; a score for a run of them stands with every one."""
    rows = [Row(episode) for episode in episodes]
    for score in scores:
        for row in rows:
            if score.episode_id == row.episode.pk or score.place <= row.episode.sort_key <= score.furthest:
                row.parts.append(score)
    return rows


def best_and_worst(scores: Iterable[Score]) -> tuple[Standing | None, Standing | None]:
    """Of one show's scores; of equals the earlier episode. None where too few or all alike."""
    single = [score for score in scores if score.counts and not score.run]
    means = [_standing(list(of_one)) for _key, of_one in groupby(single, attrgetter("episode_id"))]
    if len(means) < ENOUGH:
        return None, None
    best, worst = max(means, key=attrgetter("stars")), min(means, key=attrgetter("stars"))
    return (best, worst) if best.stars > worst.stars else (None, None)


def _standing(of_one: list[Score]) -> Standing:
    given = [score.stars for score in of_one if score.stars is not None]
    return Standing(of_one[0], sum(given, Decimal()) / len(given))


def _score(row: tuple[Any, ...]) -> Score:
    series, episode, place, number, title, kind, last, furthest, stars, reviewer, byline, slug, review = row
    return Score(
        series, episode, place, number, title, kind,
        last_number=last or "",
        furthest=furthest or place,
        stars=stars,
        reviewer=Reviewer(pk=reviewer, byline=byline, slug=slug),
        review=review,
    )  # fmt: skip
