"""Weeks, day by day: what airs and what goes live."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Subquery
from django.db.models.functions import TruncDay
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.composing import composed_once
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import Publication
from coverage.newsroom.pages import Page
from coverage.newsroom.walltime import in_zone
from coverage.newsroom.weeks import Week
from reviews.models import Release
from series.models import Episode

# An airing outside of these is a slip of the pen, and no reason for years of empty weeks.
_EARLIEST, _LATEST = datetime(1917, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class WeekInAddress:
    """2024-W03, and only a week that the calendar has."""

    regex = r"[0-9]{4}-W[0-9]{2}"

    def to_python(self, value: str) -> Week:
        return Week.parse(value)  # a ValueError says that nothing answers here

    def to_url(self, value: Week) -> str:
        return str(value)


@dataclass
class Day:
    """One day in the newsroom's zone: its airings and the pieces that went live, by time."""

    day: date
    airings: list[Episode] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)


@require_safe
def this_week(request: NewsroomRequest) -> HttpResponse:
    """To the current week. For now only: on Monday this address leads to another one."""
    week = request.publication.week(request.now)
    return HttpResponseRedirect(reverse("site:week", args=[week]))


@require_safe
def week_page(request: NewsroomRequest, week: Week) -> HttpResponse:
    """One week.

    Context: page, week, span (its days in words), days ([Day]), today, current (the week that it is now),
    previous and next (weeks or None).
    """
    known = known_weeks(request.publication, request.now)
    if week not in known:
        raise Http404
    days = _days(week, request.publication, request.now)
    context = {
        "page": _page(request, week, days),
        "week": week,
        "span": span_of(week),
        "days": days,
        "today": request.publication.today(request.now),
        "current": request.publication.week(request.now),
        "previous": week.previous() if week.previous() in known else None,
        "next": week.next() if week.next() in known else None,
    }
    return render(request, "site/week.html", context)


@dataclass(frozen=True)
class Weeks:
    """All weeks from the first to the last."""

    first: Week
    last: Week

    def __contains__(self, week: Week) -> bool:
        return self.first <= week <= self.last

    def __iter__(self) -> Iterator[Week]:
        week = self.first
        while week <= self.last:
            yield week
            week = week.next()


def known_weeks(publication: Publication, at: datetime) -> Weeks:
    """From the first airing or live piece to the last announced airing or next week; one query."""
    [ends] = _ends(at)
    now = publication.week(at)
    weeks = [now, now.next(), *(Week.of(end, publication.zone) for end in ends if end)]
    return Weeks(min(weeks), max(weeks))


def eventful_weeks(publication: Publication, at: datetime) -> list[Week]:
    """The known weeks in which something airs or went live, in order: those whose pages are indexed."""
    airings = Episode.objects.announced(at).filter(airs_at__range=(_EARLIEST, _LATEST))
    pieces = Release.objects.live(at)
    days = set[datetime]()
    for name, rows in (("airs_at", airings), ("publish_at", pieces)):
        day = TruncDay(name, tzinfo=publication.zone)
        days.update(rows.order_by().values_list(day, flat=True).distinct())
    return sorted({Week.of_day(day.date()) for day in days})


@composed_once
def _ends(at: datetime) -> QuerySet[Publication, tuple[datetime | None, ...]]:
    airings = Episode.objects.announced(at).filter(airs_at__range=(_EARLIEST, _LATEST))
    pieces = Release.objects.live(at).order_by("publish_at")
    return Publication.objects.values_list(
        Subquery(airings.order_by("airs_at").values("airs_at")[:1]),
        Subquery(airings.order_by("-airs_at").values("airs_at")[:1]),
        Subquery(pieces.values("publish_at")[:1]),
    )


def _days(week: Week, publication: Publication, at: datetime) -> list[Day]:
    zone = publication.zone
    days = {day: Day(day) for day in week.days()}
    starts, ends = week.starts(zone), week.ends(zone)
    for episode in _airings(starts, ends, at):
        if episode.airs_at:
            days[_day(episode.airs_at, week, zone)].airings.append(episode)
    for release in _pieces(starts, ends, at):
        days[_day(release.publish_at, week, zone)].releases.append(release)
    return list(days.values())


@composed_once
def _airings(starts: datetime, ends: datetime, at: datetime) -> QuerySet[Episode]:
    return Episode.objects.scheduled(starts, ends, at).with_known_titles(at)


@composed_once
def _pieces(starts: datetime, ends: datetime, at: datetime) -> QuerySet[Release]:
    live = Release.objects.live(at).filter(publish_at__gte=starts, publish_at__lt=ends)
    return live.for_list().order_by("publish_at", "pk")


def _day(instant: datetime, week: Week, zone: ZoneInfo) -> date:
    # Clocks set back over midnight show Sunday again after the week has begun: that is Monday here.
    return max(in_zone(instant, zone).date(), week.monday)


def span_of(week: Week) -> str:
    """“12–18 January 2026”, “26 January – 1 February 2026”, “29 December 2025 – 4 January 2026”."""
    first, last = week.days()[0], week.days()[-1]
    to = date_format(last, "j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{to}"
    return f"{date_format(first, 'j F' if first.year == last.year else 'j F Y')} – {to}"


def _page(request: NewsroomRequest, week: Week, days: list[Day]) -> Page:
    """A quiet week has a page, so that its neighbours lead somewhere, but nothing to be found by."""
    span = span_of(week)
    return Page(
        path=request.path,
        title=_("Week of %(days)s") % {"days": span},
        description=_("What airs and which reviews go live, day by day: %(days)s.") % {"days": span},
        indexed=any(day.airings or day.releases for day in days),
    )
