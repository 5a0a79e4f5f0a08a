"""Moving from the board in a browser: by keyboard, on a phone, in light and dark, without JavaScript."""

from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from coverage.newsroom.roles import Role
from tests.factories import FRIDAY, NOW, approve, make_episode, make_review, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]

WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def series(sign_in):
    """A chief looks at a show with a draft for one week, and an approved piece for the next."""
    sign_in(make_user(Role.CHIEF))
    series = make_series("The Paper Lantern District")
    episodes = [
        make_episode(series, str(number), airs_at=FRIDAY - timedelta(days=3) + (number - 7) * WEEK)
        for number in range(7, 11)
    ]
    episodes[1].late_night_label = "Tuesdays 23:00"
    episodes[1].save()
    make_review(series, episodes=episodes[1:2], planned_at=FRIDAY + WEEK)
    approve(make_review(series, episodes=episodes[2:3]), FRIDAY + 2 * WEEK)
    return series


def address(series):
    episode = series.episodes.get(number="8").pk
    return f"/desk/board/{series.pk}/2026-W04/move/?what=airings&scope=onward&episode={episode}&days=8"


def test_a_break_week_is_made_by_keyboard(page, series):
    page.goto(f"/desk/board/{series.pk}/2026-W04/")
    page.get_by_role("link", name="Move an airing or a slot").focus()
    page.keyboard.press("Enter")
    page.get_by_label("This one only").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("By weeks").focus()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What moves", exact=True)).to_be_visible()
    page.get_by_role("button", name="Move all this").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Moved: 3 airings, 2 pieces.")).to_be_visible()
    assert series.episodes.get(number="10").airs_at == FRIDAY - timedelta(days=3) + 4 * WEEK


def test_what_would_move_and_what_stands_in_its_way_fit_and_are_accessible(
    page, series, looks, assert_fits, assert_accessible
):
    faulty = address(series).replace("days=8", "days=-30")
    make_review(series, episodes=[series.episodes.get(number="10")], planned_at=FRIDAY + 2 * WEEK)
    for where in (address(series), faulty):
        page.goto(where)

        assert_fits(320)
        for width in looks():
            assert_fits(width)
            assert_accessible()
