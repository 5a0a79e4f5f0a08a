"""Beginning a draft from the plan: all of it filled in that is known beforehand, and nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from coverage.newsroom.models import AuditEntry, Publication, User
from reviews.importing.naming import free_slug, headline_about
from reviews.models import Byline, EpisodeReview, Kind, Review, Reviewer
from reviews.planning import locked, may_plan
from reviews.plans import Plan, covering, week_due
from reviews.rules import VerbRefused
from reviews.status import Status
from reviews.verbs import Act
from series.carrying import carry_credits
from series.models import Credit, Episode, Series


@dataclass(frozen=True)
class Started:
    """A draft, and whether it wasn't there before."""

    review: Review
    is_new: bool


def may_start(user: User, reviewer: Reviewer) -> bool:
    """Whether `user` may begin a draft under this byline: writers their own, editors anybody's."""
    if not user.has_perm("reviews.add_review"):
        return False
    return user.has_perm("reviews.edit_any_review") or reviewer.user_id == user.pk


def start(
    series: Series, episodes: Sequence[Episode], reviewer: Reviewer, planned_at: datetime, act: Act
) -> Started:
    """Begin the piece about `episodes`, in their order, that `reviewer` is to write for `planned_at`.

    What has a piece already gets no second one: the answer is then that piece. Raises PermissionDenied
    and VerbRefused.
    """
    if not episodes or any(episode.series_id != series.pk for episode in episodes):
        raise VerbRefused(_("Say which of its episodes the piece is about."))
    with transaction.atomic():
        series = locked(series)
        if not may_start(act.by, reviewer):
            raise PermissionDenied
        if there := _there(series, episodes, planned_at):
            return Started(there, is_new=False)
        _refuse_if_skipped(series, episodes, act.at)
        review = _begun(series, episodes, planned_at, act)
        Byline.objects.create(review=review, reviewer=reviewer)
        for position, episode in enumerate(episodes):
            EpisodeReview.objects.create(review=review, episode=episode, reviewer=reviewer, position=position)
        carried = sum(len(carry_credits(episode)) for episode in episodes)
        review.keep(by=act.by, at=act.at, reason="start")
        AuditEntry.objects.record(
            "start", review, by=act.by, at=act.at, reviewer=reviewer.byline, carried=carried
        )
        return Started(review, is_new=True)


def _there(series: Series, episodes: Sequence[Episode], planned_at: datetime) -> Review | None:
    """The piece about any of them, or the series' weekly one for that instant that has no part yet."""
    without_parts = Review.objects.exclude(status=Status.DISCARDED).filter(
        series=series, kind=Kind.WEEKLY, planned_at=planned_at, parts=None
    )
    return covering(episodes).order_by("pk").first() or without_parts.order_by("pk").first()


def _refuse_if_skipped(series: Series, episodes: Sequence[Episode], at: datetime) -> None:
    """Whoever skips a week locks the series, too, so that one of the two comes first."""
    plan, slot = Plan.of(series), series.slot(Publication.objects.current(at))
    if any(plan.skip(week_due(episode, slot)) for episode in episodes):
        raise VerbRefused(_("Somebody has skipped this week, so no piece is due. Take that back first."))


def _begun(series: Series, episodes: Sequence[Episode], planned_at: datetime, act: Act) -> Review:
    headline = headline_of(series, episodes)
    review = Review(
        kind=Kind.FEATURE if series.is_film else Kind.WEEKLY,
        series=series,
        headline=headline,
        slug=free_slug(headline, Review),
        planned_at=planned_at,
        spoils_through=episodes[-1],
        created_by=act.by,
        created_at=act.at,
        updated_at=act.at,
    )
    review.full_clean()
    review.save()
    return review


def headline_of(series: Series, episodes: Sequence[Episode]) -> str:
    """By the house's pattern, cut to what a headline may have; a film's is its title."""
    numbers = [episode.number for episode in episodes if episode.number]
    if not numbers:
        return series.title
    printed = f"{numbers[0]}–{numbers[-1]}" if _follow_each_other(numbers) else ", ".join(numbers)
    longest = Review._meta.get_field("headline").max_length
    return headline_about(series, printed, several=len(numbers) > 1)[:longest]


def _follow_each_other(numbers: Sequence[str]) -> bool:
    places = [Decimal(number) for number in numbers]
    return len(places) > 1 and all(after - before == 1 for before, after in pairwise(places))


def unchecked_credits(episodes: Sequence[Episode]) -> list[Credit]:
    """What was carried over to them, and nobody has checked."""
    rows = Credit.objects.filter(episode__in=episodes, carried_from__isnull=False)
    return list(rows.select_related("person", "episode", "carried_from").order_by("episode__sort_key", "pk"))


def check_credits(series: Series, episodes: Sequence[Episode], seen: Sequence[int], act: Act) -> int:
    """Say that the carried credits with the keys `seen` are right, so that readers may see them.

    How many there were. Raises PermissionDenied.
    """
    with transaction.atomic():
        series = locked(series)
        if not may_plan(act.by):
            raise PermissionDenied
        carried = Credit.objects.filter(
            episode__in=episodes, episode__series=series, pk__in=seen, carried_from__isnull=False
        )
        checked = carried.update(carried_from=None)
        if checked:
            numbers = ", ".join(episode.number for episode in episodes)
            AuditEntry.objects.record(
                "check_credits", series, by=act.by, at=act.at, episodes=numbers, credits=checked
            )
        return checked
