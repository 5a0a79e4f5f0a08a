"""Weeks from Monday to Sunday, numbered as ISO 8601 does and written 2024-W03."""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from coverage.newsroom.walltime import in_zone, resolve_wall, shift_days


@dataclass(frozen=True, order=True)
class Week:
    """One week of the ISO calendar. Raises ValueError for a week that does not exist."""

    year: int
    number: int

    def __post_init__(self) -> None:
        # A year's margin, so that no day of a week, in any zone, leaves the calendar.
        if not MINYEAR < self.year < MAXYEAR:
            raise ValueError(f"No week can be told in the year {self.year}.")
        date.fromisocalendar(self.year, self.number, 1)

    @classmethod
    def of(cls, instant: datetime, zone: ZoneInfo) -> Self:
        """The week that ``instant`` falls in, for people in ``zone``."""
        week = cls.of_day(in_zone(instant, zone).date())
        # Clocks set back over midnight show Sunday again after Monday has begun.
        return week.next() if instant >= week.ends(zone) else week

    @classmethod
    def of_day(cls, day: date) -> Self:
        """The week that ``day`` belongs to."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads "2024-W03". Raises ValueError for anything else and for weeks that do not exist."""
        match = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text)
        if match is None:
            raise ValueError("A week is written like 2024-W03.")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    def days(self) -> tuple[date, ...]:
        """Its seven days, Monday first."""
        return tuple(self.monday + timedelta(days=shift) for shift in range(7))

    def starts(self, zone: ZoneInfo) -> datetime:
        """Its first instant in ``zone``, in UTC."""
        return resolve_wall(self.monday, time.min, zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """The first instant, in UTC, that is no longer in it: where the next week starts."""
        return resolve_wall(shift_days(self.monday, 7), time.min, zone)

    def next(self) -> Self:
        return self.of_day(shift_days(self.monday, 7))

    def previous(self) -> Self:
        return self.of_day(shift_days(self.monday, -7))
