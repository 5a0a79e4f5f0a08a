"""The announcer at work: a few hands that send at once, so that one that waits for an answer stops none."""

import logging
import os
import socket
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from queue import SimpleQueue
from threading import Event, Lock, Semaphore, Thread
from types import TracebackType
from typing import Self

from django.db import Error, close_old_connections, connections

from coverage.newsroom import clock
from reviews.announcing.delivering import Clock, Tally, deliver, sendable, tidy
from reviews.announcing.occasions import look_around
from reviews.models import Announcement, Announcer

HANDS = 6
# What is due leaves no later than this after its instant.
WAIT_SECONDS = 1.0
LOOK_EVERY, TIDY_EVERY = timedelta(minutes=1), timedelta(seconds=5)
LONGEST_PAUSE_SECONDS = 30.0

Job = Callable[[], object]

logger = logging.getLogger(__name__)


class Hands:
    """Threads that do one job after the other; leaving the block waits for those that are begun."""

    def __init__(self, many: int, now: Clock) -> None:
        self._now = now
        self.tally: Tally = Counter()
        self._free = Semaphore(many)
        self._count, self._counting = 0, Lock()
        self._done = Event()
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [Thread(target=self._work, name=f"hand-{number}") for number in range(many)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _thread in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    @property
    def busy(self) -> int:
        return self._count

    def give(self, job: Job) -> bool:
        """Let a free hand do it, if there is one."""
        if not self._free.acquire(blocking=False):
            return False
        self._hand(job)
        return True

    def give_what_is_due(self) -> int:
        """Claim a row for each free hand; answers how many."""
        given = 0
        while self._free.acquire(blocking=False):
            try:
                row = Announcement.objects.claim(self._now(), sendable())
            except Error:
                self._free.release()
                raise
            if row is None:
                self._free.release()
                break
            self._hand(partial(self._deliver, row))
            given += 1
        return given

    def wait(self, seconds: float) -> None:
        """Until a hand gets free, and no longer than this."""
        self._done.wait(seconds)
        self._done.clear()

    def _hand(self, job: Job) -> None:
        with self._counting:
            self._count += 1
        self._jobs.put(job)

    def _deliver(self, row: Announcement) -> None:
        outcome = deliver(row, self._now)
        with self._counting:
            self.tally[outcome] += 1

    def _work(self) -> None:
        try:
            while (job := self._jobs.get()) is not None:
                self._do(job)
        finally:
            connections.close_all()

    def _do(self, job: Job) -> None:
        close_old_connections()
        try:
            job()
        except Exception:
            # Its lease runs out, and another hand takes it up.
            logger.exception("A hand has dropped what it held")
            connections.close_all()
        finally:
            with self._counting:
                self._count -= 1
            self._free.release()
            self._done.set()


def drain(now: Clock, many: int = HANDS) -> Tally:
    """Send all that is due with `many` hands; answers how many came to which outcome."""
    settled = tidy(now())
    with Hands(many, now) as hands:
        while True:
            busy = hands.busy
            given = hands.give_what_is_due()
            # Who was busy before may have had the turn of what is due.
            if not (busy or given):
                break
            hands.wait(WAIT_SECONDS)
    return settled + hands.tally


def keep_on(now: Clock, stopping: Event, many: int = HANDS) -> None:
    """Send what is due until `stopping` is set, and end what is begun. Outlives the database's restarts."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    logger.info("The announcer begins", extra={"announcer": name})
    pause = WAIT_SECONDS
    with Hands(many, now) as hands:
        rounds = _Rounds(name, now, hands)
        while not stopping.is_set():
            try:
                rounds.go()
                pause = WAIT_SECONDS
            except Error as error:
                logger.warning("The database doesn't answer: %s", error, extra={"pause": pause})
                connections.close_all()
                stopping.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
    logger.info("The announcer ends", extra={"announcer": name} | dict(hands.tally))


class _Rounds:
    """What is done at every round, and what only now and then."""

    def __init__(self, name: str, now: Clock, hands: Hands) -> None:
        self._name, self._now, self._hands = name, now, hands
        self._look_at = self._tidy_at = now()

    def go(self) -> None:
        close_old_connections()
        clock.keep_right()
        at = self._now()
        if at >= self._tidy_at:
            Announcer.objects.sign(self._name, at)
            tidy(at)
            self._tidy_at = at + TIDY_EVERY
        if at >= self._look_at and self._hands.give(lambda: look_around(at)):
            self._look_at = at + LOOK_EVERY
        self._hands.give_what_is_due()
        self._hands.wait(WAIT_SECONDS)
