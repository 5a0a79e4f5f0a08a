"""Everything that a reader needs, with scripts turned off."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import expect

from tests.audit.answers import Answer, Site
from tests.audit.links import links_of, submissions

# Nobody is led there by a page: machines know these addresses.
FOR_MACHINES = {"site:robots", "site:favicon", "site:sitemap", "site:sitemap_part", "site:news_sitemap"}
# What only scripts ask for.
FOR_SCRIPTS = {"site:my_shows_json"}
# Where a form leads that is sent below.
AFTER_A_FORM = {"site:mail_sent"}
MOST_PAGES = 600
ASKING_AT_ONCE = 4
TURNS = ("page", "before", "after")


@pytest.fixture(scope="module")
def reached(demo_site):
    """Every answer of the site that links lead to from the front page: path -> answer."""
    site = Site(demo_site.address)
    found: dict[str, Answer] = {}
    newest = [demo_site.url("/")]
    known: set[tuple[str, str, str]] = set()
    with ThreadPoolExecutor(ASKING_AT_ONCE) as pool:
        while newest and len(found) < MOST_PAGES:
            answers = list(pool.map(site.get, newest))
            found |= {answer.path: answer for answer in answers}
            links = (urldefrag(link).url for answer in answers for link in leads_to(answer))
            # Whatever is filtered by, one choice of each will do.
            fresh = {asked_for(url): url for url in links if site.owns(url) and is_worth_a_visit(url)}
            newest = [url for asked, url in fresh.items() if asked not in known]
            known.update(fresh)
    return found


def asked_for(url):
    """An address with the names of its questions; where one asks to turn the page, with the page."""
    parts = urlsplit(url)
    name, _, value = parts.query.partition("=")
    return parts.path, name, value if name in TURNS else ""


def leads_to(answer):
    return [*links_of(answer), *([answer.moves_to] if answer.moves_to else [])]


def is_worth_a_visit(url):
    """Not the desk, no files, and of what is filtered only one question at a time."""
    parts = urlsplit(url)
    return not parts.path.startswith(("/desk/", "/static/", "/media/", "/cards/")) and "&" not in parts.query


@pytest.fixture
def reader(browser, demo_site):
    context = browser.new_context(
        base_url=demo_site.address, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def pages_of_each_kind(demo_site):
    """Two of each."""
    pages = [surface for surface in demo_site.surfaces if surface.kind == "page"]
    return [path for surface in pages for path in {surface.addresses[0], surface.addresses[-1]}]


@pytest.mark.slow
def test_links_alone_lead_from_the_front_page_to_every_page_and_feed(demo_site, reached):
    left = [
        f"{surface.name} {path}"
        for surface in demo_site.surfaces
        if surface.kind != "file" and surface.name not in FOR_MACHINES | FOR_SCRIPTS | AFTER_A_FORM
        for path in surface.addresses
        # A question is put by a form, which the next test sends.
        if "?" not in path and path not in reached
    ]

    assert left == []
    assert {answer.status for answer in reached.values()} <= {200, 301, 302}


@pytest.mark.slow
def test_every_form_answers_when_it_is_sent(reached):
    pages = [answer for answer in reached.values() if answer.is_page]
    site = Site(pages[0].url.removesuffix(pages[0].path))

    sent = {url for answer in pages if "?" not in answer.path for url in submissions(answer)}

    assert sent
    statuses = {url: site.get(url).status for url in sent}
    assert {url: status for url, status in statuses.items() if status != 200} == {}


def test_mail_is_asked_for_by_a_form(demo_site, reader):
    reader.goto("/mail/")
    reader.get_by_label("Your mail address").fill("reader@mail.example")
    reader.get_by_role("button", name="Send me the link").click()

    reader.wait_for_url("**/mail/sent/")


@pytest.mark.slow
def test_every_page_says_all_it_has_to_say_and_its_disclosures_open_by_click_and_by_key(demo_site, reader):
    seen = 0
    for path in pages_of_each_kind(demo_site):
        reader.goto(path)
        expect(reader.locator("main h1").first).to_be_visible()
        assert len(reader.locator("main").inner_text()) > 40, path
        for summary in reader.locator("details:visible > summary").all():
            if not summary.is_visible():
                continue
            details = summary.locator("..")
            before = details.get_attribute("open")
            summary.click()
            assert details.get_attribute("open") != before, f"{path}: a click leaves it as it was"
            summary.focus()
            reader.keyboard.press("Enter")
            assert details.get_attribute("open") == before, f"{path}: a key leaves it as it was"
            seen += 1
    assert seen


class TestNeeds:
    """What readers come for."""

    def test_the_newest_piece_is_read_past_its_warning(self, demo_site, reader):
        reader.goto("/")
        reader.locator("main a[href^='/reviews/']").first.click()

        expect(reader.locator(".spoiler-notice")).to_be_visible()
        body = reader.locator(".review-part__body, .review__introduction").first
        body.scroll_into_view_if_needed()
        expect(body).to_be_visible()

    def test_a_spoiler_is_closed_until_it_is_opened(self, demo_site, reader):
        site = Site(demo_site.address)
        paths = demo_site.addresses("reviews:detail")
        reader.goto(next(path for path in paths if b'class="spoiler ' in site.get(path).body))
        spoiler = reader.locator("details.spoiler").first

        expect(spoiler.locator(".spoiler-text")).to_be_hidden()
        spoiler.locator("summary").click()
        expect(spoiler.locator(".spoiler-text")).to_be_visible()

    def test_a_show_is_found_and_its_pieces_are_there(self, demo_site, reader):
        reader.goto("/")
        reader.get_by_role("link", name="Series").first.click()
        reader.get_by_role("link", name="Metallic Rouge").first.click()

        expect(reader.get_by_role("heading", level=1)).to_contain_text("Metallic Rouge")
        assert reader.locator("main a[href^='/reviews/']").count() > 0

    def test_a_word_is_searched(self, demo_site, reader):
        reader.goto("/search/")
        box = reader.locator("main input[name=q]")
        box.fill("rouge")
        box.press("Enter")

        expect(reader.locator("main")).to_contain_text("Metallic Rouge")

    def test_the_list_is_narrowed_and_turned(self, demo_site, reader):
        reader.goto("/reviews/")
        for asked in ("stars=5", "before="):
            address = reader.locator(f"main a[href^='/reviews/?{asked}']").first.get_attribute("href")
            assert reader.goto(address).status == 200
            expect(reader.locator("main")).to_be_visible()
            reader.goto("/reviews/")

    def test_feeds_are_offered_to_readers_and_to_machines(self, demo_site, reader):
        reader.goto("/")

        assert reader.locator("head link[rel=alternate][type='application/atom+xml']").count() > 0
        assert reader.locator("body a[href='/feed/']").count() > 0

    def test_who_writes_and_how_is_told(self, demo_site, reader):
        reader.goto("/")
        for path in demo_site.addresses("site:flatpage"):
            assert reader.locator(f"a[href='{path}']").count() > 0, path
