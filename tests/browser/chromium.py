"""Finding and starting a Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Request, sync_playwright

INSTALL = "install one: apt-get install chromium-headless-shell"
# The first is the same browser without its windows and buttons: tests take two thirds of the time.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
)  # fmt: skip
# No sandbox, because tests run as root in containers; the rest keeps it from calling home.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]

# The admin's links fade from one scheme's colour to the other's; this waits for it.
FADED = "Promise.all(document.getAnimations().map((fading) => fading.finished))"
# A moment in which the page's scripts had nothing else to do.
A_MOMENT = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))"
QUIET_MOMENTS, MOST_MOMENTS = 4, 600


def find_chromium() -> str | None:
    """The path of this machine's Chromium: CHROMIUM's, or the first of the usual names."""
    candidates = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else list(NAMES)
    return next((path for name in candidates if (path := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """A running Chromium, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def settled(page: Page) -> Iterator[None]:
    """At the end of the block, waits until all has come that the page asked for in it, and its scripts rest.

    Playwright's own "networkidle" waits for half a second more.
    """
    under_way: set[Request] = set()

    def begun(request: Request) -> None:
        under_way.add(request)

    def ended(request: Request) -> None:
        under_way.discard(request)

    page.on("request", begun)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)
    yield
    quiet = 0
    for _ in range(MOST_MOMENTS):
        page.evaluate(A_MOMENT)
        quiet = 0 if under_way else quiet + 1
        if quiet == QUIET_MOMENTS:
            break
    else:
        raise TimeoutError(f"still under way: {[request.url for request in under_way]}")
    page.remove_listener("request", begun)
    page.remove_listener("requestfinished", ended)
    page.remove_listener("requestfailed", ended)
