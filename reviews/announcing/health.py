"""How the announcing goes: who is at work, what is overdue, what has gone wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from reviews.models import Announcement, Announcer
from reviews.models.announcements import Outcome

# From then on something is wrong: whoever is at work looks every second, and cron every minute.
OVERDUE_AFTER = timedelta(minutes=3)
REMEMBERED = timedelta(days=7)


@dataclass(frozen=True)
class Health:
    """`overdue` rows have waited since `since` and nobody has tried them; `failed` may want another try."""

    at_work: int
    last_seen_at: datetime | None
    waiting: int
    overdue: int
    since: datetime | None
    failed: list[Announcement]
    unknown: list[Announcement]

    @property
    def is_well(self) -> bool:
        return not self.overdue


def health(at: datetime, latest: int = 20) -> Health:
    """As of `at`; of what failed or is unknown within a week, the latest few."""
    waiting = Announcement.objects.filter(outcome=Outcome.WAITING)
    overdue = Announcement.objects.due(at - OVERDUE_AFTER)
    settled = Announcement.objects.filter(settled_at__gte=at - REMEMBERED).order_by("-settled_at")
    return Health(
        at_work=Announcer.objects.at_work(at).count(),
        last_seen_at=Announcer.objects.values_list("seen_at", flat=True).order_by("-seen_at").first(),
        waiting=waiting.count(),
        overdue=overdue.count(),
        since=overdue.aggregate(first=Min("next_attempt_at"))["first"],
        failed=list(settled.filter(outcome=Outcome.FAILED)[:latest]),
        unknown=list(settled.filter(outcome=Outcome.UNKNOWN)[:latest]),
    )
