"""Two browsers on one piece, and what is typed and never saved, in a real Chromium."""

import pytest

from coverage.newsroom.roles import Role
from reviews.models import Buffer, Presence, Review
from series.models import Series
from tests.factories import make_episode, make_review, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]


@pytest.fixture
def review():
    series = make_series("Moonlit Ferry")
    return make_review(series, episodes=[make_episode(series, "6")], headline="Moonlit Ferry waits")


@pytest.fixture
def chief(sign_in):
    user = make_user(Role.CHIEF, "mika")
    sign_in(user)
    return user


def form_of(review):
    return f"/desk/reviews/review/{review.pk}/change/"


def type_prose(page, words):
    page.locator(".field-introduction .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def is_kept(page):
    page.wait_for_selector("[data-says=kept]:not([hidden])")


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".messagelist .success, .messagelist .info")


def test_what_was_typed_outlives_a_closed_page_and_is_offered_again(page, chief, review, violations):
    page.goto(form_of(review))
    page.get_by_label("Headline").fill("Typed and never saved")
    type_prose(page, " And more of it.")
    is_kept(page)
    assert Review.objects.get().headline == "Moonlit Ferry waits"

    page.goto("/desk/")
    page.goto(form_of(review))
    page.get_by_role("button", name="Look at it").click()

    assert page.get_by_label("Headline").input_value() == "Typed and never saved"
    assert "And more of it." in page.locator(".field-introduction .ProseMirror").inner_text()
    assert page.locator(".difference").count() == 2
    save(page)
    saved = Review.objects.get()
    assert (saved.headline, "And more of it." in saved.introduction) == ("Typed and never saved", True)
    assert page.locator(".unsaved").count() == 0
    assert not violations


def test_a_page_that_closes_at_once_loses_no_word(page, chief, review):
    page.goto(form_of(review))
    page.get_by_label("Headline").fill("Typed in the last moment")

    page.goto("/desk/")
    page.goto(form_of(review))

    page.get_by_role("button", name="Look at it").click()
    assert page.get_by_label("Headline").input_value() == "Typed in the last moment"


def test_without_a_network_or_a_login_the_browser_keeps_it(page, chief, review, sign_in):
    page.goto(form_of(review))
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Headline").fill("Typed after the login had ended")
    page.wait_for_selector("[data-says=here]:not([hidden])")
    assert not Buffer.objects.exists()

    page.goto("about:blank")
    sign_in(chief)
    page.goto(form_of(review))

    page.get_by_role("button", name="Look at it").click()
    assert page.get_by_label("Headline").input_value() == "Typed after the login had ended"


def test_saving_leaves_nothing_to_offer(page, chief, review):
    page.goto(form_of(review))
    page.get_by_label("Headline").fill("Typed and saved")
    save(page)

    page.reload()
    page.wait_for_load_state("networkidle")

    assert page.locator(".unsaved").count() == 0
    assert not Buffer.objects.filter(ended_at=None).exists()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('eyecatch-desk:'))") == []


def test_looking_without_typing_keeps_nothing(page, chief, review):
    page.goto(form_of(review))
    page.locator(".field-introduction .ProseMirror").click()
    page.get_by_label("Headline").click()
    page.goto("/desk/")

    assert not Buffer.objects.exists()


def test_two_browsers_on_one_piece(browser, live_server, page, chief, review, sign_in, assert_accessible):
    cookies = page.context.cookies()
    sign_in(make_user(Role.EDITOR, "ren"))
    page.goto(form_of(review))
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844})
    context.add_cookies(cookies)
    other = context.new_page()
    other.goto(form_of(review))
    assert "ren has this open" in other.locator(".presence").inner_text()

    other.get_by_label("Headline").fill("Theirs")
    other.locator("#id_standfirst").fill("Theirs alone.")
    save(other)
    page.get_by_label("Headline").fill("Mine")
    type_prose(page, " Mine alone.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".differences")
    assert page.locator(".difference legend").all_inner_texts() == ["Headline", "Introduction"]
    assert_accessible(".differences")
    page.locator(".difference").first.get_by_label("Take theirs").check()
    page.get_by_role("button", name="Save it so").click()
    page.wait_for_selector(".messagelist .success, .messagelist .info")

    saved = Review.objects.get()
    assert (saved.headline, saved.standfirst) == ("Theirs", "Theirs alone.")
    assert "Mine alone." in saved.introduction
    context.close()
    page.goto("/desk/")
    page.wait_for_load_state("networkidle")
    assert not Presence.objects.filter(user__username="ren").exists()


def test_a_stale_series_asks_what_is_to_stay_on_a_phone(page, chief, review, assert_accessible, assert_fits):
    series = review.series
    page.goto(f"/desk/series/series/{series.pk}/change/")
    page.get_by_label("Synopsis").fill("Mine.")
    Series.objects.update(synopsis="Theirs.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".differences")
    assert_fits(390)
    assert_accessible(".differences")

    page.get_by_label("Take theirs").check()
    page.get_by_role("button", name="Save it so").click()
    page.wait_for_selector(".messagelist .success, .messagelist .info")

    assert Series.objects.get().synopsis == "Theirs."
