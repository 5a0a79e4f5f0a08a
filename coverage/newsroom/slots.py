"""The recurring instants of a newsroom: a weekday and a wall time in a zone."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from coverage.newsroom.walltime import in_words, in_zone, resolve_wall, shift_days
from coverage.newsroom.weeks import Week


@dataclass(frozen=True)
class WeeklySlot:
    """A wall time that comes every week: Friday 09:00 in New York.

    ``weekday`` counts from 0, Monday. ``day_shift`` is 1 for a late-night slot, which belongs to its
    weekday but falls on the next day: "Wednesdays 24:55" is weekday 2, 00:55, shifted by one.
    """

    weekday: int
    wall: time
    zone: ZoneInfo
    day_shift: int = 0

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise ValueError("A weekday is a number from 0, Monday, to 6, Sunday.")
        if self.day_shift not in (0, 1):
            raise ValueError("A slot falls on its own weekday or on the day after.")
        if self.wall.tzinfo is not None:
            raise ValueError("A slot's wall time carries no time zone of its own.")

    def on(self, week: Week) -> datetime:
        """The slot's instant for ``week``, in UTC."""
        day = shift_days(week.monday, self.weekday + self.day_shift)
        return resolve_wall(day, self.wall, self.zone)

    def next_at_or_after(self, instant: datetime) -> datetime:
        """The slot's first instant that is not before ``instant``, in UTC."""
        return self.on(self.week_for(instant))

    def week_for(self, instant: datetime) -> Week:
        """The week whose slot is the first that is not before ``instant``."""
        # One week back: a late-night Sunday slot, or one moved by a gap, falls in the week after its own.
        week = Week.of_day(shift_days(in_zone(instant, self.zone).date(), -7))
        while self.on(week) < instant:
            week = week.next()
        return week

    def in_words(self, instant: datetime, now: datetime | None = None) -> str:
        """``instant`` as told in the slot's zone: "Friday 28 November, 09:00 New York"."""
        return in_words(instant, self.zone, now)
