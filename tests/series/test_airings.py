"""Airings move by the wall time of a zone, with the label that stations print."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from coverage.newsroom.latenight import LateNight
from series.airings import STATIONS, Shift

NEW_YORK = ZoneInfo("America/New_York")


def utc(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def to(text):
    return LateNight.parse(text)


def test_by_weeks_the_wall_time_stays_where_summer_time_begins():
    """09:00 in New York is 14:00 UTC in winter, 13:00 in summer."""
    before = utc(2026, 3, 6, 14)

    assert Shift(NEW_YORK, 7).of(before) == utc(2026, 3, 13, 13)
    assert Shift(STATIONS, 7).of(before) == utc(2026, 3, 13, 14)


def test_a_time_that_is_skipped_moves_forward():
    assert Shift(NEW_YORK, 7).of(utc(2026, 3, 1, 7, 30)) == utc(2026, 3, 8, 7, 30)  # 02:30 is 03:30


def test_of_a_time_that_comes_twice_the_first_is_taken():
    assert Shift(NEW_YORK, 7).of(utc(2026, 10, 25, 5, 30)) == utc(2026, 11, 1, 5, 30)


def test_by_the_first_of_two_it_moves_on_as_one_wall_time():
    second = utc(2026, 11, 1, 6, 30)

    assert Shift(NEW_YORK, 7).of(second) == utc(2026, 11, 8, 6, 30)


@pytest.mark.parametrize(
    ("named", "days", "expected"),
    [
        ("Saturdays 10:00", 0, utc(2026, 1, 17, 15)),
        ("Saturdays 10:00", 7, utc(2026, 1, 24, 15)),
        ("Mondays", 0, utc(2026, 1, 12, 14)),
        ("Fridays 25:00", 0, utc(2026, 1, 17, 6)),
    ],
)
def test_to_a_weekday_it_moves_within_its_week(named, days, expected):
    friday_nine = utc(2026, 1, 16, 14)

    assert Shift(NEW_YORK, days, to(named)).of(friday_nine) == expected


def test_a_late_night_airing_counts_to_the_stations_day():
    """Sundays 24:30 is on Monday in Tokyo, and still of the week before."""
    airs_at = utc(2026, 1, 11, 15, 30)

    assert Shift(STATIONS, 0, to("Saturdays 21:00")).of(airs_at, "Sundays 24:30") == utc(2026, 1, 10, 12)
    assert Shift(STATIONS, 0, to("Saturdays 21:00")).of(airs_at) == utc(2026, 1, 17, 12)


def test_only_to_another_weekday_it_keeps_its_time_past_midnight():
    airs_at = utc(2026, 1, 14, 15, 55)
    shift = Shift(STATIONS, 0, to("Thursdays"))

    moved = shift.of(airs_at, "Wednesdays 24:55")

    assert moved == utc(2026, 1, 15, 15, 55)
    assert shift.label("Wednesdays 24:55", moved) == "Thursdays 24:55"


@pytest.mark.parametrize(
    ("shift", "before", "label"),
    [
        (Shift(STATIONS, 7), "Wednesdays 24:55", "Wednesdays 24:55"),
        (Shift(STATIONS, 7), "水曜24:55", "水曜24:55"),
        (Shift(STATIONS, 1), "Wednesdays 24:55", "Thursdays 24:55"),
        (Shift(STATIONS, 7), "every Wednesday", "every Wednesday"),
        (Shift(STATIONS, 2), "every Thursday", "Saturdays"),
        (Shift(STATIONS, 7), "", ""),
        (Shift(STATIONS, 0, LateNight.parse("Fridays 25:30")), "", "Fridays 25:30"),
        (Shift(STATIONS, 0, LateNight.parse("Fridays 21:30")), "", ""),
        (Shift(STATIONS, 0, LateNight.parse("Fridays 21:30")), "Wednesdays 24:55", "Fridays 21:30"),
        (Shift(NEW_YORK, 0, LateNight.parse("Fridays 06:30")), "Wednesdays 24:55", "Fridays 20:30"),
        (Shift(STATIONS, 1), "sometime", "Fridays 00:55"),
    ],
)
def test_the_label_says_what_is_so_afterwards(shift, before, label):
    """Thursday, 00:55 in Tokyo, to begin with; or a week later for what is printed by the day alone."""
    airs_at = utc(2026, 1, 14, 15, 55) if before != "every Wednesday" else utc(2026, 1, 14, 12)

    moved = shift.of(airs_at, before)

    assert shift.label(before, moved) == label


@pytest.mark.parametrize("days", [7, -7, 1, 3])
def test_a_label_that_is_written_anew_is_read_as_the_same_instant(days):
    airs_at, shift = utc(2026, 1, 14, 15, 55), Shift(STATIONS, days)
    moved = shift.of(airs_at, "Wednesdays 24:55")

    slot = LateNight.parse(shift.label("Wednesdays 24:55", moved)).slot(STATIONS)

    assert slot.next_at_or_after(moved) == moved


def test_beyond_the_calendar_it_says_so():
    with pytest.raises(ValueError, match="time zone"):
        Shift(STATIONS, 366).of(utc(9999, 6, 1))
