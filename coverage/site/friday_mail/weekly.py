"""The weekly mail: a row for each reader a quarter of an hour after the slot, and what it tells them."""

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from coverage.newsroom.models import Publication
from coverage.site.friday_mail.asking import READER, destination_of
from coverage.site.friday_mail.returning import came_back
from coverage.site.models import Subscriber
from reviews.announcing.kinds import ReaderMail
from reviews.models import Announcement, Release
from reviews.models.announcements import Outcome

AFTER_THE_SLOT = timedelta(minutes=15)
# A reader who had no mail for longer, because nothing left the house, isn't told of all of it.
LONGEST_BACK = timedelta(weeks=4)
# Rows that are written at a time, so that no other writer waits for long.
AT_A_TIME = 500
# Whoever may have had a mail isn't told the same again.
_MAY_HAVE_HAD = (Outcome.SENT, Outcome.UNKNOWN, Outcome.HANDING_OVER)


def look(at: datetime) -> None:
    """Write the rows of the last slot, for whoever has none of it yet, while they are of use."""
    due = Publication.objects.get().last_slot(at - AFTER_THE_SLOT) + AFTER_THE_SLOT
    if at > due + ReaderMail.WEEK.useful_for:
        return
    readers = list(_without_a_row(due).order_by("pk"))
    for start in range(0, len(readers), AT_A_TIME):
        Announcement.objects.write(row_for(reader, due, at) for reader in readers[start : start + AT_A_TIME])


def row_for(subscriber: Subscriber, due: datetime, at: datetime) -> Announcement:
    """Not saved yet; another slot is another round."""
    return Announcement.made(
        ReaderMail.WEEK,
        destination_of(subscriber),
        "week",
        round=int(due.timestamp()),
        at=at,
        due_at=due,
    )


def news(subscriber: Subscriber, row: Announcement, at: datetime) -> QuerySet[Release]:
    """What went live for them since their last mail and until this one was due, if it is live at `at`.

    So did what was withdrawn when that mail left, and came back. Whatever went live after this was due is
    for the next one, however late this leaves.
    """
    earlier = _earlier(row)
    since = _told_until(subscriber, row, earlier)
    # Of these four weeks alone: what came back later than that is old.
    recent = Release.objects.live(at).filter(publish_at__gt=row.due_at - LONGEST_BACK)
    back = came_back(recent.filter(publish_at__lte=since), since, row.due_at, earlier)
    found = recent.filter(Q(publish_at__gt=since, publish_at__lte=row.due_at) | Q(pk__in=back))
    if not subscriber.whole_week:
        found = found.about(subscriber.series.public(at))
    return found.for_list().order_by("publish_at", "pk")


def _earlier(row: Announcement) -> list[Announcement]:
    """The mails that the reader has had, of as long as they are told of."""
    mails = Announcement.objects.filter(
        kind=row.kind,
        destination=row.destination,
        due_at__lt=row.due_at,
        due_at__gt=row.due_at - LONGEST_BACK,
        outcome__in=_MAY_HAVE_HAD,
    )
    return list(mails.only("due_at", "settled_at"))


def _told_until(subscriber: Subscriber, row: Announcement, earlier: list[Announcement]) -> datetime:
    told = [mail.due_at for mail in earlier]
    return max(filter(None, [*told, subscriber.confirmed_at, row.due_at - LONGEST_BACK]))


def _without_a_row(due: datetime) -> QuerySet[Subscriber]:
    rows = Announcement.objects.filter(
        kind=ReaderMail.WEEK,
        round=int(due.timestamp()),
        destination=Concat(Value(READER), Cast(OuterRef("pk"), CharField()), output_field=CharField()),
    )
    return Subscriber.objects.reached().filter(~Exists(rows), confirmed_at__lt=due)
