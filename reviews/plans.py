"""What is planned for a series, read from its assignments and skipped weeks; and when a piece is due."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db.models import Q, QuerySet

from coverage.newsroom.models import Publication
from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.weeks import Week
from reviews.models import EpisodeReview, Review
from reviews.models.assignments import Assignment, Skip
from reviews.models.reviewers import Reviewer
from reviews.status import Status
from reviews.waiting import free_at
from series.models import Episode, Series


@dataclass(frozen=True)
class Plan:
    """Who covers one series in which week."""

    assignments: Sequence[Assignment] = ()
    skips: Sequence[Skip] = ()

    @classmethod
    def of(cls, series: Series) -> Self:
        """The plan as the database has it now."""
        assignments = Assignment.objects.filter(series=series).select_related("reviewer")
        return cls(list(assignments), list(Skip.objects.filter(series=series).select_related("skipped_by")))

    def own(self, week: Week) -> Assignment | None:
        """What is said of this week alone."""
        return next((row for row in self.assignments if row.week == str(week) and not row.lasts), None)

    def lasting(self, week: Week | None) -> Assignment | None:
        """What holds in this week because it lasts; None: what holds from the beginning."""
        until = str(week) if week else ""
        rows = [row for row in self.assignments if row.lasts and row.week <= until]
        return max(rows, key=lambda row: row.week, default=None)

    def reviewer(self, week: Week) -> Reviewer | None:
        """Who has it; None: nobody."""
        row = self.own(week) or self.lasting(week)
        return row.reviewer if row else None

    def names_somebody(self, week: Week) -> bool:
        """Whether somebody has this very week, and not only the season: what makes a recap due."""
        row = self.own(week)
        return row is not None and row.reviewer_id is not None

    def skip(self, week: Week | None) -> Skip | None:
        return next((row for row in self.skips if week and row.week == str(week)), None)

    def token(self, week: Week | None) -> UUID:
        """What this week's plan is as somebody has read it: another one as soon as anything of it changes."""
        rows = (week and self.own(week), self.lasting(week), self.skip(week))
        return uuid5(NAMESPACE_OID, "|".join(str(row.version) if row else "" for row in rows))


def week_due(episode: Episode, slot: WeeklySlot) -> Week | None:
    """In which week's slot of its series a piece about it is due. None: nobody knows when it airs."""
    free = free_at([episode], None) if episode.airs_at else None
    return slot.week_for(free) if free else None


def due_at(planned: datetime | None, free: datetime | None, begun: datetime, slot: WeeklySlot) -> datetime:
    """When a piece is due and, if it isn't out by then, late, UTC: as planned, or at its slot.

    `free` is from when it may be live. A plan from before that can't be kept, and counts as none. Without
    a plan it is due at the first slot, since it was begun, at which it may be live.
    """
    if planned and (free is None or planned >= free):
        return planned
    return slot.next_at_or_after(max(begun, free or begun))


def dues(reviews: Iterable[Review], publication: Publication) -> dict[int, datetime]:
    """When each piece is due, UTC, by their keys. Two queries at most, if their series are at hand."""
    found = list(reviews)
    free = frees(found)
    return {
        review.pk: due_at(review.planned_at, free[review.pk], review.created_at, review.slot(publication))
        for review in found
    }


def frees(reviews: Sequence[Review]) -> dict[int, datetime | None]:
    """From when each working copy may be live (`free_at`), by their keys; in two queries at most."""
    about = _about(reviews)
    return {review.pk: free_at(about[review.pk], review.series) for review in reviews}


# What tells where an episode stands, and what holds a piece about it.
_WAITS = ("sort_key", "airs_at", "embargo_until", "series__embargo_until")


def _about(reviews: Iterable[Review]) -> dict[int, list[Episode]]:
    """The episodes that each piece's working copy is about, those within its runs too."""
    joined = EpisodeReview.objects.select_related("episode__series", "last_episode").only(
        "review_id", "last_episode__sort_key", *(f"episode__{name}" for name in _WAITS)
    )
    found: dict[int, list[Episode]] = defaultdict(list)
    runs = []
    for part in joined.filter(review__in=[review.pk for review in reviews]):
        found[part.review_id].append(part.episode)
        if part.last_episode:
            runs.append((part.review_id, part.episode, part.last_episode))
    shows = {first.series_id for _review, first, _last in runs}
    every = Episode.objects.filter(series__in=shows).select_related("series").only(*_WAITS)
    within = list(every) if runs else []
    for review, first, last in runs:
        found[review] += [
            episode
            for episode in within
            if episode.series_id == first.series_id and first.sort_key <= episode.sort_key <= last.sort_key
        ]
    return found


def episodes_due(series: Series, week: Week, publication: Publication) -> list[Episode]:
    """What the series' piece of the week is about, recaps too, in their order."""
    slot = series.slot(publication)
    until, since = slot.on(week), slot.on(week.previous())
    freed = Q(airs_at__gt=since) | Q(embargo_until__gt=since) | Q(series__embargo_until__gt=since)
    found = Episode.objects.filter(freed, series=series, airs_at__lte=until).order_by("sort_key", "pk")
    found = found.select_related("series")
    return [episode for episode in found if week_due(episode, slot) == week]


def covering(episodes: Iterable[Episode]) -> QuerySet[Review]:
    """The pieces at hand with a part about any of `episodes`, or about a run that one lies in."""
    found = Q(pk__in=[])
    for episode in episodes:
        found |= Q(episode=episode) | Q(
            episode__series=episode.series_id,
            episode__sort_key__lte=episode.sort_key,
            last_episode__sort_key__gte=episode.sort_key,
        )
    parts = EpisodeReview.objects.filter(found)
    return Review.objects.exclude(status=Status.DISCARDED).filter(pk__in=parts.values("review"))
