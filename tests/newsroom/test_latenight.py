from contextlib import suppress
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage.newsroom.latenight import LateNight
from coverage.newsroom.weeks import Week

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("text", "weekday", "wall", "day_shift"),
    [
        ("Wednesdays 24:55", 2, time(0, 55), 1),
        ("Wednesday 24:55", 2, time(0, 55), 1),
        ("wednesdays at 24:55", 2, time(0, 55), 1),
        ("Every Wednesday, 24:55", 2, time(0, 55), 1),
        ("Wed 25:30", 2, time(1, 30), 1),
        ("Wed. 24:00", 2, time(0), 1),
        ("Tues 29:59", 1, time(5, 59), 1),
        ("Thurs 23:59", 3, time(23, 59), 0),
        ("Saturdays 9:30", 5, time(9, 30), 0),
        ("Sundays 0:00", 6, time(0), 0),
        ("毎週水曜24:55〜", 2, time(0, 55), 1),
        ("毎週水曜日 24:55～", 2, time(0, 55), 1),
        ("水曜 24:55", 2, time(0, 55), 1),
        ("水曜 25:30", 2, time(1, 30), 1),
        ("(水) 24時55分", 2, time(0, 55), 1),
        ("水曜日深夜1:25", 2, time(1, 25), 1),
        ("水曜深夜24:55", 2, time(0, 55), 1),
        ("土曜 ９：３０", 5, time(9, 30), 0),
        ("Ｗｅｄｎｅｓｄａｙｓ　２４：５５", 2, time(0, 55), 1),
        ("every Thursday", 3, None, 0),
        ("Thursdays", 3, None, 0),
        ("毎週木曜", 3, None, 0),
    ],
)
def test_late_night_notation_is_read(text, weekday, wall, day_shift):
    late_night = LateNight.parse(f"  {text} ")

    assert (late_night.weekday, late_night.wall, late_night.day_shift) == (weekday, wall, day_shift)
    assert late_night.label == str(late_night) == text


def test_wednesdays_24_55_is_five_to_one_on_thursday():
    instant = LateNight.parse("Wednesdays 24:55").instant_in(Week(2024, 2), TOKYO)

    assert instant == datetime(2024, 1, 10, 15, 55, tzinfo=UTC)
    assert instant.astimezone(TOKYO) == datetime(2024, 1, 11, 0, 55, tzinfo=TOKYO)


def test_sundays_after_midnight_belong_to_the_week_that_ends():
    assert LateNight.parse("日曜 25:00").instant_in(Week(2024, 2), TOKYO) == datetime(
        2024, 1, 14, 16, tzinfo=UTC
    )


def test_a_weekday_without_a_time_stays_just_that():
    late_night = LateNight.parse("every Thursday")

    assert late_night.slot(TOKYO) is None
    assert late_night.instant_in(Week(2024, 2), TOKYO) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Wednesdays 30:00", "no hour 30"),
        ("水曜 99:00", "no hour 99"),
        ("Wednesdays 24:60", "no minute 60"),
        ("Someday 24:55", "“someday” is not a weekday"),
        ("Mo 24:55", "“mo” is not a weekday"),
        ("朝 9:30", "“朝” is not a weekday"),
        ("Saturdays 9:30 pm", "Write it like"),
        ("Wednesdays 24:55 or 25:25", "Write it like"),
        ("24:55", "Write it like"),
        ("Wednesdays 24.55", "Write it like"),
        ("Wednesdays 24:5", "Write it like"),
        ("Wednesdays ٢٤:٥٥", "Write it like"),
        ("", "Write it like"),
    ],
)
def test_what_cannot_be_read_is_refused_in_an_editors_words(text, message):
    with pytest.raises(ValueError, match=message):
        LateNight.parse(text)


@given(st.text(max_size=60))
def test_any_text_is_either_read_or_refused(text):
    with suppress(ValueError):
        assert LateNight.parse(text).weekday in range(7)


@given(
    st.sampled_from("月火水木金土日"),
    st.integers(0, 29),
    st.integers(0, 59),
    st.sampled_from(["毎週{}曜{}〜", "{} {}"]),
)
def test_every_hour_of_the_broadcasting_day_keeps_its_distance_from_its_weekday(weekday, hour, minute, form):
    late_night = LateNight.parse(form.format(weekday, f"{hour}:{minute:02}"))

    instant = late_night.instant_in(Week(2024, 2), TOKYO)

    midnight = datetime(2024, 1, 8 + "月火水木金土日".index(weekday), tzinfo=TOKYO)
    assert (instant - midnight).total_seconds() == hour * 3600 + minute * 60
