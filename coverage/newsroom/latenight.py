"""Japanese late-night notation, where the broadcasting day runs on past midnight to 29:59."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time
from typing import Self
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.weeks import Week

LAST_HOUR = 29

ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ENGLISH_SHORT = {"tues": 1, "wednes": 2, "weds": 2, "thur": 3, "thurs": 3}
JAPANESE_WEEKDAYS = "月火水木金土日"

NOTATION = re.compile(
    r"""
    (?:every\s+|毎週\s*|\()?
    (?P<weekday>[a-z]+|[^\W\d_a-z](?:曜日?)?)\.?\)?
    (?:\s*,?\s*(?:at\s+)?
        (?P<midnight>深夜)?\s*
        (?P<hour>[0-9]{1,2})(?::|時)(?P<minute>[0-9]{2})分?
        \s*[~\u301c\u2013\u2014-]?
    )?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class LateNight:
    """When a programme is broadcast each week, as printed.

    "Wednesdays 24:55" is a Wednesday's programme at 00:55 on Thursday: weekday 2, wall 00:55,
    day_shift 1. "every Thursday" has a weekday only: its ``wall`` is None.
    """

    label: str
    weekday: int
    wall: time | None = None
    day_shift: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads "Wed 25:30", "毎週水曜24:55〜" and the like. Raises ValueError, in an editor's words."""
        label = text.strip()
        match = NOTATION.fullmatch(unicodedata.normalize("NFKC", label).casefold())
        if match is None:
            raise ValueError(
                gettext("“%(text)s” is not a weekday with a time. Write it like “Wednesdays 24:55”.")
                % {"text": label[:80]}
            )
        weekday = _weekday(match["weekday"])
        if match["hour"] is None:
            return cls(label, weekday)
        wall, day_shift = _wall(
            int(match["hour"]), int(match["minute"]), past_midnight=bool(match["midnight"])
        )
        return cls(label, weekday, wall, day_shift)

    @classmethod
    def naming(cls, local: datetime, day_shift: int = 0) -> Self:
        """What names the weekday and time that `local` shows: “Wednesdays 24:55”.

        `day_shift` 1 counts it to the day before, unless the broadcasting day has ended by then.
        """
        late = day_shift if local.hour + 24 <= LAST_HOUR else 0
        weekday = (local.weekday() - late) % 7
        printed = f"{_plural(weekday)} {local.hour + 24 * late:02}:{local.minute:02}"
        return cls(printed, weekday, local.time().replace(second=0, microsecond=0), late)

    @classmethod
    def day_of(cls, local: datetime) -> Self:
        """What names its weekday alone: “Thursdays”."""
        return cls(_plural(local.weekday()), local.weekday())

    def __str__(self) -> str:
        return self.label

    def slot(self, zone: ZoneInfo) -> WeeklySlot | None:
        """The weekly slot it means in ``zone``, or None when it names no time."""
        if self.wall is None:
            return None
        return WeeklySlot(self.weekday, self.wall, zone, self.day_shift)

    def instant_in(self, week: Week, zone: ZoneInfo) -> datetime | None:
        """Its instant for ``week``, in UTC, or None when it names no time."""
        slot = self.slot(zone)
        return None if slot is None else slot.on(week)


def _plural(weekday: int) -> str:
    return f"{ENGLISH_WEEKDAYS[weekday].capitalize()}s"


def _weekday(name: str) -> int:
    if name[0] in JAPANESE_WEEKDAYS:
        return JAPANESE_WEEKDAYS.index(name[0])
    singular = name.removesuffix("s")
    if singular in ENGLISH_WEEKDAYS:
        return ENGLISH_WEEKDAYS.index(singular)
    for short in (name, singular):
        if short in ENGLISH_SHORT:
            return ENGLISH_SHORT[short]
        for weekday, full in enumerate(ENGLISH_WEEKDAYS):
            if short == full[:3]:
                return weekday
    raise ValueError(gettext("“%(name)s” is not a weekday.") % {"name": name})


def _wall(hour: int, minute: int, *, past_midnight: bool) -> tuple[time, int]:
    if hour > LAST_HOUR:
        raise ValueError(
            gettext("There is no hour %(hour)d: the broadcasting day ends at %(last)d:59.")
            % {"hour": hour, "last": LAST_HOUR}
        )
    if minute > 59:
        raise ValueError(gettext("There is no minute %(minute)d.") % {"minute": minute})
    if past_midnight and hour < LAST_HOUR - 23:
        # 水曜深夜1:25 is the night that follows Wednesday, as 25:25 is.
        hour += 24
    return time(hour % 24, minute), hour // 24
