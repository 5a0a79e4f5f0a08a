"""The pictures in docs/screenshots/, taken of a fresh demo newsroom: `make screenshots`."""

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.chromium import INSTALL, find_chromium, launched

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "screenshots"
LARGEST_FILE = 400_000
WIDTHS = {"phone": 390, "desktop": 1440}
TALLEST = {"phone": 2400, "desktop": 2000}
SECONDS_TO_START = 30


@dataclass(frozen=True)
class Shot:
    """One page under one name; the desk's are taken signed in."""

    name: str
    path: str
    desk: bool = False


def prepare(folder: Path) -> None:
    """Make a demo newsroom in a folder, and point this process and its children at it."""
    os.environ |= {
        "EYECATCH_ENV": "development",
        "DEBUG": "false",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "DJANGO_SETTINGS_MODULE": "coverage.settings",
    }
    for command in ("migrate", "load_demo"):
        subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, check=True, capture_output=True)


def choose() -> tuple[list[Shot], dict[str, str]]:
    """What to take, and the session cookie of a chief."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.urls import reverse

    from coverage.newsroom import clock
    from coverage.newsroom.models import User
    from coverage.newsroom.roles import Role
    from reviews.models import Release, Review

    chief = User.objects.filter(groups__name=Role.CHIEF.value, is_staff=True).earliest("pk")
    session = SessionStore()
    session[SESSION_KEY] = str(chief.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = chief.get_session_auth_hash()
    session.save()
    weekly = Release.objects.live(clock.now()).filter(
        review__kind="weekly", edition__lead_picture__isnull=False
    )
    release = weekly.select_related("review__series").latest("publish_at")
    waiting = Review.objects.filter(status="submitted").latest("updated_at")
    shots = [
        Shot("front", reverse("site:front")),
        Shot("series", release.review.series.get_absolute_url()),
        Shot("review", release.review.get_absolute_url()),
        Shot("desk-front", reverse("admin:index"), desk=True),
        Shot("desk-review", reverse("admin:reviews_review_change", args=[waiting.pk]), desk=True),
    ]
    return shots, {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or ""}


@contextmanager
def served() -> Iterator[str]:
    """The address of the demo newsroom on the real server, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    granian += ["--port", str(port), "--blocking-threads", "1", "coverage.wsgi:application"]
    with subprocess.Popen(granian, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(address)
            yield address
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(f"{address}/robots.txt", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


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


def capture(page: Page, path: str, device: str) -> bytes:
    """The page from its top, as tall as it is but no taller than TALLEST."""
    response = page.goto(path, wait_until="networkidle")
    if response is None or not response.ok:
        raise SystemExit(f"{path} answered {response and response.status}")
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST[device])
    page.set_viewport_size({"width": WIDTHS[device], "height": max(height, 800)})
    page.wait_for_timeout(300)
    return page.screenshot()


def take(browser: Browser, address: str, shot: Shot, cookie: dict[str, str]) -> None:
    for device, width in WIDTHS.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                base_url=address,
                viewport={"width": width, "height": 800},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            if shot.desk:
                context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": address}])
            save(capture(context.new_page(), shot.path, device), f"{shot.name}-{device}-{scheme}")
            context.close()


def main() -> int:
    if find_chromium() is None:
        print(f"There is no Chromium; {INSTALL}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="eyecatch-screenshots-") as folder:
        prepare(Path(folder))
        shots, cookie = choose()
        wanted = sys.argv[1:]
        with served() as address, launched() as browser:
            for shot in shots:
                if not wanted or shot.name in wanted:
                    take(browser, address, shot, cookie)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
