"""Reads what a move may touch: a series' episodes, and the pieces about them that aren't live yet."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from coverage.newsroom.models import Publication
from coverage.newsroom.slots import WeeklySlot
from reviews.models import EpisodeReview, Kind, Review
from reviews.models.editions import EditionPart
from reviews.plans import week_due
from reviews.status import Status
from reviews.waiting import free_at
from series.models import Episode, Series


@dataclass(frozen=True)
class Piece:
    """A piece that readers don't have yet, and all the episodes that it is about."""

    review: Review
    slot: WeeklySlot
    when: datetime
    episodes: tuple[Episode, ...]
    edition: int | None = None

    @property
    def is_approved(self) -> bool:
        return self.review.status == Status.APPROVED

    @property
    def is_let_out_early(self) -> bool:
        """Whether a chief has said that it may go out before its episode."""
        return self.is_approved and bool(self.review.release.exception_reason)

    def free_at(self, airings: dict[int, datetime] | None = None) -> datetime | None:
        """From when it may be live, UTC, with `airings`, by their episodes' keys, as they are to be."""
        return free_at(self.episodes, self.review.series, airings)


@dataclass(frozen=True)
class World:
    """As it stands at `at`. The episodes are in their order."""

    series: Series
    publication: Publication
    at: datetime
    episodes: Sequence[Episode]
    pieces: Sequence[Piece]

    @property
    def slot(self) -> WeeklySlot:
        return self.series.slot(self.publication)

    @classmethod
    def read(cls, series: Series, publication: Publication, at: datetime) -> "World":
        """Four queries, however many episodes and pieces."""
        episodes = list(Episode.objects.filter(series=series).order_by("sort_key", "pk"))
        for episode in episodes:
            episode.series = series
        return cls(series, publication, at, episodes, _pieces(series, episodes, publication, at))


def _pieces(
    series: Series, episodes: Sequence[Episode], publication: Publication, at: datetime
) -> list[Piece]:
    """Those with an instant. What an approved one is about, its edition says: that is what goes out."""
    open_ones = Q(status__in=[Status.DRAFT, Status.SUBMITTED], planned_at__isnull=False)
    waiting = Q(status=Status.APPROVED, release__publish_at__gt=at)
    of_it = Q(parts__episode__series=series) | Q(release__edition__parts__episode__series=series)
    rows = Review.objects.filter(
        open_ones | waiting, Q(series=series) | Q(pk__in=Review.objects.filter(of_it))
    )
    reviews = list(
        rows.select_related("series", "release")
        .only("headline", "slug", "kind", "status", "planned_at", "version", "series", "release__publish_at",
              "release__edition", "release__exception_reason")
        .order_by("pk")
    )  # fmt: skip
    about = _about(reviews, episodes)
    return [
        piece
        for review in reviews
        if (piece := _piece(review, about[review.pk], episodes, publication)) and piece.episodes
    ]


def _about(reviews: Sequence[Review], episodes: Sequence[Episode]) -> dict[int, list[Episode]]:
    """By the pieces' keys."""
    editions = {
        review.release.edition_id: review.pk for review in reviews if review.status == Status.APPROVED
    }
    drafts = [review.pk for review in reviews if review.status != Status.APPROVED]
    joined = ("episode__series", "last_episode__series")
    found: dict[int, list[Episode]] = defaultdict(list)
    for part in EpisodeReview.objects.filter(review__in=drafts).select_related(*joined):
        found[part.review_id] += _run(part, episodes)
    for frozen in EditionPart.objects.filter(edition__in=editions).select_related(*joined):
        found[editions[frozen.edition_id]] += _run(frozen, episodes)
    return found


def _run(part: EpisodeReview | EditionPart, episodes: Sequence[Episode]) -> Iterable[Episode]:
    """The part's episodes; of another series' run its ends."""
    first, last = part.episode, part.last_episode or part.episode
    between = [
        episode
        for episode in episodes
        if episode.series_id == first.series_id and first.sort_key <= episode.sort_key <= last.sort_key
    ]
    return between or dict.fromkeys((first, last))


def _piece(
    review: Review, about: list[Episode], episodes: Sequence[Episode], publication: Publication
) -> Piece | None:
    is_approved = review.status == Status.APPROVED
    when = review.release.publish_at if is_approved else review.planned_at
    if when is None:
        return None
    slot = review.series.slot(publication) if review.series else publication.slot
    if not about and review.kind in (Kind.WEEKLY, Kind.FEATURE) and review.series:
        # It doesn't say yet; so it stands for what is due at its slot.
        week = slot.week_for(when)
        about = [episode for episode in episodes if week_due(episode, slot) == week]
    edition = review.release.edition_id if is_approved else None
    return Piece(review, slot, when, tuple(dict.fromkeys(about)), edition)
