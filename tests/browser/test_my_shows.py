"""My shows in a browser: what is new and safe, what waits, stepping on, settings, and taking it along."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import settled
from tests.browser.following import keep, kept, seen, shelf_of


@pytest.fixture
def elsewhere(browser, live_server):
    """A browser in Berlin, where it is six hours later than in the newsroom."""
    context = browser.new_context(base_url=live_server.url, timezone_id="Europe/Berlin")
    yield context.new_page()
    context.close()


def test_the_front_page_opens_with_what_is_safe_and_tells_what_waits(red, page):
    keep(page, shelf_of(red, "5"))
    page.goto("/")

    show = page.locator("[data-my-shows] li")

    expect(show).to_contain_text("through episode 5")
    expect(show.get_by_role("link", name="Episode 5")).to_have_attribute("href", "/reviews/red-5/")
    expect(show).to_contain_text("4 waiting beyond you")
    assert page.locator("main h2").first.inner_text() == "My shows"


def test_who_follows_nothing_is_asked_nothing_and_told_nothing(red, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    with settled(page):
        page.goto("/")

    expect(page.locator("[data-my-shows]")).to_be_hidden()
    assert not [url for url in asked if url.endswith("/shows.json")]


def test_stepping_on_goes_by_what_there_is_and_keeps_the_focus(red, page):
    keep(page, shelf_of(red, "6"))
    page.goto("/my-shows/")
    on = page.get_by_role("button", name="I’ve watched episode 6.5 (Red)")

    on.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="I’ve watched episode 7 (Red)")).to_be_focused()
    assert kept(page)["shows"][str(red.pk)]["through"] == "6.5"
    page.get_by_role("button", name="Back to before episode 6.5").click()
    assert kept(page)["shows"][str(red.pk)]["through"] == "6"


def test_one_steps_back_to_before_the_first_and_out(red, page):
    keep(page, shelf_of(red, "1"))
    page.goto("/my-shows/")

    page.get_by_role("button", name="Back to before episode 1").click()

    expect(page.locator("[data-my-shows] li")).to_contain_text("not started")
    page.get_by_role("button", name="Remove (Red)").click()
    expect(page.locator("[data-my-shows]")).to_be_hidden()
    assert kept(page)["shows"] == {}


def test_titles_and_stars_stay_open_for_who_wants_them_and_texts_never_do(red, page):
    keep(page, shelf_of(red, "5"))
    page.goto("/my-shows/")
    page.get_by_label("Headlines and episode titles").uncheck()
    page.goto("/reviews/red-7/")
    with_titles = seen(page)

    page.goto("/my-shows/")
    page.get_by_label("Stars, averages, best and worst").uncheck()
    page.goto("/reviews/red-7/")
    with_stars = seen(page)

    assert "Rowantitle" in with_titles
    assert "0.5 out of 5" not in with_titles
    assert "0.5 out of 5" in with_stars
    assert "Rowanbody" not in with_titles + with_stars


def test_the_average_is_that_of_what_one_has_seen(red, page):
    keep(page, shelf_of(red, "5"))

    page.goto("/series/red/")

    expect(page.locator(".average")).to_contain_text("4.0 out of 5 through episode 5")
    page.locator(".average").get_by_role("button", name="Show stars").click()
    expect(page.locator(".average__seen")).to_have_count(0)
    expect(page.locator(".average__stars")).to_contain_text("2 out of 5 stars")


def test_what_is_kept_moves_to_another_browser_as_a_file(red, page, browser, live_server, tmp_path):
    keep(page, shelf_of(red, "6.5", closeScores=False))
    page.goto("/my-shows/")
    with page.expect_download() as started:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "my-shows.json"
    started.value.save_as(file)
    context = browser.new_context(base_url=live_server.url)
    other = context.new_page()
    other.goto("/my-shows/")
    expect(other.locator("[data-settings]")).to_be_visible()

    other.locator("[type=file]").set_input_files(file)

    expect(other.locator("[data-my-shows] li")).to_contain_text("through episode 6.5")
    expect(other.get_by_label("Stars, averages, best and worst")).not_to_be_checked()
    context.close()


def test_a_file_of_something_else_changes_nothing(red, page, tmp_path):
    keep(page, shelf_of(red, "5"))
    file = tmp_path / "other.json"
    file.write_text(
        json.dumps({"version": 1, "shows": {"1": {"title": "X", "url": "javascript:x", "through": "1"}}})
    )
    page.goto("/my-shows/")
    expect(page.locator("[data-settings]")).to_be_visible()

    page.locator("[type=file]").set_input_files(file)

    expect(page.locator("[data-settings] [role=status]")).to_have_text(
        "No shows were found in that file. Nothing has changed."
    )
    assert kept(page)["shows"][str(red.pk)]["through"] == "5"


def test_forgetting_forgets_everything(red, page):
    keep(page, shelf_of(red, "5", closeTitles=False))
    page.goto("/my-shows/")

    page.get_by_role("button", name="Forget everything").click()

    expect(page.locator("[data-my-shows]")).to_be_hidden()
    expect(page.get_by_label("Headlines and episode titles")).to_be_checked()
    assert page.evaluate("localStorage.eyecatch") is None


def test_a_time_is_said_in_the_readers_own_zone_too(red, elsewhere):
    elsewhere.goto("/")

    slot = elsewhere.locator(".upcoming time")

    expect(slot).to_contain_text("09:00")
    expect(slot).to_contain_text("15:00 for you")


def test_nothing_is_said_twice_to_who_lives_where_the_newsroom_is(red, browser, live_server):
    context = browser.new_context(base_url=live_server.url, timezone_id="America/New_York")
    page = context.new_page()

    with settled(page):
        page.goto("/")

    expect(page.locator(".your-time")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["/", "/reviews/both/", "/series/red/"])
def test_nothing_moves_for_who_is_new(path, width, red, elsewhere):
    elsewhere.set_viewport_size({"width": width, "height": 900})
    with settled(elsewhere):
        elsewhere.goto(path)

    moved = elsewhere.evaluate(
        """() => new Promise((done) => {
          let sum = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += entry.value
          }).observe({ type: "layout-shift", buffered: true })
          requestAnimationFrame(() => requestAnimationFrame(() => done(sum)))
        })"""
    )

    assert moved == 0


def test_a_pieces_address_is_copied_without_anything_added(red, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/reviews/red-7/")

    page.get_by_role("button", name="Copy link").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/reviews/red-7/")


SCRIPT = "<img src=x onerror=window.ran=1><script>window.ran=1</script>"
# Keys and values as no browser of ours writes them; two of these shows make sense, but for their titles.
HOSTILE = """{"version": 1, "shows": {
  "PK": {"title": "TITLE", "url": "/series/red/", "through": "5", "onclick": "window.ran=1"},
  "987654321": {"title": "TITLE", "url": "/series/<b>/", "through": "1"},
  "__proto__": {"title": "R", "url": "/", "through": "5"},
  "constructor": {"title": "R", "url": "/", "through": "5"},
  "-1": {"title": "R", "url": "/", "through": "5"},
  "1e9": {"title": "R", "url": "/", "through": "5"},
  "99999999999": {"title": "R", "url": "/", "through": "5"},
  "21": {"title": "R", "url": "/", "through": 1e999},
  "22": {"title": "R", "url": "/", "through": "1e999"},
  "23": {"title": "R", "url": "javascript:window.ran=1", "through": "5"},
  "24": {"title": "R", "url": " javascript:window.ran=1", "through": "5"},
  "25": {"title": "R", "url": "/\\\\elsewhere.example/", "through": "5"},
  "26": {"title": {"toString": 1}, "url": ["/"], "through": "5"},
  "27": null
}, "settings": {"__proto__": {"closeTitles": false}, "closeTitles": 0, "closeScores": "false"}}"""


def assert_nothing_ran(page):
    assert page.evaluate("[window.ran, ({}).through, ({}).closeTitles]") == [None] * 3


def test_what_somebody_planted_in_the_store_runs_nowhere_and_closes_what_it_says(red, page):
    keep(page, HOSTILE.replace("PK", str(red.pk)).replace("TITLE", SCRIPT))

    page.goto("/my-shows/")
    shows = page.locator("[data-my-shows] li")

    expect(shows).to_have_count(2)
    expect(shows.filter(has_text=SCRIPT)).to_have_count(1)
    expect(shows.filter(has_text="through episode 5").get_by_role("link", name="Red")).to_be_visible()
    page.get_by_role("button", name="I’ve watched episode 6 (Red)").click()
    assert set(kept(page)["shows"]) == {str(red.pk), "987654321"}
    assert kept(page)["settings"] == {"closeTitles": True, "closeScores": True}
    assert_nothing_ran(page)
    page.goto("/")
    assert "Rowanhead" not in seen(page)
    assert_nothing_ran(page)


@pytest.mark.parametrize(
    "content",
    [
        HOSTILE.replace('"PK"', '"0"').replace('"987654321"', '"x"').encode(),
        b'{"version": 1, "shows": ' + b"[" * 100_000,
        b'{"version": 1e999, "shows": {"1": {"title": "R", "url": "/", "through": "5"}}}',
        b'{"version": 1, "shows": {"1": {"title": "R", "url": "/", "through": "5",}}}',
        b"\xff\xfe\x00" * 2_000_000,
        b"",
    ],
    ids=["keys", "depth", "version", "comma", "bytes", "nothing"],
)
def test_a_hostile_file_is_refused_and_loses_nothing(content, transactional_db, page):
    shelf = '{"version":1,"shows":{"7":{"title":"Mine","url":"/series/mine/","through":"3"}},"settings":{}}'
    keep(page, shelf)
    page.goto("/my-shows/")
    page.evaluate("localStorage.anothers = 'kept'")
    expect(page.locator("[data-settings]")).to_be_visible()
    upload = {"name": "shows.json", "mimeType": "application/json", "buffer": content}

    page.locator("[type=file]").set_input_files(upload)

    expect(page.locator("[data-settings] [role=status]")).to_contain_text("Nothing has changed.")
    assert page.evaluate("[localStorage.eyecatch, localStorage.anothers]") == [shelf, "kept"]
    expect(page.locator("[data-my-shows] li")).to_contain_text("through episode 3")
    assert_nothing_ran(page)


def test_a_file_that_the_browser_has_no_room_for_says_so_and_holds_for_the_page(transactional_db, page):
    page.goto("/my-shows/")
    page.evaluate("localStorage.anothers = 'x'.repeat(5_000_000)")
    shows = {str(pk): {"title": "T" * 10_000, "url": "/series/t/", "through": "5"} for pk in range(1, 701)}
    content = json.dumps({"version": 1, "shows": shows}).encode()
    expect(page.locator("[data-settings]")).to_be_visible()
    upload = {"name": "shows.json", "mimeType": "application/json", "buffer": content}

    page.locator("[type=file]").set_input_files(upload)

    expect(page.locator("[data-settings] [role=status]")).to_contain_text("as long as this page")
    expect(page.locator("[data-my-shows] li")).to_have_count(700)
    assert page.evaluate("[localStorage.eyecatch, localStorage.anothers.length]") == [None, 5_000_000]
