"""The time machine in a browser: one tap there and one back, by keyboard, on a phone, for everyone."""

import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from coverage.desk.time_machine.changes import changes
from coverage.newsroom.roles import Role
from tests.browser.following import THIS_FRIDAY, keep, shelf_of
from tests.factories import NOW, approve, make_episode, make_review, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]

PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coming(sign_in):
    sign_in(make_user(Role.EDITOR))
    series = make_series("Moonlit Ferry")
    make_episode(series, "9", airs_at=NOW + timedelta(days=3))
    return approve(make_review(series, episodes=[make_episode(series)], headline="The tide turns"))


def banner_of(page):
    return page.get_by_role("complementary", name="Time machine")


def test_one_tap_on_a_phone_leads_to_friday_and_another_back(page, coming):
    page.set_viewport_size(PHONE)
    page.goto("/desk/")

    page.get_by_role("button", name="See the site on Friday 09:01").click()
    page.get_by_role("link", name="The tide turns").first.click()

    expect(page).to_have_url(re.compile(coming.slug))
    expect(banner_of(page)).to_contain_text("Friday 16 January, 09:01 New York")
    page.mouse.wheel(0, 2000)
    expect(banner_of(page)).to_be_in_viewport()
    banner_of(page).get_by_role("button", name="Back to now").click()
    expect(banner_of(page)).to_have_count(0)
    expect(page.locator("h1")).not_to_have_text("The tide turns")


def test_any_instant_is_chosen_by_keyboard(page, coming):
    page.goto("/desk/time-machine/")
    page.get_by_label("Day").fill("2026-01-16")
    page.get_by_label("Time", exact=True).fill("08:59:59")

    page.keyboard.press("Enter")
    page.get_by_role("link", name="Open the front page").focus()
    page.keyboard.press("Enter")

    expect(banner_of(page)).to_contain_text("08:59:59")
    expect(page.get_by_role("link", name="The tide turns")).to_have_count(0)


def test_what_could_not_be_compared_at_once_comes_by_itself(page, coming, monkeypatch):
    """In three parts: one answer, one more, and the rest."""

    def in_parts(now, then, after):
        return changes(now, then, after, seconds=600 if after > 1 else 0)

    monkeypatch.setattr("coverage.desk.time_machine.page.changes", in_parts)
    page.goto("/desk/time-machine/")

    page.get_by_role("button", name=re.compile("Then.*Friday 16 January")).click()

    status = page.locator("[data-changes]").get_by_role("status")
    expect(status).to_have_text(re.compile(r"(\d+) of \1 answers compared"), timeout=120_000)
    expect(page.get_by_role("link", name="Compare the rest")).to_have_count(0)
    lists = page.locator("[data-group=lists]")
    expect(lists.locator("[data-count]")).to_have_text(str(lists.locator("li").count()))


def test_it_fits_and_is_accessible(page, coming, assert_fits, assert_accessible):
    page.goto("/desk/time-machine/")
    page.get_by_role("button", name=re.compile("Then.*Friday 16 January")).click()
    for path in ("/desk/time-machine/", "/"):
        page.goto(path)

        assert_fits(320)
        assert_fits(1280)
        assert_accessible()


def test_what_is_new_is_new_as_of_the_instant(red, page, sign_in):
    sign_in(make_user(Role.EDITOR))
    keep(page, shelf_of(red, "10"))
    page.clock.set_fixed_time(THIS_FRIDAY + timedelta(weeks=30))
    new = page.locator("[data-my-shows] li").get_by_text("New", exact=True)
    page.goto("/")
    expect(page.locator("[data-my-shows] li")).to_be_visible()
    expect(new).to_be_hidden()

    page.goto("/desk/time-machine/")
    page.get_by_label("Day").fill("2026-01-16")
    page.get_by_label("Time", exact=True).fill("09:00:01")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Open the front page").click()

    expect(new).to_be_visible()
