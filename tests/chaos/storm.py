"""A storm: announcements, a few announcers, kills; and what the receivers' own logs say of it afterwards."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from coverage.newsroom import clock
from reviews.announcing.kinds import Call, Kind
from reviews.models import Announcement
from reviews.models.announcements import Outcome
from tests.chaos.points import POINTS
from tests.chaos.post_office import receiving_mail
from tests.receiver import Received, listening

ROOT = Path(__file__).resolve().parents[2]
ANNOUNCERS = 3
DESTINATIONS = 24
# Of what is asked, so much is refused for now, and so much is dropped without an answer.
REFUSED, DROPPED = 0.1, 0.03
GIVEN_UP_AFTER = 120.0


@dataclass
class Verdict:
    """`lost` never arrived and isn't “unknown” either; `doubled` arrived under two keys, or a mail twice."""

    announcements: int
    kills: int = 0
    reached: set[str] = field(default_factory=set)
    outcomes: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    doubled: int = 0
    repeated: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.announcements} announcements, {self.kills} kills at random and {len(self.reached)} of "
            f"{len(POINTS)} points reached, {self.seconds:.0f} s: {self.lost} lost, {self.doubled} doubled, "
            f"{self.repeated} repeated with the same key, {self.outcomes}"
        )


def rows(many: int, seed: int) -> Iterator[Announcement]:
    """Of every kind, mails among them, to a few dozen destinations."""
    dice = random.Random(seed)
    at = clock.now() - timedelta(minutes=1)
    for number in range(many):
        kind: Any = dice.choice([*Call, Kind.LATE])
        destination = f"endpoint:{dice.randrange(DESTINATIONS)}"
        yield Announcement.made(kind, destination, f"review:{number}", round=1, at=at)


class Nursery:
    """Makes announcers, kills them, and hears of their deaths."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._told: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self.alive: dict[int, str] = {}
        self.deaths: list[tuple[str, int]] = []
        self._listener = Thread(target=self._listen)
        self._listener.start()
        self._until("ready")

    def close(self) -> None:
        """Whoever is still alive dies with it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._listener.join()

    def make(self, point: str = "", *, naively: bool = False) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"point": point, "naively": naively}) + "\n")
        self._process.stdin.flush()
        pid: int = self._until("born")["born"]
        self.alive[pid] = point
        return pid

    def kill(self, dice: random.Random) -> None:
        if not self.alive:
            return
        pid = dice.choice(list(self.alive))
        end(pid, signal.SIGKILL)
        self.until(lambda: pid not in self.alive)

    def until(self, holds: Callable[[], bool]) -> None:
        """Hear of deaths until then. Raises TimeoutError."""
        ends = time.monotonic() + GIVEN_UP_AFTER
        while not holds():
            self.hear(0.05)
            if time.monotonic() > ends:
                raise TimeoutError(f"still alive: {self.alive}")

    def hear(self, seconds: float = 0.0) -> None:
        try:
            self._take(self._told.get(timeout=seconds) if seconds else self._told.get_nowait())
        except Empty:
            return

    def _until(self, word: str) -> dict[str, Any]:
        while True:
            told = self._told.get(timeout=GIVEN_UP_AFTER)
            self._take(told)
            if word in told:
                return told

    def _take(self, told: dict[str, Any]) -> None:
        if "dead" in told:
            self.deaths.append((self.alive.pop(told["dead"], ""), told["code"]))

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._told.put(json.loads(line))


def end(pid: int, how: signal.Signals) -> None:
    """It may just have ended by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, how)


@contextmanager
def nursery(origin: str, mail_port: int, environment: dict[str, str]) -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.chaos.nursery", origin, str(mail_port)]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process,
        closing(Nursery(process)) as made,
    ):
        yield made


def blow(many: int, kills: int, database_url: str, *, seed: int = 1, naively: bool = False) -> Verdict:
    """Let announcers, killed again and again, send `many` announcements; they judge who kept what."""
    dice, verdict, started = random.Random(seed), Verdict(many), time.monotonic()
    Announcement.objects.bulk_create(rows(many, seed), batch_size=500)
    environment = dict(os.environ) | {"DATABASE_URL": database_url}
    with listening() as receiver, receiving_mail() as mail:
        if not naively:
            receiver.mood = moody(seed)
        with nursery(receiver.origin, mail.port, environment) as made:
            points = [] if naively else list(POINTS)
            _go_through_it(made, verdict, points, kills, dice, naively=naively)
            for pid in list(made.alive):
                end(pid, signal.SIGTERM)
            made.until(lambda: not made.alive)
            verdict.reached = {point for point, code in made.deaths if point and code == -signal.SIGKILL}
        judge(verdict, receiver.log, mail.taken)
    verdict.seconds = time.monotonic() - started
    return verdict


def _go_through_it(
    made: Nursery, verdict: Verdict, points: list[str], kills: int, dice: random.Random, *, naively: bool
) -> None:
    """First one after the other dies at its point; then one is killed whenever another share is done."""
    many, begun = verdict.announcements, time.monotonic()
    for point in points:
        made.make(point)
        made.until(lambda: not made.alive)
    shares = iter([many * (number + 1) // (kills + 2) for number in range(kills)])
    share = next(shares, None)
    while time.monotonic() - begun < GIVEN_UP_AFTER + many / 10:
        made.hear()
        while len(made.alive) < ANNOUNCERS:
            made.make(naively=naively)
        open_ = Announcement.objects.filter(outcome__in=[Outcome.WAITING, Outcome.HANDING_OVER]).count()
        if share is not None and many - open_ >= share:
            made.kill(dice)
            verdict.kills += 1
            share = next(shares, None)
        if not open_ and share is None:
            return
        time.sleep(dice.uniform(0.0, 0.03))


def moody(seed: int) -> Any:
    dice = random.Random(seed)

    def mood() -> int | None:
        """What is said to a request: a status, or None for nothing."""
        thrown = dice.random()
        return None if thrown < DROPPED else 503 if thrown < DROPPED + REFUSED else 204

    return mood


def judge(verdict: Verdict, requests: list[Received], mails: list[tuple[str, str]]) -> None:
    """By what each receiver has had: under how many keys, and how often."""
    keys: dict[str, list[str]] = defaultdict(list)
    for got in requests:
        keys[got.body.decode()].append(got.headers["idempotency-key"])
    for about, key in mails:
        keys[about].append(key)
    for row in Announcement.objects.all().iterator():
        had = keys[f"{row.kind} {row.destination} {row.subject} {row.round}"]
        verdict.lost += not had and row.outcome != Outcome.UNKNOWN
        verdict.doubled += len(set(had)) > 1 or (row.is_mail and len(had) > 1)
        verdict.repeated += max(len(had) - 1, 0)
    verdict.outcomes = dict(Counter(Announcement.objects.values_list("outcome", flat=True)))
