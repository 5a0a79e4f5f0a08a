"""Every zone's changes of offset, found by reading clocks only, so that no test trusts what it tests."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

SWEEP_START = datetime(2025, 1, 1, tzinfo=UTC)
SWEEP_END = datetime(2036, 1, 1, tzinfo=UTC)


class Transition(NamedTuple):
    zone: ZoneInfo
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def skips(self) -> bool:
        return self.after > self.before


def all_zones() -> list[ZoneInfo]:
    return [ZoneInfo(key) for key in sorted(available_timezones()) if key != "localtime"]


def offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    found = instant.astimezone(zone).utcoffset()
    assert found is not None
    return found


def transitions(
    zone: ZoneInfo, start: datetime = SWEEP_START, end: datetime = SWEEP_END
) -> Iterator[Transition]:
    step = timedelta(days=7)
    while start < end:
        low, high = start, start + step
        if offset(zone, low) != offset(zone, high):
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if offset(zone, middle) == offset(zone, low) else (low, middle)
            yield Transition(zone, high, offset(zone, low), offset(zone, high))
        start += step


@cache
def all_transitions() -> list[Transition]:
    return [transition for zone in all_zones() for transition in transitions(zone)]
