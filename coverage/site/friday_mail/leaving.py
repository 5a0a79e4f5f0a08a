"""Whoever leaves is forgotten: their row, and every row of the outbox that was for them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from coverage.site.friday_mail.asking import DAY, destination_of
from coverage.site.friday_mail.links import CONFIRM_WITHIN
from coverage.site.models import MailRequest, Subscriber
from reviews.announcing.kinds import ReaderMail
from reviews.models import Announcement

# An address that takes no mail, or whose reader complained, is kept for as long, so as not to be tried again.
STOPPED_KEPT = timedelta(days=90)
# What became of a mail to a reader.
OUTCOMES_KEPT = timedelta(days=60)


@transaction.atomic
def forget(subscriber: Subscriber) -> None:
    """Erase a reader and every trace of what was mailed to them."""
    Announcement.objects.filter(kind__in=ReaderMail.values, destination=destination_of(subscriber)).delete()
    subscriber.delete()


def forget_the_old(at: datetime) -> None:
    """Erase who never confirmed, who was stopped long ago, what was mailed long ago, and who has asked."""
    for subscriber in _never_confirmed(at) | _long_stopped(at):
        forget(subscriber)
    settled = Announcement.objects.filter(kind__in=ReaderMail.values, settled_at__lt=at - OUTCOMES_KEPT)
    settled.delete()
    MailRequest.objects.filter(asked_at__lt=at - DAY).delete()


def _never_confirmed(at: datetime) -> QuerySet[Subscriber]:
    return Subscriber.objects.filter(confirmed_at=None, asked_at__lt=at - CONFIRM_WITHIN - DAY)


def _long_stopped(at: datetime) -> QuerySet[Subscriber]:
    return Subscriber.objects.filter(stopped_at__lt=at - STOPPED_KEPT)
