"""Moving airings: by the wall time that the clocks of a zone show, with the label that stations print."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from coverage.newsroom.latenight import LateNight
from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.walltime import in_zone, resolve_wall, shift_days
from coverage.newsroom.weeks import Week

# Late-night times are what Japanese stations print.
STATIONS = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Shift:
    """How far instants move: by whole days on the clocks of `zone`; or, within the week that this
    leads to, to the weekday that `to` names, and to its time if it names one.
    """

    zone: ZoneInfo
    days: int = 0
    to: LateNight | None = None

    def of(self, instant: datetime, label: str = "") -> datetime:
        """Where `instant` comes to stand, UTC. With a late-night `label` it counts to the station's day.

        A gap moves it forward, a fold takes the first. Raises ValueError at the ends of the calendar.
        """
        local = in_zone(instant, self.zone)
        if self.to is None:
            return resolve_wall(shift_days(local.date(), self.days), local.time(), self.zone)
        late = _nights_past_midnight(label) if self.zone == STATIONS else 0
        slot = self._slot(self.to, local.time(), late)
        return slot.on(Week.of_day(shift_days(local.date(), self.days - late)))

    def _slot(self, to: LateNight, wall: time, late: int) -> WeeklySlot:
        return to.slot(self.zone) or WeeklySlot(to.weekday, wall, self.zone, late)

    def label(self, before: str, airs_at: datetime) -> str:
        """The late-night label of what comes to air at `airs_at`: as before, where that still says so."""
        given = self.to if self.to and self.to.wall is not None and self.zone == STATIONS else None
        if not before:
            return given.label if given and given.day_shift else ""
        if _means(before, airs_at):
            return before
        return given.label if given else _written(before, airs_at)


def _nights_past_midnight(label: str) -> int:
    """1 for what the station counts to the day before."""
    try:
        return LateNight.parse(label).day_shift
    except ValueError:
        return 0


def _means(label: str, airs_at: datetime) -> bool:
    """Whether `label` names this instant; one without a time, its day."""
    try:
        printed = LateNight.parse(label)
    except ValueError:
        return False
    slot = printed.slot(STATIONS)
    if slot is None:
        return in_zone(airs_at, STATIONS).weekday() == printed.weekday
    return slot.next_at_or_after(airs_at) == airs_at


def _written(before: str, airs_at: datetime) -> str:
    """As the one before: with its time or without, past midnight or not."""
    local = in_zone(airs_at, STATIONS)
    late = _nights_past_midnight(before)
    try:
        has_time = LateNight.parse(before).wall is not None
    except ValueError:
        has_time = True
    return LateNight.naming(local, late).label if has_time else LateNight.day_of(local).label
