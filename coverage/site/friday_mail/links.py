"""The links in a reader's mails: whoever has one may do what it is for, and nobody can make one up."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from coverage.newsroom.pages import absolute
from coverage.site.friday_mail.wishes import Wish
from coverage.site.models import Subscriber

CONFIRM_WITHIN = timedelta(days=2)

_theirs = signing.Signer(salt="site.friday_mail")
_confirming = signing.TimestampSigner(salt="site.friday_mail.confirm")


def token_of(subscriber: Subscriber) -> str:
    """Opens their choices, and ends them; for as long as their row is there."""
    return _theirs.sign(subscriber.key.hex)


def confirmation_of(subscriber: Subscriber, wish: Wish) -> str:
    """Confirms one wish, for CONFIRM_WITHIN."""
    return _confirming.sign(f"{subscriber.key.hex}~{wish.words}")


def subscriber_at(token: str) -> Subscriber | None:
    try:
        key = _theirs.unsign(token)
    except signing.BadSignature:
        return None
    return _with_key(key)


def confirmed_by(token: str, at: datetime) -> tuple[Subscriber, Wish] | None:
    """Whose wish a link confirms; None once it is too old, or the wish or the row has gone."""
    try:
        # Counted by the process's own clock, as the signature is.
        key, _tilde, words = _confirming.unsign(token, max_age=CONFIRM_WITHIN).partition("~")
    except signing.BadSignature:
        return None
    subscriber, wish = _with_key(key), Wish.read(words, at)
    return (subscriber, wish) if subscriber and wish else None


def url(view: str, token: str) -> str:
    """Whole, for a mail."""
    return absolute(reverse(f"site:{view}", args=[token]))


def _with_key(key: str) -> Subscriber | None:
    return Subscriber.objects.filter(key=UUID(key)).first()
