"""Somebody asks for mail: a link is sent to the address, and until it is pressed nothing else is.

Anybody can type anybody's address. So nothing changes here, the answer is the same whoever is known, and
there is a brake on how often it works, for each address and for each network.
"""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from coverage.site.friday_mail.wishes import Wish
from coverage.site.models import MailRequest, Stop, Subscriber
from reviews.announcing.kinds import ReaderMail
from reviews.models import Announcement

# Confirmations that an address gets in a day; of the same wish not two within a quarter of an hour.
MOST_TO_ADDRESS = 5
PAUSE = timedelta(minutes=15)
# Requests that a network has in an hour.
MOST_FROM_NETWORK = 20
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

READER = "reader:"


class TooMany(Exception):
    """A network has asked too often of late."""


def destination_of(subscriber: Subscriber) -> str:
    """The row and not the address, which is looked up when a mail leaves."""
    return f"{READER}{subscriber.pk}"


def subscriber_of(row: Announcement) -> Subscriber | None:
    """Whom a row of the outbox is for, if they are there still."""
    return Subscriber.objects.filter(pk=int(row.destination.removeprefix(READER))).first()


@transaction.atomic
def ask(address: str, wish: Wish, network: str, at: datetime) -> None:
    """Let a confirmation leave, unless this address has had enough of them. Raises TooMany."""
    _count(network, at)
    made, _created = Subscriber.objects.get_or_create(address=address, defaults={"asked_at": at})
    subscriber = Subscriber.objects.select_for_update().get(pk=made.pk)
    if subscriber.stopped_by == Stop.COMPLAINT or not _may_be_sent(subscriber, wish, at):
        return
    Subscriber.objects.filter(pk=subscriber.pk).update(asked_at=at)
    row = Announcement.made(
        ReaderMail.CONFIRMATION, destination_of(subscriber), wish.words, round=int(at.timestamp()), at=at
    )
    Announcement.objects.write([row])


def _may_be_sent(subscriber: Subscriber, wish: Wish, at: datetime) -> bool:
    sent = Announcement.objects.filter(
        kind=ReaderMail.CONFIRMATION, destination=destination_of(subscriber), written_at__gt=at - DAY
    )
    just_now = sent.filter(subject=wish.words, written_at__gt=at - PAUSE)
    return sent.count() < MOST_TO_ADDRESS and not just_now.exists()


def _count(network: str, at: datetime) -> None:
    asked = MailRequest.objects.filter(network=network, asked_at__gt=at - HOUR)
    if asked.count() >= MOST_FROM_NETWORK:
        raise TooMany
    MailRequest.objects.create(network=network, asked_at=at)


def network_of(request: HttpRequest) -> str:
    """A keyed digest of the network that asks: what one customer of a provider has to themself."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    # The last is what the proxy in front has seen; whatever stands before it anybody can send.
    host = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        network = "unknown"
    else:
        prefix = 32 if address.version == 4 else 56
        network = str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))
    return salted_hmac("site.friday_mail.network", network, algorithm="sha256").hexdigest()[:32]
