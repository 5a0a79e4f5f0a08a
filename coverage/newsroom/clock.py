"""The one clock. Only the middleware, the commands and the verbs ask it; views are handed ``request.now``.

Where several machines stand before one database (`CLOCK_BY_DATABASE`), each process corrects its own
machine's clock by what it measures of the database's, so that all of them go live at the same instant.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import Error, connection

MEASURED_EVERY_SECONDS = 60
# As long as there is no measure at all.
AGAIN_AFTER_SECONDS = 1
# An answer that took longer says too little about when it was given.
LONGEST_ROUND_TRIP_SECONDS = 0.5
# From here on somebody should look at the machine's own clock.
WORTH_A_WARNING = timedelta(seconds=2)

_log = logging.getLogger(__name__)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + _correction.applied


def keep_right() -> None:
    """Measure, once a minute, how far this clock is from the database's. Call it outside transactions."""
    if settings.CLOCK_BY_DATABASE:
        _correction.keep_right()


def database_time() -> datetime:
    """What the database's clock says, aware. Raises DatabaseError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    return told


@dataclass
class Correction:
    """What is added to this machine's clock: the first measure whole, later ones by halves."""

    ask: Callable[[], datetime] = database_time
    applied: timedelta = timedelta()
    _measured: bool = False
    _due: float = float("-inf")
    _measuring: Lock = field(default_factory=Lock)

    def keep_right(self) -> None:
        """Whoever comes before the first measure waits for it: unmeasured, a clock may be early."""
        if monotonic() < self._due or not self._measuring.acquire(blocking=not self._measured):
            return
        try:
            if monotonic() >= self._due:
                self._try()
        finally:
            self._measuring.release()

    def _try(self) -> None:
        try:
            self._measure()
        except Error as error:
            _log.warning("The database's clock can't be read: %s", error)
        self._due = monotonic() + (MEASURED_EVERY_SECONDS if self._measured else AGAIN_AFTER_SECONDS)

    def _measure(self) -> None:
        began, before = monotonic(), datetime.now(UTC)
        told = self.ask()
        took = monotonic() - began
        if took > LONGEST_ROUND_TRIP_SECONDS:
            return
        distance = told - (before + timedelta(seconds=took / 2))
        off = distance - self.applied
        is_first, self._measured = not self._measured, True
        # Within that, the difference may be the way's and not the clock's.
        if abs(off) <= timedelta(seconds=took / 2):
            return
        self.applied += off if is_first else off / 2
        level = logging.WARNING if abs(distance) >= WORTH_A_WARNING else logging.DEBUG
        _log.log(level, "This machine's clock is %.3f s from the database's.", -distance.total_seconds())


_correction = Correction()
