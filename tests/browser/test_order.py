"""Parts and bylines are put in order with the keyboard, without numbers."""

import pytest

from coverage.newsroom.roles import Role
from tests.factories import make_episode, make_review, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]


def test_a_part_is_moved_by_keyboard_and_saved_there(page, sign_in):
    sign_in(make_user(Role.EDITOR))
    series = make_series()
    review = make_review(series, episodes=[make_episode(series, number) for number in ("1", "2", "3")])
    page.goto(f"/desk/reviews/review/{review.pk}/change/")
    last = page.locator("#parts-2")
    assert last.get_by_label("Position").is_hidden()
    assert last.get_by_text("Position").is_hidden()
    assert page.locator("#bylines-0").get_by_role("button", name="Move up").is_hidden()

    last.get_by_role("button", name="Move up").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.inline-related').id") == "parts-2"
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("Saved.").wait_for()
    assert [part.episode.number for part in review.parts.select_related("episode")] == ["3", "1", "2"]


def test_a_new_byline_stands_last_until_it_is_moved(page, sign_in):
    sign_in(make_user(Role.EDITOR))
    review = make_review()
    page.goto(f"/desk/reviews/review/{review.pk}/change/")

    page.locator("#bylines-group .add-row a, #bylines-group .add-row button").first.click()

    assert page.locator("#id_bylines-1-position").input_value() == "1"
    page.locator("#bylines-1").get_by_role("button", name="Move up").click()
    assert page.locator("#id_bylines-1-position").input_value() == "0"
    assert page.locator("#id_bylines-0-position").input_value() == "1"
