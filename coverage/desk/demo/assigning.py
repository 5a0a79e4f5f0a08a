"""Who covers which of the demo's shows, and what is said of single weeks."""

from collections import Counter
from datetime import datetime

from coverage.desk.demo.keeping import facts
from coverage.desk.demo.staff import Staff
from coverage.desk.demo.times import Calendar
from coverage.newsroom.models import User
from reviews import planning
from reviews.models import Byline, Kind
from reviews.verbs import Act
from series.models import Series


def assign_seasons(by: User, at: datetime) -> None:
    """Give each show's season to the critic who has written most of its weekly pieces."""
    for series in Series.objects.all():
        weekly = Byline.objects.filter(review__series=series, review__kind=Kind.WEEKLY, position=0)
        written = Counter(byline.reviewer for byline in weekly.select_related("reviewer").order_by("pk"))
        if written:
            ((reviewer, _many),) = written.most_common(1)
            planning.assign(series, None, Act(by, at), reviewer)


def plan_weeks(staff: Staff, calendar: Calendar) -> None:
    """Who sits in for whom, and which weeks are left out."""
    said, by = facts("plan.toml"), staff.users["chief"]
    for row in said["assignments"]:
        series = Series.objects.get(slug=row["series"])
        act = Act(by, calendar.now)
        planning.assign(series, calendar.week(series, row["week"]), act, staff.reviewers[row["to"]])
    for row in said["skips"]:
        series = Series.objects.get(slug=row["series"])
        act = Act(by, calendar.now, note=row["why"])
        planning.skip(series, calendar.week(series, row["week"]), act)
