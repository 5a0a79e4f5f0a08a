"""Telling hubs that feeds have changed (WebSub), and search engines that pages have (IndexNow)."""

import json
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from coverage.newsroom.outgoing import Request
from coverage.newsroom.pages import absolute
from reviews import surrogates
from reviews.announcing import broadcasting
from reviews.announcing.calls import Errand
from reviews.models import Announcement


def websub(row: Announcement, at: datetime) -> Errand:
    """One ping that names every feed that the piece stands in."""
    release = broadcasting.still(row, at)
    topics = [("hub.url", absolute(path)) for path in surrogates.feeds_of(release)]
    body = urlencode([("hub.mode", "publish"), *topics]).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return Errand([Request(row.destination, body=body, headers=form)], allowed=settings.PRIVATE_NETWORKS)


def indexnow(row: Announcement, at: datetime) -> Errand:
    """The piece's page, gone or not, and the pages of its series."""
    release = broadcasting.still(row, at)
    shows = [show.get_absolute_url() for show in surrogates.shows_of(release)]
    told = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": settings.INDEXNOW_KEY,
        "keyLocation": absolute(reverse("site:indexnow_key")),
        "urlList": [absolute(path) for path in (release.get_absolute_url(), *shows)],
    }
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = Request(row.destination, body=json.dumps(told).encode(), headers=headers)
    return Errand([request], allowed=settings.PRIVATE_NETWORKS)
