"""Pages in a Chromium: what axe, the content security policy and the console say, and whether they fit."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.audit.answers import Finding
from tests.browser.chromium import launched

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Preloading, axe writes style sheets into the page, which the site's policy forbids.
AXE_OPTIONS = {"runOnly": WCAG, "preload": False, "resultTypes": ["violations"]}

WIDTHS = (320, 390, 820, 1440)
HEIGHT = 900
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAGES_A_BROWSER = 6

HEAR_VIOLATIONS = """
    window.refusals = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        refusals.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .slice(-1).map((each) => each.tagName.toLowerCase() + "." + each.className)[0] ?? ''"""
OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"


@dataclass(frozen=True)
class Look:
    """A page to look at, with the status that it is to answer with; at `narrowest` px it only has to fit."""

    path: str
    status: int = HTTPStatus.OK
    widths: tuple[int, ...] = WIDTHS
    schemes: tuple[Literal["light", "dark"], ...] = SCHEMES
    narrowest: int = WIDTHS[0]


def browse(address: str, looks: Iterable[Look]) -> Iterator[tuple[int, list[Finding]]]:
    """In as many browsers as there are processors: how many pages at a time, and what is wrong with them."""
    looks = list(looks)
    shares = [looks[start : start + PAGES_A_BROWSER] for start in range(0, len(looks), PAGES_A_BROWSER)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for share, found in zip(shares, pool.map(look_at, [address] * len(shares), shares), strict=True):
            yield len(share), found


def look_at(address: str, looks: list[Look]) -> list[Finding]:
    """In one browser of this process."""
    with launched() as browser:
        return [finding for each in looks for finding in page_findings(browser, address, each)]


def page_findings(browser: Browser, address: str, look: Look) -> list[Finding]:
    """One load for each scheme, then a look at each width."""
    found: dict[Finding, None] = {}
    for scheme in look.schemes:
        context = browser.new_context(base_url=address, color_scheme=scheme, reduced_motion="reduce")
        visit = Visit(context.new_page(), look, scheme)
        for check, what in visit.findings():
            found[Finding(look.path, check, what)] = None
        context.close()
    return list(found)


class Visit:
    """One page in one scheme."""

    def __init__(self, page: Page, look: Look, scheme: str) -> None:
        self.page, self.look, self.scheme = page, look, scheme
        self.heard: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.heard.append(f"script error: {error}"))
        page.add_init_script(HEAR_VIOLATIONS)

    def findings(self) -> Iterator[tuple[str, str]]:
        self._resize(self.look.widths[0])
        response = self.page.goto(self.look.path, wait_until="load")
        yield from self._answer(response)
        for width in sorted({self.look.narrowest, *self.look.widths}):
            yield from self._fits(width)
        for refusal in self.page.evaluate("window.refusals"):
            yield "policy", refusal
        for message in self.heard:
            if "Content Security Policy" not in message:
                yield "console", message
        # axe last: it tries out styles of its own, which the policy refuses.
        self.page.evaluate(AXE.read_text())
        for width in self.look.widths:
            self._resize(width)
            yield from self._accessible(f"{width} px, {self.scheme}")
        if self.page.locator("details").count():
            self.page.evaluate(OPEN_ALL)
            yield from self._accessible(f"{width} px, {self.scheme}, all open")
            # Below that, tables may be scrolled.
            yield from self._fits(max(self.look.narrowest, WIDTHS[0]))

    def _answer(self, response: Response | None) -> Iterator[tuple[str, str]]:
        status = response.status if response else 0
        if status != self.look.status:
            yield "status", f"answered {status} and not {int(self.look.status)}"
        if not self.page.locator("main, body").first.inner_text().strip():
            yield "empty", "the page has nothing on it"

    def _fits(self, width: int) -> Iterator[tuple[str, str]]:
        self._resize(width)
        excess = self.page.evaluate(TOO_WIDE)
        if excess > 0:
            yield "width", f"{excess} px too wide at {width} px: {self.page.evaluate(WIDEST)}"

    def _accessible(self, where: str) -> Iterator[tuple[str, str]]:
        result: dict[str, Any] = self.page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
        for violation in result["violations"]:
            nodes = violation["nodes"]
            more = f" and {len(nodes) - 1} more" if len(nodes) > 1 else ""
            yield "axe", f"{violation['id']} ({where}): {nodes[0]['html'][:160]}{more}"

    def _resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that is to answer with an error is told of in the console too.
        own = message.location.get("url", "").endswith(self.look.path) and self.look.status != HTTPStatus.OK
        if message.type == "error" and not own:
            self.heard.append(message.text)
