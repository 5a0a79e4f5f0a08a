"""A piece turns live exactly at its instant, for any slot in any zone, and the boundary says when."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coverage.newsroom.latenight import LateNight
from coverage.newsroom.models import Publication
from coverage.newsroom.weeks import Week
from reviews import verbs
from reviews.models import Release
from reviews.verbs import Act
from series.models import Series
from tests.factories import FRIDAY, NOW, make_episode, make_review, make_series

pytestmark = pytest.mark.django_db

TICK = timedelta.resolution
TOKYO = ZoneInfo("Asia/Tokyo")
NEW_YORK = ZoneInfo("America/New_York")

zones = st.sampled_from(sorted(available_timezones() - {"localtime"}))
weekdays = st.integers(0, 6)
walls = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
instants = st.datetimes(
    datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2034-01-01"), timezones=st.just(UTC)
)


@pytest.mark.one_database
@given(zone=zones, weekday=weekdays, wall=walls, at=instants, own=st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_live_turns_exactly_at_the_slot(zone, weekday, wall, at, own, chief):
    with transaction.atomic():
        slot = {"slot_weekday": weekday, "slot_time": wall}
        Publication.objects.update(time_zone=zone, **({} if own else slot))
        review = make_review(make_series(slug="x", **(slot if own else {})), slug="y", at=at)

        verbs.approve(review, Act(chief, at))

        turns = Release.objects.get().publish_at
        assert at <= turns <= at + timedelta(days=8)
        assert not Release.objects.live(turns - TICK).exists()
        assert Release.objects.live(turns).exists()
        assert at == turns or Publication.objects.current(at).next_boundary(at) <= turns
        assert Publication.objects.current(turns - TICK).next_boundary(turns - TICK) == turns
        _stands_at_its_wall_time(turns, ZoneInfo(zone), weekday, wall)
        transaction.set_rollback(True)


def _stands_at_its_wall_time(turns, zone, weekday, wall):
    local = turns.astimezone(zone)
    meant = datetime.combine(local.date(), wall, zone)
    exists = meant.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == meant.replace(tzinfo=None)
    if local.time() == wall:
        assert local.weekday() == weekday
        assert local.fold == 0
    else:  # the wall time lies in a gap, and moved forward
        assert not exists or local.weekday() != weekday
        assert local.time() > wall or local.weekday() != weekday


@given(publish_at=instants)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_live_turns_exactly_at_any_instant_an_editor_chooses(publish_at, chief):
    with transaction.atomic():
        before = publish_at - timedelta(days=1)
        verbs.approve(make_review(at=before), Act(chief, before), publish_at=publish_at)

        assert Release.objects.get().publish_at == publish_at
        assert not Release.objects.live(publish_at - TICK).exists()
        assert Release.objects.live(publish_at).exists()
        transaction.set_rollback(True)


# The slots of the paper and of a series


def approved_at(chief, at=NOW, *, slot=None, episodes=()):
    show = make_series(**(slot or {}))
    made = [make_episode(show, str(number), airs_at=airs) for number, airs in enumerate(episodes)]
    return verbs.approve(make_review(show, episodes=made), Act(chief, at)).release.publish_at


def test_a_wednesday_night_episode_goes_out_on_the_friday_after(chief):
    airs = LateNight.parse("Wednesdays 24:55").instant_in(Week(2026, 3), TOKYO)

    assert airs == datetime(2026, 1, 14, 15, 55, tzinfo=UTC)
    assert approved_at(chief, episodes=[airs]) == FRIDAY


def test_a_late_night_label_on_friday_is_too_late_for_that_friday_in_tokyo(chief):
    Publication.objects.update(time_zone="Asia/Tokyo")
    airs = LateNight.parse("Fridays 24:55").instant_in(Week(2026, 3), TOKYO)

    assert approved_at(chief, episodes=[airs]).astimezone(TOKYO) == datetime(2026, 1, 23, 9, tzinfo=TOKYO)


def test_a_piece_on_several_episodes_waits_for_the_last(chief):
    assert approved_at(chief, episodes=[NOW, FRIDAY + TICK]) == FRIDAY + timedelta(days=7)


def test_an_episode_that_airs_at_the_slot_makes_it(chief):
    assert approved_at(chief, episodes=[FRIDAY]) == FRIDAY


def test_approved_at_the_slot_it_goes_out_at_once(chief):
    assert approved_at(chief, FRIDAY) == FRIDAY
    assert approved_at(chief, FRIDAY + TICK) == FRIDAY + timedelta(days=7)


def test_a_series_with_its_own_slot_goes_by_that(chief):
    tuesday = {"slot_weekday": 1, "slot_time": time(17)}

    published = approved_at(chief, slot=tuesday, episodes=[FRIDAY + TICK])

    assert published.astimezone(NEW_YORK) == datetime(2026, 1, 20, 17, tzinfo=NEW_YORK)


def test_a_plan_comes_before_the_slot(chief):
    review = make_review(planned_at=FRIDAY + TICK)

    assert verbs.approve(review, Act(chief, NOW)).release.publish_at == FRIDAY + TICK


def test_a_slot_keeps_its_wall_time_when_the_clocks_change(chief):
    friday_after_the_change = datetime(2026, 3, 13, 9, tzinfo=NEW_YORK)

    published = approved_at(chief, datetime(2026, 3, 7, 12, tzinfo=UTC))

    assert published == friday_after_the_change
    assert published.hour == 13  # UTC; 14 the week before


def test_a_slot_in_the_hour_that_is_skipped_moves_forward(chief):
    sunday = {"slot_weekday": 6, "slot_time": time(2, 30)}

    published = approved_at(chief, datetime(2026, 3, 6, 12, tzinfo=UTC), slot=sunday)

    assert published.astimezone(NEW_YORK) == datetime(2026, 3, 8, 3, 30, tzinfo=NEW_YORK)


def test_a_slot_in_the_hour_that_comes_twice_takes_the_first(chief):
    sunday = {"slot_weekday": 6, "slot_time": time(1, 30)}

    published = approved_at(chief, datetime(2026, 10, 30, 12, tzinfo=UTC), slot=sunday)

    assert published == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_change_of_the_papers_slot_moves_nothing_that_is_approved(chief):
    assert approved_at(chief) == FRIDAY

    Publication.objects.update(slot_weekday=0, time_zone="Asia/Tokyo")
    Series.objects.update(slot_weekday=2, slot_time=time(9))

    assert Release.objects.get().publish_at == FRIDAY
