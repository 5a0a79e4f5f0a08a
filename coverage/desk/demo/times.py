"""The demo's calendar: a season under way, whenever it is loaded."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coverage.newsroom.latenight import LateNight
from coverage.newsroom.models import Publication
from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.weeks import Week
from series.models import Series
from series.models.series import Season

TOKYO = ZoneInfo("Asia/Tokyo")
SECOND = timedelta(seconds=1)
# This season's shows began eight weeks ago; a season starts within some 45 days of its shows' premieres.
PREMIERE_WEEK = -8
NEAREST_QUARTER = timedelta(days=45)


def weekly(printed: str, zone: ZoneInfo) -> WeeklySlot:
    """The slot that “Wednesdays 25:05” names in `zone`."""
    slot = LateNight.parse(printed).slot(zone)
    if slot is None:
        raise ValueError(f"{printed} names no time.")
    return slot


@dataclass(frozen=True)
class Calendar:
    """Counts weeks from the coming slot, 0: the last one that has passed is -1."""

    now: datetime
    publication: Publication

    @property
    def zone(self) -> ZoneInfo:
        return self.publication.zone

    def slot(self, slot: WeeklySlot, week: int) -> datetime:
        """The instant of `slot` in the week counted from its own coming one, UTC."""
        coming = Week.of(slot.next_at_or_after(self.now + SECOND), slot.zone)
        return slot.on(Week.of_day(coming.monday + timedelta(weeks=week)))

    def week(self, series: Series, week: int) -> Week:
        """The week of that slot of the show's."""
        slot = series.slot(self.publication)
        return slot.week_for(self.slot(slot, week))

    def slot_on(self, day: date) -> datetime:
        """The paper's slot in the week of `day`."""
        return self.publication.slot.on(Week.of_day(day))

    def airing(self, airs: WeeklySlot, reviewed: WeeklySlot, week: int) -> datetime:
        """When an episode aired whose review is due in `week`: within the seven days before."""
        return airs.next_at_or_after(self.slot(reviewed, week - 1) + SECOND)

    def season(self, shift: int) -> tuple[int, Season]:
        """The season under way, or the one `shift` after it."""
        middle = self.slot(self.publication.slot, PREMIERE_WEEK) + NEAREST_QUARTER
        quarter = middle.year * 4 + (middle.month - 1) // 3 + shift
        return quarter // 4, list(Season)[quarter % 4]


def run_from(first: date, airs: WeeklySlot, count: int) -> datetime:
    """The airing `count` weeks after the one in the week of `first`."""
    return airs.on(Week.of_day(first + timedelta(weeks=count)))


def release_day(day: date) -> datetime:
    """A film's release: noon in Tokyo."""
    return datetime.combine(day, time(12), TOKYO)
