"""What an address of the board asks for: which weeks, by week or by episode, mine or everybody's."""

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.weeks import Week

WEEKS, MOST_WEEKS = 14, 26
# How many weeks before this one the board opens with: what is late stands there.
BEFORE = 2


@dataclass(frozen=True)
class Look:
    """`start` is None where the address says none: then it moves on with the weeks."""

    today: Week
    start: Week | None = None
    many: int = WEEKS
    by: str = "week"
    whose: str = ""

    @classmethod
    def read(cls, asked: QueryDict, today: Week) -> Self:
        """What can't be understood is as if it had not been said."""
        return cls(
            today,
            week_named(asked.get("from", "")),
            _number(asked.get("weeks", "")),
            "episode" if asked.get("by") == "episode" else "week",
            next((whose for whose in ("mine", "all") if asked.get("whose") == whose), ""),
        )

    @property
    def weeks(self) -> tuple[Week, ...]:
        week = self.start or _moved(self.today, -BEFORE)
        found = [week]
        while len(found) < self.many:
            found.append(found[-1].next())
        return tuple(found)

    @property
    def query(self) -> str:
        """The address's query, without what it needn't say."""
        said: dict[str, Any] = {}
        if self.start:
            said["from"] = self.start
        if self.many != WEEKS:
            said["weeks"] = self.many
        if self.by != "week":
            said["by"] = self.by
        if self.whose:
            said["whose"] = self.whose
        return urlencode(said)

    @property
    def url(self) -> str:
        board = reverse("admin:board")
        return f"{board}?{self.query}" if self.query else board

    @property
    def earlier(self) -> "Look":
        return replace(self, start=_moved(self.weeks[0], -self.many))

    @property
    def later(self) -> "Look":
        return replace(self, start=self.weeks[-1].next())

    @property
    def now(self) -> "Look":
        return replace(self, start=None)

    @property
    def mine(self) -> "Look":
        return replace(self, whose="mine")

    @property
    def everybodys(self) -> "Look":
        return replace(self, whose="all")

    @property
    def by_week(self) -> "Look":
        return replace(self, by="week")

    @property
    def by_episode(self) -> "Look":
        return replace(self, by="episode")


def came_from(request: NewsroomRequest, back: str) -> Look:
    """The look at the board that an editor came from, as `back` tells it, and goes back to."""
    return Look.read(QueryDict(back), request.publication.week(request.now))


def week_named(text: str) -> Week | None:
    """The week that an address or a form names; None for none that a board can show."""
    try:
        week = Week.parse(text)
        # Within what calendars can tell, with room to leaf on.
        return week if 1900 < week.year < 2300 else None
    except ValueError:
        return None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        return WEEKS
    return min(max(int(text), 1), MOST_WEEKS)


def _moved(week: Week, by: int) -> Week:
    for _step in range(abs(by)):
        week = week.next() if by > 0 else week.previous()
    return week
