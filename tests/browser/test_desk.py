"""The desk in a real browser: by keyboard, by thumb, under its policy, for everyone."""

import pytest

from coverage.newsroom.roles import Role
from reviews.models import EpisodeReview, Release, Review
from tests.browser.chromium import settled
from tests.factories import make_episode, make_review, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]


@pytest.fixture
def review():
    series = make_series("Moonlit Ferry")
    episodes = [make_episode(series, "6"), make_episode(series, "7")]
    return make_review(series, episodes=episodes, headline="Moonlit Ferry waits for the tide")


@pytest.fixture
def chief(sign_in):
    user = make_user(Role.CHIEF)
    sign_in(user)
    return user


def form_of(review):
    return f"/desk/reviews/review/{review.pk}/change/"


def editors_are_ready(page):
    page.wait_for_selector("#id_introduction ~ .ProseMirror, .prose-editor .ProseMirror")


def test_stars_are_chosen_by_keyboard_and_saved(page, chief, review):
    page.goto(form_of(review))
    chosen = page.locator("input[name=parts-0-stars]:checked")
    chosen.focus()

    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert EpisodeReview.objects.filter(review=review).first().stars == 4.5


def test_stars_are_chosen_by_thumb_on_targets_big_enough(page, chief, review):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(form_of(review))
    picker = page.locator(".star-picker").first

    for option in picker.locator("label").all():
        box = option.bounding_box()
        assert box["width"] >= 24
        assert box["height"] >= 24
    picker.locator("label", has_text="2.5 stars").click(position={"x": 8, "y": 20})

    assert picker.locator("input:checked").input_value() == "2.5"
    assert picker.get_by_text("2.5 stars").is_visible()


def test_the_login_fits_a_phone_breaks_no_policy_and_is_accessible(
    page, assert_fits, assert_accessible, violations
):
    with settled(page):
        assert page.goto("/desk/login/").status == 200

    assert not violations
    assert_fits(320)
    assert_accessible()


def test_a_draft_is_approved_from_the_form_with_what_was_just_typed(page, chief, review):
    page.goto(form_of(review))
    page.get_by_label("Headline").fill("Typed in a browser")

    with page.expect_navigation():
        page.get_by_role("button", name="Approve for").click()

    assert Review.objects.get().status == "approved"
    assert Release.objects.get().edition.headline == "Typed in a browser"


def test_the_stale_editor_sees_both_texts_and_keeps_theirs(page, chief, review):
    page.goto(form_of(review))
    page.get_by_label("Headline").fill("Mine")
    Review.objects.filter(pk=review.pk).update(headline="Theirs")
    review.keep(by=None, at=review.updated_at)

    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".differences")

    assert page.locator(".difference").first.inner_text().split("\n")[-3:].count("Mine") == 1
    assert page.get_by_label("Headline").input_value() == "Mine"
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".messagelist .success, .messagelist .info")
    assert Review.objects.get().headline == "Mine"


def test_the_form_works_without_javascript(browser, live_server, page, chief, review):
    cookies = page.context.cookies()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(cookies)
    plain = context.new_page()
    plain.goto(form_of(review))

    plain.locator("input[name=parts-0-stars][value='1.5']").check(force=True)
    plain.get_by_role("button", name="Save", exact=True).click()

    assert EpisodeReview.objects.filter(review=review).first().stars == 1.5
    context.close()


def test_a_parts_editor_says_whose_it_is(page, chief, review):
    page.goto(form_of(review))
    editors_are_ready(page)
    part = review.parts.first()

    assert page.get_by_role("textbox", name=f"Text, {part}").is_visible()
    assert page.get_by_role("group", name=str(part), exact=True).get_by_role("radio").count() == 11


def test_what_was_typed_outlives_the_login(page, sign_in, review):
    chief = make_user(Role.CHIEF)
    chief.set_password("tide table")
    chief.save()
    sign_in(chief)
    page.goto(form_of(review))
    page.get_by_label("Headline").fill("Typed while the login ended")
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Username").fill(chief.username)
    page.get_by_label("Password").fill("tide table")
    page.get_by_role("button", name="Log in and go on").click()
    page.wait_for_selector(".messagelist .success, .messagelist .info")

    assert Review.objects.get().headline == "Typed while the login ended"


def test_an_open_menu_is_shut_by_escape_by_a_press_elsewhere_and_by_going_on(page, chief, review):
    page.goto(form_of(review))
    more = page.locator(".verb-bar__more")
    button = more.locator("summary")
    shut = ".verb-bar__more:not([open])"
    button.click()
    page.keyboard.press("Escape")
    page.wait_for_selector(shut)
    assert page.evaluate("document.activeElement.textContent") == "More"

    button.click()
    page.locator("h1").click()
    page.wait_for_selector(shut)

    button.click()
    page.locator("#id_headline").focus()
    page.wait_for_selector(shut)


def test_on_a_phone_what_comes_next_stays_one_button_high(page, chief, review):
    page.set_viewport_size({"width": 390, "height": 844})

    page.goto(form_of(review))

    main = page.locator(".verb-bar__main")
    assert main.inner_text().startswith("Approve for ")
    assert main.bounding_box()["height"] <= 48
