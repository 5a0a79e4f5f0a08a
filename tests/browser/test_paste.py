"""The screen "Paste an article" in a real browser."""

import pytest

from coverage.newsroom.roles import Role
from reviews.models import Review
from tests.factories import make_episode, make_review, make_series, make_user
from tests.reviews.importing.articles import WEEKLY

pytestmark = pytest.mark.django_db(transaction=True)

URL = "/desk/reviews/review/paste/"
DOCUMENT = """
<b style="font-weight:normal"><p>Tin Orchard</p><p>Apples <i>and</i> rust.</p>
<h2>Episode 1: “The First Graft” (⭐⭐⭐)</h2><p>It hums.</p></b>
"""
PASTE = """([text, html]) => {
  const field = document.querySelector("textarea[name=text]")
  const data = new DataTransfer()
  data.setData("text/plain", text)
  data.setData("text/html", html)
  field.focus()
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }))
  field.value = text  // a synthetic paste inserts nothing by itself
}"""


@pytest.fixture
def chief(sign_in):
    user = make_user(Role.CHIEF)
    sign_in(user)
    return user


@pytest.fixture
def read(page, chief):
    """The screen after an article was read against a draft."""
    draft = make_review(make_series("Tin Orchard"))
    page.goto(URL)
    page.get_by_label("The article").fill(WEEKLY.replace("(⭐⭐1/2)", "(B+)"))
    page.get_by_label("Fill a draft").select_option(str(draft.pk))
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", name="The source, line by line").wait_for()


def test_what_was_understood_fits_every_width_and_is_accessible(page, read, assert_fits, assert_accessible):
    assert page.get_by_role("button", name="Fill this draft").is_visible()
    for width in (820, 390, 320, 1280):
        assert_fits(width)
    assert_accessible()


def test_rich_text_pasted_from_a_document_keeps_its_emphasis(page, chief):
    make_episode(make_series("Tin Orchard"), "1")
    page.goto(URL)

    page.evaluate(
        PASTE,
        ["Tin Orchard\n\nApples and rust.\n\nEpisode 1: “The First Graft” (⭐⭐⭐)\n\nIt hums.", DOCUMENT],
    )
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url("**/change/")

    assert Review.objects.get().introduction == "<p>Apples <em>and</em> rust.</p>"


def test_a_pasted_article_survives_a_closed_page(page, chief):
    page.goto(URL)
    page.get_by_label("The article").fill(WEEKLY)
    page.goto("/desk/")

    page.goto(URL)
    page.get_by_role("button", name="Look at it, then save or leave it").click()

    assert page.get_by_label("The article").input_value() == WEEKLY
