"""What a reader's browser fetches for a page, and what holds it up."""

import gzip

import pytest

from tests.browser.chromium import settled

KB = 1024
MOST, MOST_SCRIPT = 40 * KB, 12 * KB
TEXT = ("document", "stylesheet", "script")
WATCH_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push([entry.value,
            ...entry.sources.map((source) => source.node?.className ?? "")]);
    }).observe({ type: "layout-shift", buffered: true });
"""
BLOCKING = """performance.getEntriesByType("resource")
    .filter((each) => each.renderBlockingStatus === "blocking").map((each) => each.name)"""
STANDING_SCRIPTS = """[...document.scripts].filter((each) => each.src && !each.async && !each.defer
    && each.type !== "module").map((each) => each.src)"""


@pytest.fixture
def visitor(browser, demo_site):
    """A page at the demo site, on a phone."""
    context = browser.new_context(
        base_url=demo_site.address, viewport={"width": 390, "height": 844}, reduced_motion="no-preference"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def fetched(visitor):
    """What the visitor's browser has fetched: (kind, address, bytes packed by gzip)."""
    found = []

    def keep(response):
        kind = response.request.resource_type
        if kind in TEXT and response.ok:
            found.append((kind, response.url, len(gzip.compress(response.body()))))

    visitor.on("response", keep)
    return found


def weight(fetched, *kinds):
    return sum(size for kind, _url, size in fetched if kind in kinds)


@pytest.mark.parametrize("shown", ["review", "front", "series"])
def test_a_pages_text_is_light(shown, demo_site, visitor, fetched):
    with settled(visitor):
        visitor.goto(demo_site.shown[shown])

    assert weight(fetched, "document") > KB
    assert weight(fetched, "script") <= MOST_SCRIPT, fetched
    assert weight(fetched, *TEXT) <= MOST, fetched


@pytest.mark.parametrize("shown", ["review", "front", "series"])
def test_one_stylesheet_holds_up_the_first_paint_and_nothing_else(shown, demo_site, visitor):
    with settled(visitor):
        visitor.goto(demo_site.shown[shown])

    blocking = visitor.evaluate(BLOCKING)

    assert [url for url in blocking if not url.endswith(".css")] == []
    assert len(blocking) == 1
    assert visitor.evaluate(STANDING_SCRIPTS) == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("shown", ["review", "front", "series"])
def test_nothing_shifts_while_a_page_loads_and_is_scrolled(shown, width, demo_site, visitor):
    visitor.add_init_script(WATCH_SHIFTS)
    visitor.set_viewport_size({"width": width, "height": 844})

    with settled(visitor):
        visitor.goto(demo_site.shown[shown])
    height = visitor.evaluate("document.documentElement.scrollHeight")
    with settled(visitor):
        for _ in range(height // 800 + 1):
            visitor.mouse.wheel(0, 800)
            visitor.wait_for_timeout(50)

    assert visitor.evaluate("shifts") == []


def test_a_shift_would_be_noticed(demo_site, visitor):
    visitor.add_init_script(WATCH_SHIFTS)
    with settled(visitor):
        visitor.goto("/")

    visitor.evaluate(
        "document.body.prepend(Object.assign(document.createElement('p'), {innerHTML: 'x<br>x<br>x'}))"
    )
    visitor.wait_for_timeout(200)

    assert visitor.evaluate("shifts.length") > 0
