"""The mails to readers, written when they leave."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coverage.newsroom.models import Publication
from coverage.newsroom.pages import absolute
from coverage.site.friday_mail import links
from coverage.site.friday_mail.asking import subscriber_of
from coverage.site.friday_mail.weekly import news
from coverage.site.friday_mail.wishes import Wish
from coverage.site.models import Subscriber
from reviews.announcing.envelopes import Sheet, enveloped
from reviews.announcing.letters import NothingToSay
from reviews.cards import Card
from reviews.models import Announcement

# Pieces in one mail; the rest stands on the site.
MOST = 40


def confirmation(row: Announcement, at: datetime) -> EmailMessage:
    """The link that confirms an address and a wish. Raises NothingToSay."""
    subscriber, wish = _reader(row), Wish.read(row.subject, at)
    if wish is None:
        raise NothingToSay("what they asked for isn't there any more")
    publication = Publication.objects.get()
    context = {
        "house": publication.name,
        "day": publication.get_slot_weekday_display(),
        "series": wish.series,
        "link": links.url("mail_confirm", links.confirmation_of(subscriber, wish)),
    }
    subject = _("[%(house)s] Please confirm your address") % {"house": publication.name}
    return _posted(Sheet(subject, "mail/confirmation", context), row, at, subscriber)


def weekly(row: Announcement, at: datetime) -> EmailMessage:
    """What went live, in headlines and standfirsts. Raises NothingToSay."""
    subscriber = _reader(row)
    if subscriber.confirmed_at is None or subscriber.stopped_at:
        raise NothingToSay("they aren't mailed to any more")
    cards = [Card.of(release) for release in news(subscriber, row, at)[: MOST + 1]]
    if not cards:
        raise NothingToSay("nothing has gone live that they follow")
    publication = Publication.objects.get()
    context = {
        "house": publication.name,
        "pieces": [(card, absolute(card.path)) for card in cards[:MOST]],
        "more": absolute(reverse("reviews:list")) if len(cards) > MOST else "",
        "choices": links.url("mail_choices", links.token_of(subscriber)),
    }
    return _posted(Sheet(_subject(publication, cards), "mail/week", context), row, at, subscriber)


def _subject(publication: Publication, cards: Sequence[Card]) -> str:
    """None of a piece's own words: locked screens show it."""
    only = ", ".join(filter(None, (cards[0].series, cards[0].covers))) if len(cards) == 1 else ""
    what = only or ngettext("%(count)s new review", "%(count)s new reviews", len(cards[:MOST])) % {
        "count": len(cards[:MOST])
    }
    return _("[%(house)s] %(subject)s") % {"house": publication.name, "subject": what}


def _reader(row: Announcement) -> Subscriber:
    subscriber = subscriber_of(row)
    if subscriber is None:
        raise NothingToSay("they have left")
    try:
        validate_email(subscriber.address)
    except ValidationError:
        raise NothingToSay("the address is none") from None
    return subscriber


def _posted(sheet: Sheet, row: Announcement, at: datetime, subscriber: Subscriber) -> EmailMessage:
    """With the headers by which a mail program leaves for its reader at one press (RFC 8058)."""
    leave = links.url("mail_leave", links.token_of(subscriber))
    context: Mapping[str, Any] = {"leave": leave} | dict(sheet.context)
    headers = {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return enveloped(
        Sheet(sheet.subject, sheet.template, context), row, at, to=subscriber.address, headers=headers
    )
