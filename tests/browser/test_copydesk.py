"""The copy desk's margin in a real browser: it follows the typing, and takes its answers without a save."""

import pytest

from coverage.newsroom.roles import Role
from reviews.models import IgnoredFinding, Review
from tests.factories import make_episode, make_review, make_series, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]

NOTE = "#copy-desk .copydesk__note"


@pytest.fixture
def review():
    series = make_series("Tin Orchard")
    return make_review(
        series,
        episodes=[make_episode(series)],
        headline="Tin Orchad in spring",
        introduction="<p>An opening.</p><p>This is <em>Tin Orchad</em>, and Tin Orchad is frustratng.</p>",
    )


@pytest.fixture
def form(page, sign_in, review):
    """The form, open before an editor, its prose editors ready."""
    sign_in(make_user(Role.EDITOR))
    page.goto(f"/desk/reviews/review/{review.pk}/change/")
    page.locator(".field-introduction .ProseMirror").wait_for()
    return page


def note_of(page, field, found):
    return page.locator(f'{NOTE}[data-field="{field}"][data-found="{found}"]')


def test_findings_come_and_go_while_somebody_types(form, review):
    status = form.locator("[data-copydesk-status]")
    note_of(form, "headline", "Tin Orchad").wait_for()

    form.locator("#id_headline").fill("Tin Orchard in a wierd spring")
    note_of(form, "headline", "wierd").wait_for()
    assert note_of(form, "headline", "Tin Orchad").count() == 0
    form.get_by_text("After the last part", exact=True).click()
    form.locator(".field-conclusion .ProseMirror").press_sequentially("An unsaved acident.")
    note_of(form, "conclusion", "acident").wait_for()

    assert "4 things to look at" in status.text_content()
    assert Review.objects.get(pk=review.pk).headline == "Tin Orchad in spring"


def test_a_fix_is_taken_into_the_text_by_keyboard_and_can_be_undone(form):
    fix = note_of(form, "introduction", "Tin Orchad").get_by_role("button", name="Write “Tin Orchard”")
    fix.focus()
    form.keyboard.press("Enter")
    note_of(form, "introduction", "Tin Orchad").wait_for(state="detached")

    prose = form.locator(".field-introduction .ProseMirror")
    assert prose.locator("em").text_content() == "Tin Orchard"
    assert prose.text_content().count("Tin Orchard") == 2
    assert form.evaluate("document.activeElement !== document.body")
    prose.press("Control+z")
    note_of(form, "introduction", "Tin Orchad").wait_for()


def test_a_fix_is_taken_into_a_plain_field(form):
    note_of(form, "headline", "Tin Orchad").get_by_role("button", name="Write “Tin Orchard”").click()

    note_of(form, "headline", "Tin Orchad").wait_for(state="detached")
    assert form.locator("#id_headline").input_value() == "Tin Orchard in spring"


def test_suggestions_come_when_asked_for_and_what_is_right_is_ignored(form):
    slip = note_of(form, "introduction", "frustratng")
    slip.get_by_role("button", name="Suggest").click()
    slip.get_by_role("button", name="Write “frustrating”").wait_for()

    slip.get_by_role("button", name="Ignore").click()
    slip.wait_for(state="detached")

    assert "isn't shown again" in form.locator("[data-copydesk-status]").text_content()
    assert IgnoredFinding.objects.get().found == "frustratng"
    assert form.evaluate("document.activeElement.closest('#copy-desk') !== null")


def test_without_a_network_an_answer_says_that_it_is_not_done(form):
    slip = note_of(form, "introduction", "frustratng")
    form.context.set_offline(True)

    slip.get_by_role("button", name="Ignore").click()

    slip.get_by_text("this isn’t done").wait_for()
    assert "this isn’t done" in form.locator("[data-copydesk-status]").text_content()
    assert not IgnoredFinding.objects.exists()


def test_the_words_are_marked_where_they_stand_and_a_note_leads_to_them(form):
    marked = "(name) => [...CSS.highlights.get(name)].map(String).sort()"
    form.wait_for_function("CSS.highlights.get('copydesk-holds')?.size === 2")

    assert form.evaluate(marked, "copydesk-holds") == ["Tin Orchad", "Tin Orchad"]
    assert form.evaluate(marked, "copydesk") == ["frustratng"]
    form.locator("#copy-desk").get_by_role("link", name="Introduction").click()
    assert form.evaluate("String(getSelection())") == "Tin Orchad"


def test_the_margin_is_accessible_and_fits_a_phone(form, assert_accessible, assert_fits):
    assert_fits(390)
    assert form.get_by_role("link", name="Copy desk:").is_visible()
    assert_accessible("#copy-desk")


def test_an_editor_says_why_something_may_stand(form, review, assert_accessible, assert_fits):
    with form.expect_navigation():
        note_of(form, "headline", "Tin Orchad").get_by_role("button", name="Let “Tin Orchad” pass").click()
    assert_fits(390)

    form.get_by_label("Why it may stand").fill("It is the name of a pub.")
    with form.expect_navigation():
        form.get_by_role("button", name="Let it pass").click()

    passed = note_of(form, "headline", "Tin Orchad")
    assert "let it pass: It is the name of a pub." in passed.text_content()
    assert passed.get_by_text("stops approval").count() == 0
    assert_accessible("#copy-desk")


def test_the_pages_about_answers_are_accessible_and_fit_a_phone(form, review, assert_accessible, assert_fits):
    note_of(form, "introduction", "frustratng").get_by_role("button", name="Ignore").click()
    note_of(form, "introduction", "frustratng").wait_for(state="detached")
    mark = note_of(form, "headline", "Tin Orchad").get_attribute("id").removeprefix("finding-")

    for address in ("copydesk/ignored/", f"{review.pk}/copydesk/{mark}/"):
        form.goto(f"/desk/reviews/review/{address}")
        assert_accessible()
        assert_fits(390)
    form.goto("/desk/reviews/review/copydesk/ignored/")
    with form.expect_navigation():
        form.get_by_role("button", name="Show again").click()
    assert form.get_by_text("Nothing is ignored.").is_visible()


def test_without_scripts_a_fix_is_taken_with_the_save(browser, live_server, sign_in, page, review):
    sign_in(make_user(Role.EDITOR))
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"/desk/reviews/review/{review.pk}/change/")

    note_of(plain, "introduction", "Tin Orchad").get_by_role("button", name="Write “Tin Orchard”").click()

    note_of(plain, "headline", "Tin Orchad").wait_for()
    assert note_of(plain, "introduction", "Tin Orchad").count() == 0
    context.close()
    assert "<em>Tin Orchard</em>, and Tin Orchard is" in Review.objects.get(pk=review.pk).introduction
