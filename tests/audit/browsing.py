"""Pages in a Chromium: what axe, the content security policy and the console say, and whether they fit."""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal, Self

import axe_playwright_python
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Response, ViewportSize

from tests.audit.answers import Finding
from tests.browser.chromium import launched

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Preloading, axe writes style sheets into the page, which the site's policy forbids.
AXE_OPTIONS = {"runOnly": WCAG, "preload": False, "resultTypes": ["violations"]}

WIDTHS = (320, 390, 820, 1440)
HEIGHT = 900
type Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PAGES_A_BROWSER = 6

HEAR_VIOLATIONS = """
    window.refusals = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        refusals.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
# Given to each page as it starts, and run when it is asked for: sent each time, it would cost as much as
# half a look at the page.
BRING_AXE = f"window.bringAxe = () => {{ {AXE.read_text()} }}"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .slice(-1).map((each) => each.tagName.toLowerCase() + "." + each.className)[0] ?? ''"""
OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"


@dataclass(frozen=True)
class Look:
    """A page to look at, with the status that it is to answer with; at `narrowest` px it only has to fit.

    At the last width, what can be opened is looked at open; `closed_too`, as it comes as well.
    """

    path: str
    status: int = HTTPStatus.OK
    widths: tuple[int, ...] = WIDTHS
    schemes: tuple[Scheme, ...] = SCHEMES
    narrowest: int = WIDTHS[0]
    closed_too: bool = True


def browse(address: str, looks: Iterable[Look]) -> Iterator[tuple[int, list[Finding]]]:
    """In as many browsers as there are processors: how many pages at a time, and what is wrong with them."""
    looks = list(looks)
    shares = [looks[start : start + PAGES_A_BROWSER] for start in range(0, len(looks), PAGES_A_BROWSER)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for share, found in zip(shares, pool.map(look_at, [address] * len(shares), shares), strict=True):
            yield len(share), found


def look_at(address: str, looks: list[Look]) -> list[Finding]:
    """In one browser of this process."""
    with launched() as browser, readers(browser, address) as pages:
        return [finding for each in looks for finding in page_findings(pages, each)]


@contextmanager
def readers(browser: Browser, address: str) -> Iterator[Mapping[Scheme, Page]]:
    """A page in each scheme that goes from one address of the site to the next."""
    contexts = {
        scheme: browser.new_context(base_url=address, color_scheme=scheme, reduced_motion="reduce")
        for scheme in SCHEMES
    }
    for context in contexts.values():
        context.add_init_script(HEAR_VIOLATIONS)
        context.add_init_script(BRING_AXE)
    yield {scheme: context.new_page() for scheme, context in contexts.items()}
    for context in contexts.values():
        context.close()


def page_findings(pages: Mapping[Scheme, Page], look: Look) -> list[Finding]:
    """One load for each scheme, then a look at each width."""
    found: dict[Finding, None] = {}
    for scheme in look.schemes:
        with Visit(pages[scheme], look, scheme) as visit:
            for check, what in visit.findings():
                found[Finding(look.path, check, what)] = None
    return list(found)


class Visit:
    """One page in one scheme."""

    def __init__(self, page: Page, look: Look, scheme: str) -> None:
        self.page, self.look, self.scheme = page, look, scheme
        self.heard: list[str] = []

    def __enter__(self) -> Self:
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._hear_error)
        return self

    def __exit__(self, *error: object) -> None:
        self.page.remove_listener("console", self._hear)
        self.page.remove_listener("pageerror", self._hear_error)

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
        self.page.evaluate("bringAxe()")
        opens = self.page.locator("details").count() > 0
        *others, last = self.look.widths
        for width in others:
            yield from self._accessible(width)
        if self.look.closed_too or not opens:
            yield from self._accessible(last)
        if opens:
            self.page.evaluate(OPEN_ALL)
            yield from self._accessible(last, ", all open")
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

    def _accessible(self, width: int, state: str = "") -> Iterator[tuple[str, str]]:
        self._resize(width)
        result: dict[str, Any] = self.page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
        for violation in result["violations"]:
            nodes = violation["nodes"]
            more = f" and {len(nodes) - 1} more" if len(nodes) > 1 else ""
            yield (
                "axe",
                f"{violation['id']} ({width} px, {self.scheme}{state}): {nodes[0]['html'][:160]}{more}",
            )

    def _resize(self, width: int) -> None:
        size: ViewportSize = {"width": width, "height": HEIGHT}
        if self.page.viewport_size != size:
            self.page.set_viewport_size(size)

    def _hear_error(self, error: Error) -> None:
        self.heard.append(f"script error: {error}")

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that is to answer with an error is told of in the console too.
        own = message.location.get("url", "").endswith(self.look.path) and self.look.status != HTTPStatus.OK
        if message.type == "error" and not own:
            self.heard.append(message.text)
