"""Telling endpoints what happens to a piece, signed as standardwebhooks.com has it.

The signature is over the id, the time of sending and the very bytes of the body; the id is the row's key, the
same at every attempt. Of the piece no more is said than may leave its page.
"""

import hashlib
import hmac
import json
from base64 import b64encode
from datetime import datetime
from typing import Any

from django.conf import settings

from coverage.newsroom.keys import as_key
from coverage.newsroom.outgoing import Request
from coverage.newsroom.pages import absolute
from reviews.announcing import broadcasting
from reviews.announcing.calls import Errand
from reviews.announcing.letters import NothingToSay
from reviews.cards import Card
from reviews.models import Announcement, Endpoint, Release
from reviews.models.endpoints import Event


def errand(row: Announcement, at: datetime) -> Errand:
    key = as_key(row.destination.removeprefix(broadcasting.ENDPOINT))
    endpoint = Endpoint.objects.filter(pk=key or 0, is_on=True).first()
    if endpoint is None:
        raise NothingToSay("the endpoint is switched off")
    release = broadcasting.still(row, at)
    body = json.dumps(payload(row, release), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"} | signed(endpoint.secret, str(row.key), at, body)
    return Errand([Request(endpoint.url, body=body, headers=headers)], allowed=settings.PRIVATE_NETWORKS)


def payload(row: Announcement, release: Release) -> dict[str, Any]:
    """What is told. `sequence` grows with what is done to a piece, for receivers that put things in order."""
    event = broadcasting.event_of(row)
    piece: dict[str, Any] = {"id": release.review.pk, "url": absolute(release.get_absolute_url())}
    if event != Event.WITHDRAWN:
        piece |= _words(Card.of(release))
    return {"type": event.value, "timestamp": row.due_at.isoformat(), "sequence": row.round, "data": piece}


def _words(card: Card) -> dict[str, Any]:
    return {
        "kind": card.kind.value,
        "headline": card.headline,
        "standfirst": card.standfirst,
        "series": card.series,
        "covers": card.covers,
        "authors": [{"name": author.name, "url": author.url} for author in card.authors],
        "ratings": [
            {"of": rating.subject.episode or rating.subject.series, "stars": float(rating.stars)}
            for rating in card.ratings
        ],
        "published": card.published.isoformat(),
        "updated": card.updated.isoformat(),
    }


def signed(secret: bytes, key: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers that say who sent `body` and when."""
    seconds = str(int(at.timestamp()))
    signature = hmac.new(secret, b".".join([key.encode(), seconds.encode(), body]), hashlib.sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }
