"""What a test asks of a move, and what it finds afterwards."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from coverage.newsroom.models import AuditEntry, Publication
from reviews.models import Edition, Release, Review
from reviews.moving.doing import move
from reviews.moving.proposing import propose
from reviews.moving.reading import World
from reviews.moving.wishes import What, Wish
from reviews.verbs import Act
from series.airings import Shift
from series.models import Episode, Series
from tests.factories import FRIDAY, NOW, approve, make_review

NEW_YORK = ZoneInfo("America/New_York")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
A_WEEK = Shift(NEW_YORK, 7)


def episode(series, number):
    return Episode.objects.select_related("series").get(series=series, number=str(number))


def airings(series, number=8, shift=A_WEEK, onward=False):
    return Wish(What.AIRINGS, episode(series, number), onward, shift)


def pieces(series, number=8, shift=A_WEEK, onward=False):
    return Wish(What.PIECES, episode(series, number), onward, shift)


def proposed(wish, at=NOW):
    return propose(wish, World.read(wish.episode.series, Publication.objects.current(at), at))


def do(wish, by, *ticked, at=NOW, **how):
    return move(wish, proposed(wish, at).token, Act(by, at, note="Golf."), [p.pk for p in ticked], **how)


def draft(series, number, planned_at=None, **fields):
    planned_at = planned_at or FRIDAY + (number - 7) * WEEK
    return make_review(series, episodes=[episode(series, number)], planned_at=planned_at, **fields)


def scheduled(series, number):
    when = FRIDAY + (number - 7) * WEEK
    return approve(make_review(series, episodes=[episode(series, number)]), when)


def airs(series):
    return {found.number: found.airs_at for found in series.episodes.all()}


def planned(review):
    return Review.objects.get(pk=review.pk).planned_at


def publish_at(review):
    return Release.objects.get(review=review).publish_at


KEPT: tuple[Any, ...] = (Series, Episode, Review, Release, Edition, AuditEntry)


def everything():
    return [list(model.objects.order_by("pk").values()) for model in KEPT]
