from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coverage.newsroom.weeks import Week
from tests.newsroom.zones import all_transitions, all_zones

NEW_YORK = ZoneInfo("America/New_York")
TOKYO = ZoneInfo("Asia/Tokyo")
LAST = Week.of_day(date(9998, 12, 28))


def test_a_week_is_written_and_read_as_iso_does():
    assert str(Week(2024, 3)) == "2024-W03"
    assert Week.parse("2024-W03") == Week(2024, 3)


@pytest.mark.parametrize(
    "text",
    ["", "2024-W3", "2024-w03", "2024W03", "2024-03", " 2024-W03", "2024-W03\n", "99999-W01", "２０２４-W03"],
)
def test_what_is_not_written_as_a_week_is_refused(text):
    with pytest.raises(ValueError, match="A week is written like 2024-W03"):
        Week.parse(text)


@pytest.mark.parametrize("text", ["2024-W00", "2024-W53", "0000-W01", "0001-W01", "9999-W01"])
def test_a_week_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError, match=r"[Ii]nvalid week|No week"):
        Week.parse(text)


def test_the_same_instant_is_another_week_in_another_zone():
    sunday_evening_in_new_york = datetime(2024, 1, 21, 23, tzinfo=UTC)

    assert Week.of(sunday_evening_in_new_york, NEW_YORK) == Week(2024, 3)
    assert Week.of(sunday_evening_in_new_york, TOKYO) == Week(2024, 4)


def test_the_weeks_around_a_new_year_follow_each_other():
    assert Week.of_day(date(2026, 12, 31)) == Week(2026, 53)
    assert Week(2026, 53).next() == Week(2027, 1)
    assert Week(2027, 1).previous() == Week(2026, 53)


def test_a_week_runs_from_monday_to_sunday():
    days = Week(2024, 3).days()

    assert (days[0], days[-1], len(days)) == (date(2024, 1, 15), date(2024, 1, 21), 7)
    assert days[0] == Week(2024, 3).monday


def test_weeks_sort_by_time():
    assert sorted([Week(2025, 1), Week(2024, 52), Week(2024, 3)]) == [
        Week(2024, 3),
        Week(2024, 52),
        Week(2025, 1),
    ]


def test_weeks_leave_no_instant_out_and_share_none_in_every_zone():
    for zone in all_zones():
        week = Week(2025, 1)
        while week.year < 2027:
            start, end = week.starts(zone), week.ends(zone)
            assert end == week.next().starts(zone)
            assert Week.of(start, zone) == Week.of(end - timedelta(microseconds=1), zone) == week, (
                zone.key,
                week,
            )
            assert Week.of(start - timedelta(microseconds=1), zone) == week.previous(), (zone.key, week)
            week = week.next()


def test_an_instant_lies_in_its_week_at_every_transition():
    for zone, at, _, _ in all_transitions():
        for instant in (at - timedelta(seconds=1), at):
            week = Week.of(instant, zone)
            assert week.starts(zone) <= instant < week.ends(zone)


def test_an_instant_lies_in_its_week_where_clocks_went_back_over_a_sundays_midnight():
    newfoundland = ZoneInfo("America/St_Johns")
    instant = datetime(2010, 11, 7, 2, 31, tzinfo=UTC) - timedelta(minutes=10)

    while instant < datetime(2010, 11, 7, 5, tzinfo=UTC):
        week = Week.of(instant, newfoundland)
        assert week.starts(newfoundland) <= instant < week.ends(newfoundland)
        instant += timedelta(minutes=1)


def test_a_week_whose_clocks_change_is_an_hour_longer_or_shorter():
    assert Week(2025, 44).ends(NEW_YORK) - Week(2025, 44).starts(NEW_YORK) == timedelta(days=7, hours=1)
    assert Week(2025, 10).ends(NEW_YORK) - Week(2025, 10).starts(NEW_YORK) == timedelta(days=7, hours=-1)


@pytest.mark.parametrize("key", ["America/New_York", "Asia/Tokyo", "UTC"])
@pytest.mark.parametrize("instant", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_ends_of_the_calendar_are_refused(instant, key):
    with pytest.raises(ValueError, match=r"far from the present|year"):
        Week.of(instant, ZoneInfo(key))


def test_the_first_and_the_last_week_have_no_neighbour():
    with pytest.raises(ValueError, match=r"far from the present|year"):
        Week(2, 1).previous()
    with pytest.raises(ValueError, match=r"far from the present|year"):
        LAST.next()
    assert LAST.ends(NEW_YORK).year == 9999


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="naive"):
        Week.of(datetime(2024, 1, 19), NEW_YORK)  # noqa: DTZ001 - naive is the point
