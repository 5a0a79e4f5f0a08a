import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.walltime import in_words, place_name, resolve_wall
from coverage.newsroom.weeks import Week
from tests.newsroom.zones import SWEEP_END, SWEEP_START, all_transitions, all_zones

NEW_YORK = ZoneInfo("America/New_York")
TOKYO = ZoneInfo("Asia/Tokyo")
FRIDAY_MORNING = WeeklySlot(4, time(9), NEW_YORK)


def test_a_wall_time_in_a_gap_moves_forward_by_the_gaps_length():
    instant = resolve_wall(date(2025, 3, 9), time(2, 30), NEW_YORK)

    assert instant == datetime(2025, 3, 9, 7, 30, tzinfo=UTC)
    assert instant.astimezone(NEW_YORK).time() == time(3, 30)


def test_a_wall_time_that_comes_twice_is_the_first():
    assert resolve_wall(date(2025, 11, 2), time(1, 30), NEW_YORK) == datetime(2025, 11, 2, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "skipped"), [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))]
)
def test_a_day_skipped_whole_gives_the_same_time_on_the_next(key, skipped):
    zone = ZoneInfo(key)

    instant = resolve_wall(skipped, time(9), zone)

    assert instant.astimezone(zone).date() == skipped + timedelta(days=1)
    assert instant.astimezone(zone).time() == time(9)


def test_a_fold_or_a_zone_on_the_wall_time_changes_nothing():
    plain = resolve_wall(date(2025, 11, 2), time(1, 30), NEW_YORK)

    assert resolve_wall(date(2025, 11, 2), time(1, 30, fold=1), NEW_YORK) == plain


def test_every_transition_of_every_zone_skips_forward_and_doubles_to_the_first():
    for zone, at, before, after in all_transitions():
        edges = sorted([(at + before).replace(tzinfo=None), (at + after).replace(tzinfo=None)])
        inside = [edges[0], edges[0] + (edges[1] - edges[0]) / 2, edges[1] - timedelta(minutes=1)]

        for wall in inside:
            resolved = resolve_wall(wall.date(), wall.time(), zone)
            assert resolved.replace(tzinfo=None) == wall - before, (zone.key, wall)
            if after < before:
                assert resolved < at

        for wall in (edges[0] - timedelta(minutes=1), edges[1]):
            resolved = resolve_wall(wall.date(), wall.time(), zone)
            assert resolved.astimezone(zone).replace(tzinfo=None) == wall, (zone.key, wall)


def test_every_zone_has_exactly_one_slot_a_week_in_strict_order():
    chance = random.Random(20240117)
    for zone in all_zones():
        slot = WeeklySlot(
            chance.randrange(7),
            time(chance.randrange(24), chance.choice((0, 30, 55))),
            zone,
            chance.randrange(2),
        )
        week, last = Week.of(SWEEP_START, zone), Week.of(SWEEP_END, zone)
        previous = slot.on(week.previous())
        while week <= last:
            instant = slot.on(week)
            local = instant.astimezone(zone)
            assert timedelta(days=6) < instant - previous < timedelta(days=8), (slot, week)
            assert local.time() == slot.wall or is_after_a_gap(instant, zone), (slot, week)
            assert local.weekday() == (slot.weekday + slot.day_shift) % 7
            previous, week = instant, week.next()


def is_after_a_gap(instant, zone):
    earlier = (instant - timedelta(hours=2)).astimezone(zone)
    return instant.astimezone(zone).utcoffset() > earlier.utcoffset()


def test_the_next_slot_is_the_first_not_before_at_every_transition():
    for zone, at, _, _ in all_transitions()[::7]:
        local = at.astimezone(zone)
        for day_shift in (0, 1):
            slot = WeeklySlot((local.weekday() - day_shift) % 7, local.time(), zone, day_shift)
            for instant in (at - timedelta(seconds=1), at, at + timedelta(seconds=1)):
                found = slot.next_at_or_after(instant)
                weeks = [Week.of_day(local.date() + timedelta(days=days)) for days in (-14, -7, 0, 7, 14)]
                assert found == min(moment for week in weeks if (moment := slot.on(week)) >= instant)


def test_an_episode_that_airs_in_the_slot_itself_goes_out_in_it():
    slot_time = datetime(2024, 1, 19, 14, tzinfo=UTC)

    assert FRIDAY_MORNING.next_at_or_after(slot_time) == slot_time
    assert FRIDAY_MORNING.next_at_or_after(slot_time + timedelta(microseconds=1)) == slot_time + timedelta(
        days=7
    )


def test_the_slot_keeps_its_wall_time_over_a_change_of_clocks():
    before = FRIDAY_MORNING.next_at_or_after(datetime(2025, 10, 30, tzinfo=UTC))
    after = FRIDAY_MORNING.next_at_or_after(datetime(2025, 11, 5, tzinfo=UTC))

    assert (before, after) == (datetime(2025, 10, 31, 13, tzinfo=UTC), datetime(2025, 11, 7, 14, tzinfo=UTC))


def test_a_late_night_sunday_slot_is_found_from_the_monday_it_falls_on():
    slot = WeeklySlot(6, time(0, 55), TOKYO, day_shift=1)
    monday_just_after_midnight = datetime(2024, 1, 14, 15, 10, tzinfo=UTC)

    assert slot.next_at_or_after(monday_just_after_midnight) == datetime(2024, 1, 14, 15, 55, tzinfo=UTC)


@pytest.mark.parametrize("end", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
@pytest.mark.parametrize("key", ["America/New_York", "Asia/Tokyo", "UTC"])
def test_the_ends_of_the_calendar_are_refused(end, key):
    slot = WeeklySlot(4, time(9), ZoneInfo(key))

    with pytest.raises(ValueError, match=r"far from the present|year"):
        slot.next_at_or_after(end)


@pytest.mark.parametrize(
    ("day", "wall", "key"), [(date.min, time.min, "Asia/Tokyo"), (date.max, time.max, "US/Eastern")]
)
def test_a_wall_time_past_the_calendar_is_refused(day, wall, key):
    with pytest.raises(ValueError, match="far from the present"):
        resolve_wall(day, wall, ZoneInfo(key))


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="naive"):
        FRIDAY_MORNING.next_at_or_after(datetime(2024, 1, 19))  # noqa: DTZ001 - naive is the point


@pytest.mark.parametrize(
    ("weekday", "wall", "day_shift"),
    [(7, time(9), 0), (-1, time(9), 0), (4, time(9), 2), (4, time(9, tzinfo=UTC), 0)],
)
def test_a_slot_that_makes_no_sense_is_refused(weekday, wall, day_shift):
    with pytest.raises(ValueError, match=r"weekday|wall time"):
        WeeklySlot(weekday, wall, NEW_YORK, day_shift)


def test_an_instant_is_told_in_words_with_its_place():
    instant = datetime(2025, 11, 28, 14, tzinfo=UTC)

    assert FRIDAY_MORNING.in_words(instant) == "Friday 28 November, 09:00 New York"
    assert in_words(instant, ZoneInfo("UTC")) == "Friday 28 November, 14:00 UTC"


def test_the_year_is_told_when_it_is_not_the_current_one_there():
    new_year_in_tokyo = datetime(2025, 12, 31, 15, tzinfo=UTC)

    assert in_words(new_year_in_tokyo, TOKYO, now=new_year_in_tokyo) == "Thursday 1 January, 00:00 Tokyo"
    an_hour_before = new_year_in_tokyo - timedelta(hours=1)
    assert in_words(new_year_in_tokyo, TOKYO, now=an_hour_before) == "Thursday 1 January 2026, 00:00 Tokyo"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("America/Port-au-Prince", "Port-au-Prince"),
        ("Etc/UTC", "UTC"),
        ("Etc/GMT+5", "UTC-5"),
        ("Etc/GMT-14", "UTC+14"),
        ("Etc/GMT-0", "UTC"),
    ],
)
def test_a_zone_is_named_as_people_call_it(key, name):
    assert place_name(ZoneInfo(key)) == name
