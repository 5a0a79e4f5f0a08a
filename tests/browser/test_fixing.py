"""09:02, on a phone: from the desk's front page to the corrected one, counting what an editor has to do."""

from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from coverage.newsroom.roles import Role
from reviews.models import Release, Review
from tests.browser.editing import Editor
from tests.factories import FRIDAY, NOW, approve, make_episode, make_part, make_review, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]

PHONE = {"width": 390, "height": 844}
# Beyond these it is no minute's work.
MOST = 5


@pytest.fixture(autouse=True)
def two_past_nine():
    with time_machine.travel(FRIDAY + timedelta(minutes=2), tick=False):
        yield


@pytest.fixture
def review(sign_in):
    sign_in(make_user(Role.EDITOR))
    series = make_series("Moonlit Ferry")
    episodes = [make_episode(series, number, title="") for number in ("6", "7")]
    review = make_review(
        series,
        reviewer=None,
        headline="The tied turns for the ferry",
        slug="ferry",
        introduction="<p>A night on the water.</p><ul><li><p>One lamp</p></li></ul>",
    )
    for episode in episodes:
        make_part(review, episode, review.bylines.get().reviewer, body="<p>The sea is <em>calm</em>.</p>")
    review.keep(by=None, at=NOW)
    return approve(Review.objects.get(pk=review.pk))


def address(review):
    return f"/desk/reviews/review/{review.pk}/fix/"


def editors_are_ready(page):
    page.wait_for_selector(".ProseMirror")


def test_a_slip_found_at_two_past_nine_is_put_right_in_five_steps(page, review):
    page.set_viewport_size(PHONE)
    page.goto("/desk/")
    editor = Editor(page)

    editor.click(page.get_by_role("link", name="Fix what is live"))
    editor.fill(page.get_by_label("Headline"), "The tide turns for the ferry")
    editor.click(page.get_by_role("button", name="Publish the fix"))
    editor.click(page.get_by_role("link", name="See it as readers do"))

    expect(page).to_have_url(f"{page.url.split('/reviews/')[0]}/reviews/ferry/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The tide turns for the ferry")
    editor.done.at_most(MOST)


def test_the_prose_editor_changes_nothing_but_what_was_typed(page, review):
    page.set_viewport_size(PHONE)
    page.goto(address(review))
    editors_are_ready(page)

    body = page.locator(".ProseMirror").nth(1)
    body.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Still.")
    page.get_by_role("button", name="Publish the fix").click()

    page.wait_for_url("**/change/")
    edition = Release.objects.get().edition
    assert [part.body for part in edition.parts.all()] == [
        "<p>The sea is <em>calm</em>. Still.</p>",
        "<p>The sea is <em>calm</em>.</p>",
    ]
    assert edition.introduction == "<p>A night on the water.</p><ul><li><p>One lamp</p></li></ul>"


def test_an_untouched_form_has_nothing_to_publish(page, review):
    page.goto(address(review))
    editors_are_ready(page)

    page.get_by_role("button", name="Publish the fix").click()

    expect(page.get_by_text("Nothing is changed yet")).to_be_visible()
