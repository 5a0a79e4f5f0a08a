"""Between instants and what the clock on a wall shows in a zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext, pgettext

OUT_OF_RANGE = "Instants this far from the present cannot be told in every time zone."


def resolve_wall(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks in ``zone`` show ``wall`` on ``day``.

    A time that a gap skips moves forward by the gap's length (02:30 in a gap from 02:00 to 03:00 is
    03:30; a day skipped whole gives the same time on the next). A time that comes twice is the first.
    Raises ValueError at the ends of the calendar.
    """
    # PEP 495: fold=0 reads a skipped time with the offset before the gap, a doubled one with the first.
    local = datetime.combine(day, wall.replace(tzinfo=None, fold=0), tzinfo=zone)
    try:
        return local.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(OUT_OF_RANGE) from error


def in_zone(instant: datetime, zone: ZoneInfo) -> datetime:
    """The same instant as told in ``zone``. Raises ValueError if naive, or at the ends of the calendar."""
    if instant.utcoffset() is None:
        raise ValueError("An instant needs a time zone; this datetime is naive.")
    try:
        return instant.astimezone(zone)
    except OverflowError as error:
        raise ValueError(OUT_OF_RANGE) from error


def place_name(zone: ZoneInfo) -> str:
    """What people call a zone: "New York", "Buenos Aires", "UTC"; for a fixed offset, "UTC-5"."""
    key = zone.key or str(zone)
    fixed = re.fullmatch(r"Etc/GMT([+-])([0-9]+)", key)
    if fixed:
        # These keys carry the POSIX sign: Etc/GMT+5 is five hours behind UTC.
        sign = "-" if fixed[1] == "+" else "+"
        return "UTC" if fixed[2] == "0" else f"UTC{sign}{fixed[2]}"
    if key in {"Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"}:
        return "UTC"
    return key.rpartition("/")[2].replace("_", " ")


def in_words(
    instant: datetime, zone: ZoneInfo, now: datetime | None = None, *, to_the_second: bool = False
) -> str:
    """An instant for an editor: "Friday 28 November, 09:00 New York".

    With ``now`` given, the year is added when it is not the current one in that zone. ``to_the_second``
    tells an odd second too: "08:59:59".
    """
    local = in_zone(instant, zone)
    if now is not None and in_zone(now, zone).year != local.year:
        day = dateformat.format(local, pgettext("date format: Friday 28 November 2025", "l j F Y"))
    else:
        day = dateformat.format(local, pgettext("date format: Friday 28 November", "l j F"))
    clock = "H:i:s" if to_the_second and local.second else "H:i"
    words = {"day": day, "time": dateformat.format(local, clock), "place": place_name(zone)}
    return gettext("%(day)s, %(time)s %(place)s") % words


def shift_days(day: date, days: int) -> date:
    """``day`` moved by whole days. Raises ValueError at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise ValueError(OUT_OF_RANGE) from error
