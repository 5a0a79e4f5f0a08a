"""A fresh demo newsroom on the real server, for what looks at the site from outside.

Its database, media and static files lie in a folder of their own. The one who looks needs no Django: what
there is to look at is told by a process beside it (`python -m tests.demo_site make`).
"""

import fcntl
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 60
SECONDS_TO_END = 5
SMALL = 400
TEXTS = ("css", "js", "json", "map", "md", "svg", "txt")


@dataclass(frozen=True)
class SurfaceFound:
    """A surface of the register and its public addresses in the demo."""

    name: str
    kind: str
    addresses: list[str]


@dataclass(frozen=True)
class DemoSite:
    """Where it is served and what there is to see.

    `shown` holds paths by a word for what they show: a review, its series, what is gone, desk pages.
    """

    address: str
    surfaces: list[SurfaceFound]
    shown: dict[str, str]
    desk_cookie: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, told: dict[str, Any]) -> "DemoSite":
        """From what was told as JSON."""
        surfaces = [SurfaceFound(**surface) for surface in told["surfaces"]]
        return cls(**told | {"surfaces": surfaces})

    def url(self, path: str) -> str:
        return self.address + path

    def addresses(self, name: str) -> list[str]:
        return next((surface.addresses for surface in self.surfaces if surface.name == name), [])


@contextmanager
def served(picture_width: int = 1600, *, packed: bool = True) -> Iterator[DemoSite]:
    """The demo newsroom, loaded anew and served on a free port; gone afterwards.

    Without `packed`, static files go out as they are: packing them takes twice as long as all the rest.
    """
    command = ["-m", "tests.demo_site", "make", str(picture_width), "packed" if packed else "unpacked"]
    with tempfile.TemporaryDirectory(prefix="eyecatch-demo-") as folder:
        address = f"http://127.0.0.1:{free_port()}"
        environment = surroundings(Path(folder), address)
        told = json.loads(run([sys.executable, *command], environment))
        with granian(address, environment):
            yield DemoSite.of(told | {"address": address})


@contextmanager
def shared(folder: Path) -> Iterator[DemoSite]:
    """One demo for all processes that name the same folder, with small pictures and static files unpacked.

    Whoever comes first serves it, and stays until the last of the others has gone.
    """
    told = folder / "demo.json"
    with ExitStack() as stack, (folder / "turn").open("w") as turn, (folder / "users").open("w") as users:
        fcntl.flock(turn, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        first = not told.exists()
        if first:
            site = stack.enter_context(served(picture_width=SMALL, packed=False))
            told.write_text(json.dumps(asdict(site)))
        else:
            site = DemoSite.of(json.loads(told.read_text()))
        fcntl.flock(turn, fcntl.LOCK_UN)
        try:
            yield site
        finally:
            if first:
                # Who comes now waits for the turn, and then finds that there is none any more.
                fcntl.flock(turn, fcntl.LOCK_EX)
                fcntl.flock(users, fcntl.LOCK_EX)
                told.unlink()


def surroundings(folder: Path, address: str) -> dict[str, str]:
    return dict(os.environ) | {
        "EYECATCH_ENV": "development",
        "DEBUG": "false",
        "SITE_URL": address,
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "DJANGO_SETTINGS_MODULE": "coverage.settings",
    }


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stderr}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def granian(address: str, environment: dict[str, str]) -> Iterator[None]:
    """The server of `make run`, until the end of the block, or of this process should it be killed."""
    command = [sys.executable, "-m", "tests.demo_site", "serve", address.rpartition(":")[2]]
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=quiet, stderr=quiet):
        # Leaving closes the pipe, which ends the server, and waits.
        wait_for(f"{address}/robots.txt")
        yield


def serve(port: str) -> None:
    """Granian, until standard input ends."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", port, "--workers", "2", "--blocking-threads", "1", "--log-level", "warning"]
    command += ["coverage.wsgi:application"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as server:
        try:
            sys.stdin.read()
        finally:
            server.terminate()
            try:
                server.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                # A browser that is still there may hold a connection open.
                server.kill()


def wait_for(url: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def make(picture_width: int, *, packed: bool) -> None:
    """The newsroom, its pictures, and the static files under their hashed names."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import override_settings

    as_they_are = {} if packed else {"WHITENOISE_SKIP_COMPRESS_EXTENSIONS": TEXTS}
    call_command("migrate", verbosity=0)
    call_command("load_demo", picture_width=picture_width, stdout=io.StringIO())
    with override_settings(**as_they_are):
        call_command("collectstatic", interactive=False, verbosity=0)


def told() -> dict[str, Any]:
    """What there is to see in this process's newsroom, as JSON can hold it."""
    from coverage.newsroom import clock
    from coverage.site import surfaces

    now = clock.now()
    return {
        "surfaces": [
            {"name": surface.name, "kind": surface.kind.value, "addresses": list(surface.addresses(now))}
            for surface in surfaces.every()
        ],
        "shown": _shown(now),
        "desk_cookie": _signed_in(),
    }


def _shown(now: datetime) -> dict[str, str]:
    from django.urls import reverse

    from reviews.models import Release, Review

    live = Release.objects.live(now).select_related("review__series")
    weekly = live.filter(review__kind="weekly", edition__lead_picture__isnull=False)
    release = weekly.latest("publish_at")
    waiting = Review.objects.filter(status="submitted").latest("updated_at")
    edited = Review.objects.get(slug="last-night-bus-episode-8")
    gone = Release.objects.gone(now).select_related("review").earliest("pk")
    assert release.review.series is not None
    return {
        "front": reverse("site:front"),
        "series": release.review.series.get_absolute_url(),
        "review": release.review.get_absolute_url(),
        "gone": gone.get_absolute_url(),
        "desk-front": reverse("admin:index"),
        "desk-review": reverse("admin:reviews_review_change", args=[waiting.pk]),
        "desk-compare": reverse("admin:reviews_review_compare", args=[edited.pk]),
        "desk-fix": reverse("admin:reviews_review_fix", args=[release.review.pk]),
        "desk-board": reverse("admin:board") + "?whose=all&weeks=6",
        "desk-board-now": reverse("admin:board") + f"?whose=all&from={_coming_week(now)}",
        "desk-paste": reverse("admin:reviews_review_paste"),
        "desk-rehearsal": reverse("admin:rehearsal"),
    }


def _coming_week(now: datetime) -> str:
    from coverage.newsroom.models import Publication

    publication = Publication.objects.current(now)
    return str(publication.week(publication.next_slot(now)))


def _signed_in() -> dict[str, str]:
    """The session cookie of a chief."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from coverage.newsroom.models import User
    from coverage.newsroom.roles import Role

    chief = User.objects.filter(groups__name=Role.CHIEF.value, is_staff=True).earliest("pk")
    session = SessionStore()
    session[SESSION_KEY] = str(chief.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = chief.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or ""}


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        make(int(sys.argv[2]), packed=sys.argv[3] == "packed")
        json.dump(told(), sys.stdout)
