"""The pictures in docs/screenshots/, taken of a fresh demo newsroom: `make screenshots`.

One of every kind of public page there is, from the register, and of the desk; in docs/screenshots/desk/
those that the editors' handbook shows.
"""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.audit.answers import Site
from tests.browser.chromium import INSTALL, find_chromium, launched
from tests.demo_site import ROOT, DemoSite, served

FOLDER = ROOT / "docs" / "screenshots"
LARGEST_FILE = 150_000
WIDTHS = {"phone": 390, "desktop": 1440}
AROUND = 16
TALLEST = {"phone": 2400, "desktop": 2000}
# What the picture of "Paste an article" was given, two slips and all.
ARTICLE = """Last Night Bus

By Tamsin Vale

Mild spoilers through episode 10 follow.

The buses of this kingdom keep a timetable, and nobody in it can read.

Episode 10 Recap/Review: “Request Stop” (B+)

Nobody rings the bell. It takes the princess a quarter of an hour to work out that it is there.

Verdict: The slowest of the ten, and the kindest.

Last Night Bus is currently streaming on Crunchyroll."""
# Named for what they show; every other kind is named after its surface, such as `season`.
SHOWN = {"site:front": "front", "reviews:detail": "review", "site:series": "series"}
DESK = ("desk-front", "desk-review")
BY_DAY, BY_NIGHT = "light", "dark"
ALL_LOOKS = tuple((device, scheme) for device in WIDTHS for scheme in (BY_DAY, BY_NIGHT))
AT_A_DESK, ON_A_PHONE = ("desktop", BY_DAY), ("phone", BY_DAY)


@dataclass(frozen=True)
class Shot:
    """One page under one name, and the status it answers with; the desk's are taken signed in.

    `first` is done on the page before. Of it only its `top` is taken, in CSS pixels, or the `part` that a
    selector names.
    """

    name: str
    path: str
    status: int = 200
    desk: bool = False
    looks: Sequence[tuple[str, str]] = ALL_LOOKS
    first: Callable[[Page], object] | None = None
    part: str = ""
    top: int = 0


def choose(demo: DemoSite) -> list[Shot]:
    """Of each kind of page the one with the most on it, the pages for those who went astray, and the desk."""
    site = Site(demo.address)
    shots = []
    for surface in demo.surfaces:
        if surface.kind == "page" and surface.addresses:
            fullest = max(surface.addresses, key=lambda path: len(site.get(path).body))
            known = SHOWN.get(surface.name)
            name = known or surface.name.replace("site:", "").replace(":", "-").replace("_", "-")
            shots.append(Shot(name, demo.shown[known] if known else fullest))
    shots += [Shot("not-found", "/no-such-page/", 404), Shot("gone", demo.shown["gone"], 410)]
    shots += [Shot(name, demo.shown[name], desk=True) for name in DESK]
    return shots + list(of_the_handbook(demo.shown))


def of_the_handbook(shown: dict[str, str]) -> Iterator[Shot]:
    """The week in its order."""

    def shot(name: str, page: str, *looks: tuple[str, str], **more: Any) -> Shot:
        return Shot(f"desk/{name}", shown[page], desk=True, looks=looks, **more)

    yield shot("week", "desk-front", AT_A_DESK, top=860)
    yield shot("board", "desk-board", AT_A_DESK)
    yield shot("board", "desk-board-now", ON_A_PHONE, top=1100)
    yield shot("paste", "desk-paste", AT_A_DESK, first=read_an_article)
    yield shot("copy-desk", "desk-review", AT_A_DESK, part="#copy-desk")
    yield shot("notes", "desk-review", AT_A_DESK, part="#notes")
    yield shot("approve", "desk-review", ON_A_PHONE, top=844)
    yield shot("compare", "desk-compare", AT_A_DESK, top=1200)
    yield shot("rehearsal", "desk-rehearsal", AT_A_DESK, top=1200)
    yield shot("friday", "desk-front", ON_A_PHONE, first=travel, top=1100)
    yield shot("fix", "desk-fix", ON_A_PHONE, top=1100)


def read_an_article(page: Page) -> None:
    page.get_by_label("The article").fill(ARTICLE)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", name="The source, line by line").wait_for()


def travel(page: Page) -> None:
    page.get_by_role("button", name="See the site on").first.click()
    page.wait_for_load_state("networkidle")


def save(png: bytes, name: str) -> None:
    """Write a WebP below LARGEST_FILE, at the best quality that fits."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (88, 80, 70, 60, 50, 40):
        packed = io.BytesIO()
        picture.save(packed, "WEBP", quality=quality, method=6)
        if packed.tell() < LARGEST_FILE:
            break
    file = FOLDER / f"{name}.webp"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(packed.getvalue())
    print(f"{name}.webp  {picture.width}x{picture.height}  {packed.tell() // 1000} kB")


def capture(page: Page, shot: Shot, device: str) -> bytes:
    """The page from its top, as tall as it is but no taller than TALLEST."""
    response = page.goto(shot.path, wait_until="networkidle")
    if response is None or response.status != shot.status:
        raise SystemExit(f"{shot.path} answered {response and response.status}")
    if shot.first:
        shot.first(page)
    tall = int(page.evaluate("document.documentElement.scrollHeight"))
    height = min(tall, shot.top or TALLEST[device])
    page.set_viewport_size({"width": WIDTHS[device], "height": max(height, 800)})
    page.wait_for_timeout(300)
    if not shot.part:
        return page.screenshot()
    box = page.locator(shot.part).bounding_box()
    assert box is not None
    clip = {"x": box["x"] - AROUND, "y": box["y"] - AROUND}
    clip |= {"width": box["width"] + 2 * AROUND, "height": box["height"] + 2 * AROUND}
    return page.screenshot(clip=clip, full_page=True)


def take(browser: Browser, demo: DemoSite, shot: Shot) -> None:
    for device, scheme in shot.looks:
        context = browser.new_context(
            base_url=demo.address,
            viewport={"width": WIDTHS[device], "height": 800},
            color_scheme="dark" if scheme == BY_NIGHT else "light",
            reduced_motion="reduce",
        )
        if shot.desk:
            cookie = demo.desk_cookie
            context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": demo.address}])
        picture = capture(context.new_page(), shot, device)
        save(
            picture, f"{shot.name}-{device}-{scheme}" if shot.looks == ALL_LOOKS else f"{shot.name}-{device}"
        )
        context.close()


def main() -> int:
    if find_chromium() is None:
        print(f"There is no Chromium; {INSTALL}", file=sys.stderr)
        return 2
    wanted = sys.argv[1:]
    with served() as demo, launched() as browser:
        for shot in choose(demo):
            if not wanted or shot.name in wanted:
                take(browser, demo, shot)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
