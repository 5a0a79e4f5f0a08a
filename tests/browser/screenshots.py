"""The pictures in docs/screenshots/, taken of a fresh demo newsroom: `make screenshots`.

One of every kind of public page there is, from the register, and of the desk.
"""

import io
import sys
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.audit.answers import Site
from tests.browser.chromium import INSTALL, find_chromium, launched
from tests.demo_site import ROOT, DemoSite, served

FOLDER = ROOT / "docs" / "screenshots"
LARGEST_FILE = 150_000
WIDTHS = {"phone": 390, "desktop": 1440}
TALLEST = {"phone": 2400, "desktop": 2000}
# Named for what they show; every other kind is named after its surface, such as `season`.
SHOWN = {"site:front": "front", "reviews:detail": "review", "site:series": "series"}
DESK = ("desk-front", "desk-review")


@dataclass(frozen=True)
class Shot:
    """One page under one name, and the status it answers with; the desk's are taken signed in."""

    name: str
    path: str
    status: int = 200
    desk: bool = False


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
    return shots + [Shot(name, demo.shown[name], desk=True) for name in DESK]


def save(png: bytes, name: str) -> None:
    """Write a WebP below LARGEST_FILE, at the best quality that fits."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (88, 80, 70, 60, 50, 40):
        packed = io.BytesIO()
        picture.save(packed, "WEBP", quality=quality, method=6)
        if packed.tell() < LARGEST_FILE:
            break
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.webp").write_bytes(packed.getvalue())
    print(f"{name}.webp  {picture.width}x{picture.height}  {packed.tell() // 1000} kB")


def capture(page: Page, shot: Shot, device: str) -> bytes:
    """The page from its top, as tall as it is but no taller than TALLEST."""
    response = page.goto(shot.path, wait_until="networkidle")
    if response is None or response.status != shot.status:
        raise SystemExit(f"{shot.path} answered {response and response.status}")
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST[device])
    page.set_viewport_size({"width": WIDTHS[device], "height": max(height, 800)})
    page.wait_for_timeout(300)
    return page.screenshot()


def take(browser: Browser, demo: DemoSite, shot: Shot) -> None:
    for device, width in WIDTHS.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                base_url=demo.address,
                viewport={"width": width, "height": 800},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            if shot.desk:
                cookie = demo.desk_cookie
                context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": demo.address}])
            save(capture(context.new_page(), shot, device), f"{shot.name}-{device}-{scheme}")
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
