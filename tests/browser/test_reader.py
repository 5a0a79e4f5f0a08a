"""What a reader keeps in their own browser: how far they are, and what is closed to them therefore."""

import json
import threading
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from tests.browser.chromium import settled
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_review,
    make_reviewer,
    make_series,
)
from tests.site.worlds import furnish, make_picture

# What there is of an episode has a word of its own. The reader is through 5, and two episodes behind.
WORDS = {"4": "Alder", "5": "Cedar", "6": "Maple", "6.5": "Hazel", "7": "Rowan"}
BEYOND = [WORDS["6"], WORDS["6.5"], WORDS["7"]]
# Given to whatever lies beyond, and to nothing else.
LOW = "0.5 out of 5"
THIS_FRIDAY = FRIDAY + timedelta(seconds=1)
SCRIPTS = "**/static/js/site/**"

# All text and all names that somebody could see or hear on the page as it stands.
SEEN = """() => {
  const shown = { visibilityProperty: true, opacityProperty: true }
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement: parent, textContent } = walker.currentNode
    if (parent.checkVisibility(shown)) texts.push(textContent)
  }
  for (const named of document.body.querySelectorAll("[alt], [aria-label], [title]")) {
    if (!named.checkVisibility(shown)) continue
    texts.push(named.alt ?? "", named.getAttribute("aria-label") ?? "", named.title ?? "")
  }
  return texts.join(" ")
}"""


@pytest.fixture
def red(transactional_db):
    """A show with a piece about each episode, and one that takes 5 and 6 together."""
    with time_machine.travel(THIS_FRIDAY, tick=True):
        series = furnish(make_series("Red", key_visual=make_picture("red")))
        critic, episodes = make_reviewer("First critic"), {}
        for weeks, (number, word) in enumerate(reversed(WORDS.items())):
            friday = FRIDAY - timedelta(weeks=weeks)
            named = {"title": f"{word}title", "title_native": f"{word}native"}
            episodes[number] = make_episode(series, number, airs_at=friday - timedelta(days=2), **named)
            publish(series, word, [episodes[number]], critic, friday, f"red-{number}")
        both = [episodes["5"], episodes["6"]]
        publish(series, "Maple", both, make_reviewer("Second critic"), FRIDAY, "both", weekly="Both")
        yield series


def publish(series, word, episodes, critic, at, slug, weekly=""):
    name = weekly or word
    review = make_review(
        series,
        reviewer=critic,
        slug=slug.replace(".", "-"),
        headline=f"{name}head{'' if name == word else word}",
        standfirst=f"{word}stand",
        introduction=f"<p>{word}introduction</p>",
        conclusion=f"<p>{word}closing</p>",
        spoils_through=episodes[-1],
    )
    for episode in episodes:
        own = WORDS[episode.number]
        stars = LOW[:3] if own in BEYOND else "4.0"
        body, verdict = f"<p>{own}body</p>", f"<p>{own}verdict</p>"
        make_part(review, episode, critic, stars=stars, body=body, verdict=verdict)
    approve(review, at, at=min(NOW, at - timedelta(hours=1)))


def shelf_of(series, through, **settings):
    shows = {str(series.pk): {"title": series.title, "url": f"/series/{series.slug}/", "through": through}}
    return json.dumps({"version": 1, "shows": shows, "settings": settings})


def keep(page, shelf):
    """Before any script of the page's own, and only once: what the page keeps later stays."""
    page.add_init_script(f"localStorage.eyecatch ??= {json.dumps(shelf)}")


def kept(page):
    return json.loads(page.evaluate("localStorage.eyecatch"))


def seen(page):
    page.wait_for_function("() => document.documentElement.dataset.settled !== undefined")
    return page.evaluate(SEEN)


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


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_in_the_store_is_as_nothing(garbage, red, page):
    keep(page, garbage.replace("PK", str(red.pk)))

    page.goto("/my-shows/")
    page.goto("/")

    assert "Rowanhead" in seen(page)
    expect(page.locator("[data-my-shows]")).to_be_hidden()


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


@pytest.mark.parametrize("path", ["/", "/reviews/both/", "/series/red/", "/my-shows/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
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
