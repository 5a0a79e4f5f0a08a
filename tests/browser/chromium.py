"""Finding and starting a Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

INSTALL = "install one: apt-get install chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
