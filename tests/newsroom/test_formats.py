"""What is shown without a format of its own reads as the newsroom writes it."""

from datetime import UTC, date, datetime

from django.utils.formats import localize


def test_a_day_stands_before_its_month_and_a_clock_has_24_hours():
    assert localize(date(2026, 1, 16)) == "16 January 2026"
    assert localize(datetime(2026, 1, 16, 21, 5, tzinfo=UTC)) == "16 January 2026, 21:05"
