"""One Friday behind nginx: `python -m tests.deploy.friday [--readers 1000]`.

A piece that was approved for an instant: who polls the list, the series, the feed and the sitemap never sees
it before, and whoever asks a second later or after does; the same for a piece that is withdrawn. Nobody
announces anything. At the instant a thousand readers come at once, through nginx and past it.
"""

import asyncio
import math
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.request import Request, urlopen

from tests.demo_site import ROOT, free_port, surroundings, wait_for
from tests.deploy.nginx import nginx
from tests.redis import redis_url

PAGES = ("/reviews/", "/series/red/", "/feed/", "/sitemap-reviews-{year}-1.xml")
SLUG = b"a-piece-that-is-due"
# Between two polls of a page.
PAUSE_SECONDS = 0.05
WORKERS = 2
NEWSROOM = "import django; django.setup(); from tests.deploy.newsroom import main; main()"


@dataclass(frozen=True)
class Look:
    """One answer: when it was asked for, when it was there (UNIX time), and whether the piece is in it."""

    asked: float
    answered: float
    shows: bool


@dataclass
class Poller:
    """A reader who asks for one page again and again."""

    url: str
    looks: list[Look] = field(default_factory=list)

    def poll(self, enough: Event) -> None:
        while not enough.wait(PAUSE_SECONDS):
            asked = time.time()
            with urlopen(Request(self.url, headers={"Accept-Encoding": "identity"}), timeout=30) as answer:
                shows = SLUG in answer.read()
            self.looks.append(Look(asked, time.time(), shows))

    def early(self, at: float) -> int:
        """How many answers were there before `at` and show what nobody may see yet."""
        return sum(look.answered < at and look.shows for look in self.looks)

    def late(self, since: float, *, shows: bool) -> int:
        """How many answers, asked for at `since` or after, still say otherwise than `shows`."""
        return sum(look.asked >= since and look.shows is not shows for look in self.looks)

    def seconds_until(self, at: float, *, shows: bool) -> float:
        """How long after `at` the first answer was asked for that says `shows`."""
        seen = (look.asked for look in self.looks if look.asked >= at and look.shows is shows)
        return min(seen, default=math.inf) - at


@dataclass
class Friday:
    """What was seen."""

    readers: int
    ahead_seconds: int
    # More than the second after which whoever asks must see it.
    afterwards_seconds: float
    early: int = 0
    late: int = 0
    late_withdrawn: int = 0
    looks: int = 0
    seconds_to_show: float = 0.0
    seconds_to_vanish: float = 0.0
    crowd_without_it: int = 0
    renderings: int = 0
    twice: dict[str, int] = field(default_factory=dict)

    @property
    def kept_its_word(self) -> bool:
        wrong = self.early + self.late + self.late_withdrawn + self.crowd_without_it + len(self.twice)
        return wrong == 0 < self.renderings

    def __str__(self) -> str:
        return (
            f"{self.looks} answers polled: {self.early} early, {self.late} late by a second,"
            f" {self.late_withdrawn} a second after it was withdrawn.\n"
            f"Seen {self.seconds_to_show:.2f} s after its instant at the latest, gone"
            f" {self.seconds_to_vanish:.2f} s after it was withdrawn.\n"
            f"{self.readers} readers at the instant, through nginx and past it: {self.crowd_without_it}"
            f" without the piece; {self.renderings} pages made in all, {len(self.twice)} of them twice by a"
            f" process."
        )


@contextmanager
def polling(address: str, year: int) -> Iterator[list[Poller]]:
    pollers, enough = [Poller(address + page.format(year=year)) for page in PAGES], Event()
    threads = [Thread(target=poller.poll, args=[enough]) for poller in pollers]
    for thread in threads:
        thread.start()
    try:
        yield pollers
    finally:
        enough.set()
        for thread in threads:
            thread.join()


async def crowd(address: str, readers: int, at: float) -> list[bytes]:
    """What as many readers get who ask for the list in the same moment, with connections that stand."""
    host, _colon, port = address.removeprefix("http://").partition(":")
    streams = [await asyncio.open_connection(host, int(port)) for _ in range(readers)]
    await asyncio.sleep(max(0.0, at - time.time()))
    question = f"GET /reviews/ HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode()

    async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(question)
        answer = await reader.read()
        writer.close()
        return answer

    return await asyncio.gather(*(ask(*stream) for stream in streams))


class Newsroom:
    """The desk, in a process of its own that does what it is told."""

    def __init__(self, environment: dict[str, str]) -> None:
        command, pipe = [sys.executable, "-c", NEWSROOM], subprocess.PIPE
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True
        )

    def do(self, what: str) -> float:
        """The instant that it tells, UNIX time: of a piece that was approved, or when it was withdrawn."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(what, file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=60)


@contextmanager
def granian(environment: dict[str, str]) -> Iterator[str]:
    """The server of `make run`, noting what it makes; its host and port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += [
        "--port",
        str(port),
        "--workers",
        str(WORKERS),
        "--blocking-threads",
        "1",
        "--backlog",
        "2048",
    ]
    command += ["--log-level", "warning", "tests.deploy.counting:application"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/robots.txt")
            yield f"127.0.0.1:{port}"
        finally:
            server.terminate()


def prove(
    readers: int,
    *,
    with_redis: bool,
    forgetful: bool = False,
    ahead_seconds: int = 6,
    afterwards_seconds: float = 3.0,
) -> Friday:
    """A whole Friday, in a folder and with servers that are gone afterwards.

    Polled from `ahead_seconds` before its instant, until `afterwards_seconds` after what is waited for.
    """
    friday = Friday(readers, ahead_seconds, afterwards_seconds)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eyecatch-friday-")))
        notes = folder / "notes"
        notes.touch()
        environment = surroundings(folder, "http://127.0.0.1") | {
            "DEBUG": "false",
            "BEHIND_PROXY": "true",
            "LOG_LEVEL": "ERROR",
            "NOTED_IN": str(notes),
            "CACHE_URL": stack.enter_context(redis_url()) if with_redis else "",
        }
        newsroom = Newsroom(environment)
        stack.callback(newsroom.close)
        year = time.gmtime(newsroom.do("begin")).tm_year
        upstream = stack.enter_context(granian(environment))
        address = stack.enter_context(nginx(upstream, folder, forgetful=forgetful))
        with polling(address, year) as pollers:
            _goes_live(friday, newsroom, pollers, [address, f"http://{upstream}"])
            _is_withdrawn(friday, newsroom, pollers)
        made = Counter(notes.read_text().splitlines())
        friday.renderings = made.total()
        friday.twice = {what: times for what, times in made.items() if times > 1}
        friday.looks = sum(len(poller.looks) for poller in pollers)
    return friday


def _goes_live(friday: Friday, newsroom: Newsroom, pollers: list[Poller], addresses: list[str]) -> None:
    at = newsroom.do(f"due {friday.ahead_seconds}")

    async def crowds() -> list[list[bytes]]:
        return await asyncio.gather(*(crowd(address, friday.readers, at) for address in addresses))

    answers = [answer for each in asyncio.run(crowds()) for answer in each]
    friday.crowd_without_it = sum(SLUG not in answer for answer in answers)
    _wait_until(at + friday.afterwards_seconds)
    friday.early = sum(poller.early(at) for poller in pollers)
    friday.late = sum(poller.late(at + 1, shows=True) for poller in pollers)
    friday.seconds_to_show = max(poller.seconds_until(at, shows=True) for poller in pollers)


def _is_withdrawn(friday: Friday, newsroom: Newsroom, pollers: list[Poller]) -> None:
    at = newsroom.do("withdraw")
    _wait_until(at + friday.afterwards_seconds)
    friday.late_withdrawn = sum(poller.late(at + 1, shows=False) for poller in pollers)
    friday.seconds_to_vanish = max(poller.seconds_until(at, shows=False) for poller in pollers)


def _wait_until(at: float) -> None:
    time.sleep(max(0.0, at - time.time()))


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.deploy.friday", description="One Friday behind nginx.")
    parser.add_argument("--readers", type=int, default=1000, help="who come at the instant (1000)")
    given = parser.parse_args()
    kept = True
    for with_redis in (False, True):
        friday = prove(given.readers, with_redis=with_redis)
        print(f"{'Redis' if with_redis else 'Memory of each process'}\n{friday}\n", flush=True)
        kept = kept and friday.kept_its_word
    control = prove(1, with_redis=False, forgetful=True)
    print(f"Control: an nginx that leaves the second out of its keys must be found late\n{control}\n")
    return 0 if kept and control.late + control.late_withdrawn else 1


if __name__ == "__main__":
    raise SystemExit(main())
