"""What a reader keeps in their own browser: how far they are, and what is closed to them therefore."""

import threading

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import settled
from tests.browser.following import BEYOND, LOW, SEEN, WORDS, keep, kept, seen, shelf_of

SCRIPTS = "**/static/js/site/**"


@pytest.fixture
def stranger(browser, live_server):
    """Somebody of whom the browser knows nothing."""
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


PATHS = [
    "/", "/reviews/", "/series/", "/series/red/", "/series/red/reviews/", "/reviews/red-5/", "/reviews/both/",
    "/seasons/2026/winter/", "/weeks/2026-W03/", "/reviewers/first-critic/", "/search/?q=red",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_nothing_beyond_a_reader_shows_anywhere_and_all_before_does(path, red, page, stranger):
    keep(page, shelf_of(red, "5"))

    stranger.goto(path)
    page.goto(path)

    everything, shown = seen(stranger), seen(page)
    own_headline = "Bothhead" if path == "/reviews/both/" else None
    if own_headline:
        shown = shown.replace("BothheadMaple", "").replace("Maplestand", "")
    assert [word for word in (*BEYOND, LOW) if word in shown] == []
    of_before = {word for word in everything.split() if word.startswith((WORDS["4"], WORDS["5"]))}
    assert {word for word in of_before if word not in shown} == set()


def test_there_would_be_something_to_see(red, stranger):
    stranger.goto("/reviews/")

    assert [word for word in (*BEYOND, LOW) if word not in seen(stranger)] == []


def test_who_has_not_started_sees_of_no_episode_and_who_is_up_to_date_of_all(red, page, stranger):
    keep(page, shelf_of(red, None))
    keep(stranger, shelf_of(red, "*"))

    page.goto("/series/red/")
    stranger.goto("/series/red/")

    assert [word for word in WORDS.values() if word in seen(page)] == []
    assert [word for word in WORDS.values() if word not in seen(stranger)] == []


def test_watching_6_does_not_open_6_5(red, page):
    keep(page, shelf_of(red, "6"))

    page.goto("/reviews/")

    shown = seen(page)
    assert "Maplehead" in shown
    assert "Hazelhead" not in shown


def test_a_catch_up_closes_part_by_part_and_opens_part_by_part(red, page):
    keep(page, shelf_of(red, "5"))
    page.goto("/reviews/both/")
    before = seen(page)

    page.get_by_text("Episode 6, with spoilers").click()

    after = seen(page)
    assert "Cedarbody" in before
    assert "Maplebody" not in before
    assert all(word in after for word in ("Mapletitle", "Maplebody", "Mapleverdict", LOW))
    assert "Mapleintroduction" not in after


def test_a_card_opens_by_keyboard_and_the_reader_goes_on_where_it_opened(red, page):
    keep(page, shelf_of(red, "5"))
    page.goto("/reviews/")
    card = page.locator("article", has=page.locator("a[href='/reviews/red-7/']"))
    expect(card.get_by_role("link", name="Beyond episode 5")).to_be_visible()

    card.get_by_role("button", name="Show anyway").focus()
    page.keyboard.press("Enter")

    expect(card).to_contain_text("Rowanhead")
    expect(card).to_contain_text("Rowanstand")
    assert page.evaluate("document.activeElement.closest('article').textContent.includes('Rowanhead')")
    assert "Maplehead" not in seen(page)


def test_saying_how_far_one_is_closes_at_once_and_moves_no_focus(red, page):
    page.goto("/reviews/both/")
    assert "Maplebody" in seen(page)

    choice = page.get_by_label("How far are you?")
    choice.focus()
    choice.select_option("Through episode 5")

    expect(page.locator(".where-are-you [role=status]")).to_have_text("Followed: through episode 5.")
    assert "Maplebody" not in seen(page)
    assert "Cedarbody" in seen(page)
    expect(choice).to_be_focused()
    assert kept(page)["shows"][str(red.pk)]["through"] == "5"


def test_the_end_of_a_piece_takes_the_reader_through_it_and_never_back(red, page):
    keep(page, shelf_of(red, "6"))
    page.goto("/reviews/red-5/")
    expect(page.get_by_role("button", name="I’ve watched episode 5")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="I’ve watched episode 5").click()
    assert kept(page)["shows"][str(red.pk)]["through"] == "6"

    page.goto("/reviews/red-7/")
    page.get_by_role("button", name="I’ve watched episode 7").click()

    assert kept(page)["shows"][str(red.pk)]["through"] == "7"
    assert "Rowanbody" in seen(page)


def test_following_alone_closes_nothing_and_ends_by_the_same_button(red, page):
    page.goto("/reviews/red-7/")
    button = page.get_by_role("button", name="Follow this show")

    button.click()

    assert kept(page)["shows"][str(red.pk)]["through"] == "*"
    assert "Rowanbody" in seen(page)
    button.click()
    assert kept(page)["shows"] == {}


def test_another_tab_hears_of_it(red, page):
    page.goto("/reviews/both/")
    other = page.context.new_page()
    other.goto("/reviews/")
    assert "Rowanhead" in seen(other)

    page.get_by_label("How far are you?").select_option("Through episode 5")

    expect(other.locator("article", has_text="Beyond episode 5").first).to_be_visible()
    assert "Rowanhead" not in seen(other)


GARBAGE = [
    "}{", "null", "7", '"text"', "[]", '{"version": 9, "shows": {"1": {}}}', '{"version": 1}',
    '{"version": 1, "shows": [[1]], "settings": 4}',
    '{"version": 1, "shows": {"PK": {"title": 1, "url": "/", "through": "5"}}}',
    '{"version": 1, "shows": {"PK": {"title": "R", "url": "javascript:alert(1)", "through": "5"}}}',
    '{"version": 1, "shows": {"PK": {"title": "R", "url": "//elsewhere.example/", "through": "5"}}}',
    '{"version": 1, "shows": {"PK": {"title": "R", "url": "/", "through": "five"}}}',
    '{"version": 1, "shows": {"__proto__": {"title": "R", "url": "/", "through": "5"}}}',
]  # fmt: skip


def test_garbage_in_the_store_is_as_nothing(red, page):
    page.goto("/robots.txt")
    for garbage in GARBAGE:
        page.evaluate("kept => localStorage.eyecatch = kept", garbage.replace("PK", str(red.pk)))

        page.goto("/")

        assert "Rowanhead" in seen(page), garbage
        expect(page.locator("[data-my-shows]"), garbage).to_be_hidden()


def test_a_browser_that_stores_nothing_says_so_and_works_for_the_page(red, page):
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error() } })")
    page.goto("/reviews/both/")

    page.get_by_label("How far are you?").select_option("Through episode 5")

    expect(page.locator(".where-are-you [role=status]")).to_contain_text("as long as this page")
    assert "Maplebody" not in seen(page)


def test_a_full_store_says_so_too(red, page):
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
    )
    page.goto("/reviews/both/")

    page.get_by_label("How far are you?").select_option("Through episode 5")

    expect(page.locator(".where-are-you [role=status]")).to_contain_text("as long as this page")


def test_without_scripts_everything_is_there(red, browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    page.goto("/reviews/both/")

    for text in ("Cedarbody", "Maplebody", "BothheadMaple", "Maplestand", "Mapletitle"):
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_label("How far are you?")).to_be_hidden()
    page.get_by_text("Episode 6, with spoilers").click()
    expect(page.get_by_text("Maplebody")).to_be_hidden()
    page.get_by_role("link", name="Episode 6", exact=True).click()
    assert page.url.endswith(page.locator("h2[id^=part]").nth(1).get_attribute("id"))
    context.close()


def test_nothing_shows_before_the_script_has_looked(red, page):
    keep(page, shelf_of(red, "5"))
    held, let_go = [], threading.Event()
    page.route(SCRIPTS, lambda route: route.continue_() if let_go.is_set() else held.append(route))
    page.goto("/reviews/both/", wait_until="commit")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")

    before = page.evaluate(SEEN)

    assert [word for word in ("Maplebody", "Mapletitle", "Mapleintroduction") if word in before] == []
    assert "BothheadMaple" in before  # the piece's own head needn't wait
    let_go.set()
    for route in held:
        route.continue_()
    after = seen(page)
    assert "Cedarbody" in after
    assert "Maplebody" not in after


def test_who_follows_nothing_waits_for_no_script(red, stranger):
    stranger.route(SCRIPTS, lambda route: None)
    stranger.goto("/reviews/both/", wait_until="commit")
    stranger.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")

    assert {"Maplebody", "Mapletitle", "Mapleintroduction"} <= set(stranger.evaluate(SEEN).split())


def test_a_script_that_never_comes_hides_nothing_for_good(red, browser, live_server):
    contexts = [
        browser.new_context(base_url=live_server.url, reduced_motion=motion)
        for motion in ("reduce", "no-preference")
    ]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        keep(page, shelf_of(red, "5"))
        page.route(SCRIPTS, lambda route: route.abort())
        page.goto("/reviews/both/")

    for page in pages:
        expect(page.get_by_text("Maplebody")).to_be_visible(timeout=15_000)
    for context in contexts:
        context.close()


def test_paper_keeps_closed_what_is_closed(red, page):
    keep(page, shelf_of(red, "5"))
    page.goto("/reviews/both/")
    page.emulate_media(media="print")

    shown = seen(page)

    assert "Maplebody" not in shown
    assert "Cedarbody" in shown
    expect(page.get_by_label("How far are you?")).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "scheme"),
    [("/", "light"), ("/reviews/both/", "dark"), ("/series/red/", "light"), ("/my-shows/", "dark")],
)
def test_closed_pages_are_accessible_and_fit_a_phone(path, scheme, red, page, assert_fits, assert_accessible):
    keep(page, shelf_of(red, "5"))
    page.emulate_media(color_scheme=scheme)
    with settled(page):
        page.goto(path)

    assert_fits(320)
    assert_accessible()


def test_nobody_is_told_what_a_reader_follows(red, page):
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url, request.post_data)))
    keep(page, shelf_of(red, "5"))

    for path in ("/", "/reviews/both/", "/my-shows/"):
        with settled(page):
            page.goto(path)
    page.get_by_role("button", name="I’ve watched episode 6").click()

    assert {method for method, _url, _data in asked} == {"GET"}
    assert [url for _method, url, _data in asked if "?" in url] == []
    assert {data for _method, _url, data in asked} == {None}
    assert page.context.cookies() == []
