"""Reads what the board is computed from: eight queries at most, however many series and weeks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coverage.desk.board.grid import Facts
from coverage.desk.board.pieces import Piece, Run
from coverage.newsroom.models import Publication
from coverage.newsroom.rows import Row, Rows
from coverage.newsroom.weeks import Week
from reviews.models import Assignment, Byline, EpisodeReview, Presence, Review, Skip
from reviews.plans import Plan, due_at, frees
from reviews.status import Status
from series.models import Episode, Series

_OPEN = (Status.DRAFT, Status.SUBMITTED)


@dataclass(frozen=True)
class Window:
    """Between which instants, UTC, lies what may be due in some weeks."""

    since: datetime
    until: datetime

    @classmethod
    def around(cls, weeks: Sequence[Week], publication: Publication) -> Self:
        """From the week before, whose slot may have come before an airing."""
        zone = publication.zone
        return cls(weeks[0].previous().starts(zone), weeks[-1].ends(zone))

    def airing(self, episode: str = "") -> Q:
        """On an Episode, or what leads to one by `episode`: aired or freed within it."""
        ends = (f"{episode}{name}__gte" for name in ("airs_at", "embargo_until", "series__embargo_until"))
        freed = Q(*((end, self.since) for end in ends), _connector=Q.OR)
        return Q((f"{episode}airs_at__lt", self.until)) & freed

    def holds(self, name: str) -> Q:
        return Q((f"{name}__gte", self.since), (f"{name}__lt", self.until))


def read(weeks: Sequence[Week], publication: Publication, at: datetime, only: Series | None = None) -> Facts:
    """What the board of `weeks` is computed from; of one show only, if `only` is given."""
    window = Window.around(weeks, publication)
    shows = list(_shows(window) if only is None else _with_run(Series.objects.filter(pk=only.pk)))
    keys = [show.pk for show in shows]
    return Facts(shows, _episodes(shows, window), _pieces(keys, window, publication, at), _plans(keys))


def _shows(window: Window) -> QuerySet[Series]:
    """Covered, and with something to show: public ones, and what is assigned or written about before."""
    here = OuterRef("pk")
    reviews = Review.objects.exclude(status=Status.DISCARDED).filter(series=here)
    airs = Exists(Episode.objects.filter(window.airing(), series=here))
    covered = Q(is_public=True) | Exists(Assignment.objects.filter(series=here)) | Exists(reviews)
    goes_out = Exists(reviews.filter(_planned_in(window)))
    return _with_run(Series.objects.filter(covered, airs | goes_out)).order_by("title", "pk")


def _with_run(shows: QuerySet[Series]) -> QuerySet[Series]:
    airings = Episode.objects.filter(series=OuterRef("pk"), airs_at__isnull=False).order_by("airs_at")
    return shows.annotate(
        first_airs_at=Subquery(airings.values("airs_at")[:1]),
        last_airs_at=Subquery(airings.reverse().values("airs_at")[:1]),
    )


def _episodes(shows: list[Series], window: Window) -> dict[int, list[Episode]]:
    """By the shows' keys; each knows its show."""
    known = {show.pk: show for show in shows}
    found: dict[int, list[Episode]] = defaultdict(list)
    episodes = Episode.objects.filter(window.airing(), series__in=known).order_by("sort_key", "pk")
    for episode in episodes.fetch_mode(models.FETCH_RAISE):
        episode.series = known[episode.series_id]
        found[episode.series_id].append(episode)
    return found


def _plans(keys: list[int]) -> dict[int, Plan]:
    assignments, skips = defaultdict(list), defaultdict(list)
    for row in Assignment.objects.filter(series__in=keys).select_related("reviewer"):
        assignments[row.series_id].append(row)
    for skip in Skip.objects.filter(series__in=keys).select_related("skipped_by"):
        skips[skip.series_id].append(skip)
    return {key: Plan(assignments[key], skips[key]) for key in keys}


def _planned_in(window: Window) -> Q:
    undated = Q(planned_at=None, status__in=_OPEN)
    return undated | window.holds("planned_at") | window.holds("release__publish_at")


def _pieces(keys: list[int], window: Window, publication: Publication, at: datetime) -> list[Piece]:
    """Those of the shows, roundups too, that are planned within the window or about what is due in it."""
    parts = EpisodeReview.objects.filter(episode__series__in=keys)
    about = parts.filter(window.airing("episode__") | window.airing("last_episode__"))
    reviews = Review.objects.exclude(status=Status.DISCARDED).filter(
        Q(_planned_in(window), series__in=keys) | Q(pk__in=about.values("review"))
    )
    rows = reviews.select_related("release", "series").only(
        "headline",
        "slug",
        "kind",
        "status",
        "planned_at",
        "created_at",
        "series__embargo_until",
        "series__slot_weekday",
        "series__slot_time",
        "release__publish_at",
        "release__exception_reason",
    )
    rows = rows.annotate(run_rows=Subquery(_runs()), byline_rows=Subquery(_bylines())).order_by("pk")
    rows = rows.prefetch_related(Prefetch("presences", Presence.objects.now(at), to_attr="at_it"))
    found = list(rows.fetch_mode(models.FETCH_RAISE))
    free = frees(found)
    return [_piece(review, free[review.pk], publication, at) for review in found]


def _runs() -> QuerySet[Any]:
    row = Row(
        series="episode__series",
        first="episode__sort_key",
        last=Coalesce("last_episode__sort_key", "episode__sort_key"),
        user="reviewer__user",
    )
    return _rows_of(EpisodeReview.objects.all(), row)


def _bylines() -> QuerySet[Any]:
    row = Row(name="reviewer__byline", user="reviewer__user", position="position")
    return _rows_of(Byline.objects.all(), row)


def _rows_of(rows: QuerySet[Any], row: Row) -> QuerySet[Any]:
    own: QuerySet[Any] = rows.filter(review=OuterRef("pk")).order_by().values("review")
    grouped: QuerySet[Any] = own.annotate(rows=Rows(row)).values("rows")
    return grouped


def _piece(review: Review, free: datetime | None, publication: Publication, at: datetime) -> Piece:
    runs: list[dict[str, Any]] = getattr(review, "run_rows") or []  # noqa: B009  # annotations
    bylines: list[dict[str, Any]] = getattr(review, "byline_rows") or []  # noqa: B009  # likewise
    bylines.sort(key=lambda row: row["position"])
    at_it: list[Presence] = getattr(review, "at_it")  # noqa: B009  # likewise
    release = getattr(review, "release", None)
    live_from = release.publish_at if release and review.status == Status.APPROVED else None
    planned_at = live_from or review.planned_at
    return Piece(
        review.pk,
        str(review),
        review.kind,
        review.stage(at),
        review.series_id,
        planned_at,
        due_at(planned_at, free, review.created_at, review.slot(publication)),
        tuple(Run(row["series"], _place(row["first"]), _place(row["last"])) for row in runs),
        tuple(row["name"] for row in bylines),
        frozenset(row["user"] for row in [*runs, *bylines] if row["user"]),
        tuple((presence.user_id, str(presence)) for presence in at_it),
        is_let_out_early=bool(live_from and release and release.exception_reason),
    )


def _place(told: Any) -> Decimal:
    return Decimal(str(told))
