"""A real Chromium for the tests in this folder; they skip where there is none, unless CI is set."""

import os
from pathlib import Path

import pytest
import time_machine
from axe_playwright_python.base import AxeResults
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tests.audit.browsing import AXE, AXE_OPTIONS
from tests.browser.chromium import FADED, INSTALL, find_chromium, launched
from tests.browser.following import THIS_FRIDAY, make_red
from tests.demo_site import shared

HERE = Path(__file__).parent

# playwright's synchronous calls run inside an event loop, which Django would refuse to touch the
# database from.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
    # The long ones first, so that in the end no process waits for another that has just begun one.
    items.sort(key=lambda item: not (item.get_closest_marker("browser") and item.get_closest_marker("slow")))


@pytest.fixture(scope="session")
def browser():
    """The one Chromium of this test run."""
    if find_chromium() is None:
        reason = f"there is no Chromium; {INSTALL}"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="session", autouse=True)
def media_by_our_own_view():
    """Django's live server would hand out every uploaded file, past the view that asks whether it may."""
    patch = pytest.MonkeyPatch()
    patch.setattr("django.test.testcases._MediaFilesHandler._should_handle", lambda self, path: False)
    yield
    patch.undo()


class Violations(list):
    """What the content security policy refused, and what went wrong in scripts, while a test ran."""

    # axe tries out inline styles of its own, and the browser may tell of them long after.
    axe_has_run = False

    def watch(self, page):
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.append(f"script error: {error}"))

    def _heard(self, message):
        axes_own = self.axe_has_run and "inline style" in message.text
        if message.type == "error" and "Failed to load resource" not in message.text and not axes_own:
            self.append(f"{message.type}: {message.text}")


@pytest.fixture
def violations():
    """Filled while a test uses `page`, and asserted empty when it ends."""
    return Violations()


@pytest.fixture
def page(browser, live_server, violations):
    """A desktop page whose addresses start at the live server; fails the test on any CSP violation."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    opened = context.new_page()
    violations.watch(opened)
    yield opened
    context.close()
    assert not violations, "\n".join(violations)


@pytest.fixture
def assert_accessible(page, violations):
    """`assert_accessible()`: axe finds nothing on the page against WCAG 2.2 AA, or in the part of it named.

    From then on the test hears of no inline style any more: prove the policy first, or in another test.
    """

    def check(part=None):
        violations.axe_has_run = True
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        found = page.evaluate("([part, options]) => axe.run(part ?? document, options)", [part, AXE_OPTIONS])
        assert not found["violations"], AxeResults(found).generate_report()

    return check


@pytest.fixture
def assert_fits(page):
    """`assert_fits(320)`: nothing on the page, at that width, sticks out sideways."""

    def check(width):
        page.set_viewport_size({"width": width, "height": 800})
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert excess <= 0, f"{excess} px too wide at {width}"

    return check


@pytest.fixture
def looks(page):
    """`for width in looks():` the page as it stands on a desk by day, then on a phone by night."""

    def each():
        for width, scheme in ((1440, "light"), (390, "dark")):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(FADED)
            yield width

    return each


@pytest.fixture
def sign_in(page, live_server):
    """Sign a user in without the form: `sign_in(user)`."""

    def sign_in_as(user):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": session.session_key,
                    "url": live_server.url,
                }
            ]
        )

    return sign_in_as


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """A demo newsroom on the real server, one for all workers of the run."""
    own = tmp_path_factory.getbasetemp()
    with shared(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) as site:
        yield site


@pytest.fixture(scope="session")
def red_once(commit):
    with commit(make_red) as world:
        yield world


@pytest.fixture
def red(red_once, transactional_db):
    """The show of tests/browser/following.py, on the Friday on which its newest pieces went live."""
    with time_machine.travel(THIS_FRIDAY, tick=True):
        yield red_once.for_one_test()
