"""Previews in a real browser: beside the form, by themselves, at any width."""

import pytest

from coverage.newsroom import clock
from coverage.newsroom.roles import Role
from reviews.models import PreviewLink
from reviews.noting.keeping import write_note
from reviews.previewing.links import make_link
from tests.factories import make_episode, make_review, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]


@pytest.fixture
def editor(sign_in):
    user = make_user(Role.EDITOR)
    sign_in(user)
    return user


@pytest.fixture
def review(editor):
    series = make_series("Moonlit Ferry")
    return make_review(
        series,
        episodes=[make_episode(series, "6")],
        headline="Moonlit Ferry waits for the tide",
        introduction="".join(f"<p>Paragraph {number} of a long evening.</p>" for number in range(30)),
    )


def form_of(review):
    return f"/desk/reviews/review/{review.pk}/change/"


def preview_of(review):
    return f"/desk/reviews/review/{review.pk}/preview/"


@pytest.fixture
def wide(page):
    page.set_viewport_size({"width": 1840, "height": 900})
    return page


def test_the_page_stands_beside_the_form_and_follows_each_save(wide, review):
    wide.goto(form_of(review))
    beside = wide.frame_locator(".beside__page")
    beside.get_by_role("heading", name="Moonlit Ferry waits for the tide").wait_for()
    assert beside.get_by_text("Only the desk sees this").is_visible()

    wide.get_by_label("Headline").fill("Moonlit Ferry leaves")
    with wide.expect_navigation():
        wide.get_by_role("button", name="Save", exact=True).click()

    beside.get_by_role("heading", name="Moonlit Ferry leaves").wait_for()


def test_what_is_typed_shows_beside_the_form_and_leaves_hand_and_place_alone(wide, review):
    wide.goto(form_of(review))
    beside = wide.frame_locator(".beside__page")
    beside.get_by_text("Paragraph 0 of").wait_for()
    wide.evaluate("document.querySelector('.beside__page').contentWindow.scrollTo(0, 300)")

    wide.get_by_label("Headline").fill("Typed just now")

    beside.get_by_text("with what isn't saved yet").wait_for()
    assert beside.get_by_role("heading", name="Typed just now").count() == 1
    assert wide.evaluate("document.activeElement.name") == "headline"
    assert wide.locator(".beside__page").count() == 1
    assert wide.evaluate("document.querySelector('.beside__page').contentWindow.scrollY") == 300


def test_the_link_to_the_preview_takes_along_what_was_typed(page, review):
    page.goto(form_of(review))
    page.get_by_label("Headline").fill("Typed just now")

    page.get_by_role("link", name="Preview", exact=True).click()

    page.get_by_role("heading", name="Typed just now").wait_for()


def test_what_saves_in_the_background_renews_the_page(wide, review):
    wide.goto(form_of(review))
    beside = wide.frame_locator(".beside__page")
    beside.get_by_text("Paragraph 0 of").wait_for()
    review.introduction = "<p>Written meanwhile.</p>"
    review.save()
    review.keep(by=None, at=review.updated_at)

    wide.evaluate("window.dispatchEvent(new Event('piece-saved'))")

    beside.get_by_text("Written meanwhile.").wait_for()


def test_the_page_is_shut_and_opened_by_keyboard_and_stays_so(wide, review):
    wide.goto(form_of(review))
    wide.get_by_role("button", name="Shut it").focus()
    wide.keyboard.press("Enter")
    assert wide.locator(".beside").is_hidden()

    wide.reload()
    assert wide.locator(".beside").is_hidden()
    wide.get_by_role("button", name="Preview beside").focus()
    wide.keyboard.press("Enter")

    assert wide.locator(".beside__page").is_visible()
    assert wide.evaluate("document.activeElement.textContent") == "Shut it"


def test_where_there_is_no_room_for_three_the_copy_desk_stands_beside_the_text(wide, review):
    wide.set_viewport_size({"width": 1440, "height": 900})
    wide.goto(form_of(review))
    wide.locator(".inline-related").first.scroll_into_view_if_needed()
    wide.wait_for_function("document.querySelector('#copy-desk').getBoundingClientRect().left > 900")
    assert wide.locator("#copy-desk-heading").is_visible()
    assert wide.evaluate("document.querySelector('#copy-desk').getBoundingClientRect().top") < 500
    assert wide.locator(".beside").is_hidden()

    wide.get_by_role("button", name="Preview beside").click()

    assert wide.locator(".beside__page").is_visible()
    assert wide.get_by_role("link", name="Copy desk:").is_visible()


def test_where_there_is_no_room_a_link_leads_to_the_page_and_back(page, review):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(form_of(review))
    assert page.locator(".beside").is_hidden()
    assert page.get_by_role("button", name="Preview beside").is_hidden()

    page.get_by_role("link", name="Preview").click()
    page.get_by_role("link", name="Back to the form").click()

    page.wait_for_url(f"**{form_of(review)}")


def test_what_the_page_leads_to_opens_in_a_tab_of_its_own(wide, review):
    wide.goto(form_of(review))
    with wide.expect_popup() as opened:
        wide.frame_locator(".beside__page").get_by_role(
            "link", name="Moonlit Ferry", exact=True
        ).first.click()

    opened.value.wait_for_url("**/series/moonlit-ferry/")


def test_a_link_is_ended_without_leaving_the_form(page, editor, review):
    make_link(review, by=editor, at=clock.now(), for_whom="The studio")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(form_of(review))
    page.get_by_label("Headline").fill("Not saved yet")

    page.get_by_role("button", name="End it").click()

    page.get_by_text("The link leads nowhere any more.").wait_for()
    assert page.get_by_label("Headline").input_value() == "Not saved yet"
    assert not PreviewLink.objects.open(clock.now()).exists()


def test_a_note_is_written_on_the_paragraph_at_hand_and_resolved_without_leaving_the_form(wide, review):
    wide.goto(form_of(review))
    wide.get_by_label("Headline").fill("Not saved yet")
    wide.locator(".field-introduction .ProseMirror p").nth(3).click()
    wide.get_by_text("Write a note").click()
    assert wide.locator("#note-place").input_value() == "introduction:4"
    wide.get_by_label("What is to be done").fill("Which evening?")
    wide.get_by_role("button", name="Keep the note").click()

    wide.get_by_text("The note is kept.").wait_for()
    note = wide.locator(".note")
    assert "Introduction, paragraph 4" in note.text_content()
    assert wide.get_by_label("Headline").input_value() == "Not saved yet"
    assert wide.evaluate("CSS.highlights.get('noted').size") == 1
    wide.frame_locator(".beside__page").get_by_text("1 open note").wait_for()

    note.get_by_role("button", name="Resolve").click()

    wide.get_by_text("The note is resolved.").wait_for()
    assert wide.get_by_text("None is open.").is_visible()
    assert wide.get_by_label("Headline").input_value() == "Not saved yet"


def test_without_a_network_a_note_and_a_links_end_say_that_they_were_not_sent(page, editor, review):
    make_link(review, by=editor, at=clock.now(), for_whom="The studio")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(form_of(review))
    page.get_by_text("Write a note").click()
    page.get_by_label("What is to be done").fill("Which evening?")
    page.context.set_offline(True)

    page.get_by_role("button", name="Keep the note").click()
    page.get_by_text("nothing is kept yet").wait_for()
    page.get_by_role("button", name="End it").click()
    page.get_by_text("the link still works").wait_for()
    typed = page.get_by_label("What is to be done").input_value()
    page.context.set_offline(False)
    page.get_by_role("button", name="Keep the note").click()

    page.get_by_text("The note is kept.").wait_for()
    assert typed == "Which evening?"
    assert not page.get_by_text("nothing is kept yet").is_visible()


def test_a_notes_paragraph_is_shown_in_the_form_and_in_the_preview(page, editor, review):
    write_note(review, "Which evening?", by=editor, at=review.updated_at, place="introduction:25")
    page.set_viewport_size({"width": 1200, "height": 800})
    last = page.get_by_text("Paragraph 24 of")

    page.goto(form_of(review))
    page.locator(".note").get_by_role("button", name="Show").click()
    assert last.first.evaluate("it => it.getBoundingClientRect().top") < 800

    page.goto(preview_of(review))
    page.get_by_text("1 open note").click()
    page.get_by_role("button", name="Show", exact=True).click()
    assert 0 < last.first.evaluate("it => it.getBoundingClientRect().top") < 800


def test_without_scripts_notes_are_written_and_resolved_on_their_own_page(browser, live_server, page, review):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(form_of(review))
    assert plain.get_by_role("button", name="Keep the note").is_hidden()

    plain.get_by_role("link", name="Notes on a page of their own").click()
    plain.get_by_label("On", exact=True).select_option("introduction:2")
    plain.get_by_label("What is to be done").fill("Which evening?")
    plain.get_by_role("button", name="Keep the note").click()
    plain.get_by_role("button", name="Resolve").click()

    assert plain.get_by_text("None is open.").is_visible()
    context.close()
