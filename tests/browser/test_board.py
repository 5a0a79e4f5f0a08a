"""The board in a browser: a table on a desk, a list by week on a phone, by keyboard, for everyone."""

import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from coverage.newsroom.roles import Role
from coverage.newsroom.weeks import Week
from reviews import planning
from reviews.models import Presence, Review
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}

# The class of a cell, and what stands before its words.
SIGNS = """states => states.map(
    state => [state.closest("td").className, getComputedStyle(state, "::before").content]
)"""


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def season(sign_in):
    """Shows in every state, and an editor who looks at them."""
    editor = make_user(Role.EDITOR)
    sign_in(editor)
    ana = make_reviewer("Ana Vale")
    shows = [make_series(title) for title in ("Moonlit Ferry", "Tin Orchard", "The Paper Lantern District")]
    for show in shows:
        for week in (-1, 0, 1, 3):
            make_episode(show, str(week + 7), airs_at=FRIDAY + timedelta(weeks=week, days=-3))
    ferry, orchard, lantern = (list(show.episodes.all()) for show in shows)
    planning.assign(shows[0], None, Act(editor, NOW), ana)
    make_live_review(shows[0], episodes=ferry[:1], reviewer=ana)
    approve(make_review(shows[0], episodes=ferry[1:2], reviewer=ana))
    make_review(shows[1], episodes=orchard[1:2], reviewer=ana)
    planning.skip(shows[2], Week(2026, 4), Act(editor, NOW, note="The critics are away."))
    assert lantern
    return shows


def test_a_wide_window_has_the_table_and_a_phone_the_list(page, season):
    page.goto("/desk/board/")

    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("heading", name="This week, Friday 16 January")).to_be_hidden()
    page.set_viewport_size(PHONE)
    expect(page.get_by_role("table")).to_be_hidden()
    expect(page.get_by_role("heading", name="This week, Friday 16 January")).to_be_visible()


def test_a_week_is_given_away_by_keyboard(page, season):
    page.goto("/desk/board/")
    page.get_by_role("link", name="Unassigned Episode 7").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Who covers it").focus()
    page.keyboard.press("A")
    page.get_by_role("button", name="Assign").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Ana Vale covers The Paper Lantern District.")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("link", name="Not begun Episode 7")).to_be_visible()


def test_a_draft_is_begun_by_keyboard_and_says_what_its_standfirst_is_to_say(page, season):
    page.goto("/desk/board/")
    page.get_by_role("button", name=re.compile("Start the draft ?: Moonlit Ferry, Episode 8")).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_label("Headline")).to_have_value("Moonlit Ferry: episode 8")
    expect(page.get_by_label("Standfirst")).to_have_value("")
    expect(page.get_by_label("Standfirst")).to_have_attribute(
        "placeholder", "What is Moonlit Ferry Episode 8 like, for somebody who hasn't seen it?"
    )


def test_one_tap_leads_to_friday(page, season):
    page.goto("/desk/board/")
    page.get_by_role("button", name=re.compile("See the site on Friday 09:01 ?, 16 January")).click()

    expect(page).to_have_url(re.compile("/$"))
    expect(page.get_by_role("complementary", name="Time machine")).to_contain_text("Friday 16 January, 09:01")


def test_a_state_is_told_by_its_sign_too(page, season):
    page.goto("/desk/board/")
    by_state = dict(page.locator(".board__table .due__state").evaluate_all(SIGNS))

    assert len(by_state) >= 6
    assert len(set(by_state.values())) == len(by_state)


def test_an_open_board_keeps_up_with_who_has_a_piece_open(page, season):
    page.goto("/desk/board/")
    review = Review.objects.filter(series=season[1]).get()
    place = page.get_by_role("table").locator(f"[data-at-it='{review.pk}']")
    expect(place).to_be_hidden()
    Presence.objects.tell(review, make_user(Role.WRITER, "ren"), NOW)

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(place).to_have_text("Open at ren")

    Presence.objects.all().delete()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(place).to_be_hidden()


def test_what_is_begun_later_is_offered_quietly_and_reached_by_keyboard(page, season):
    page.goto("/desk/board/")
    later = page.get_by_role("button", name=re.compile("Moonlit Ferry, Episode 10"))
    assert later.evaluate("it => getComputedStyle(it).opacity") == "0"

    later.focus()

    assert later.evaluate("it => getComputedStyle(it).opacity") == "1"


def test_every_state_fits_and_is_accessible(page, season, looks, assert_fits, assert_accessible):
    for where in ("", "?by=episode", f"{season[2].pk}/2026-W04/"):
        page.goto(f"/desk/board/{where}")

        assert_fits(320)
        for width in looks():
            assert_fits(width)
            assert_accessible()


def test_a_long_season_opens_at_what_is_late_and_shows_that_it_goes_on(page, season):
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto("/desk/board/?whose=all")
    table = page.locator(".board__wide")

    expect(table).to_have_attribute("data-goes-on", "")
    expect(page.locator("thead .board__now")).to_be_in_viewport(ratio=1)
    expect(page.locator("td.due--late").first).to_be_in_viewport(ratio=1)
    names, late = page.locator("thead th").first, page.locator("td.due--late").first
    assert abs(late.bounding_box()["x"] - names.bounding_box()["x"] - names.bounding_box()["width"]) < 2
    table.evaluate("table => table.scrollTo(table.scrollWidth, 0)")

    expect(table).not_to_have_attribute("data-goes-on", "")
