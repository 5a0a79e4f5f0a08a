"""Turning over what shared caches keep of a piece: by its names, or by its addresses.

`CACHE_PURGE` names whom to ask: `nginx:http://10.0.0.5` (asked with PURGE for each address, as its
cache-purge module understands), `cloudflare:<zone>`, or the dotted path of a class like those below.
"""

import ipaddress
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from coverage.newsroom.outgoing import Request
from reviews import surrogates
from reviews.announcing import broadcasting
from reviews.announcing.calls import Errand
from reviews.models import Announcement

CLOUDFLARE = "https://api.cloudflare.com/client/v4/zones"
# So many tags Cloudflare takes in one request.
MOST_TAGS = 30
# The operator names the caches, which lie in the house's own network as a rule.
ANYWHERE = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))


class Purger(Protocol):
    """Made with what follows the colon in its setting; `taken` are the statuses that mean done."""

    @property
    def taken(self) -> Collection[int]: ...

    def __init__(self, where: str) -> None: ...

    def requests(self, names: Sequence[str], paths: Sequence[str]) -> Sequence[Request]:
        """What is asked so that nothing with these names, or at these paths, is kept any more."""


class Nginx:
    """Knows addresses only, so lists are purged on their first page; the others turn within a minute."""

    # The last two say that there was nothing to purge.
    taken = (HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND, HTTPStatus.PRECONDITION_FAILED)

    def __init__(self, where: str) -> None:
        self._origin = where.rstrip("/")

    def requests(self, names: Sequence[str], paths: Sequence[str]) -> Sequence[Request]:
        host = {"Host": urlsplit(settings.SITE_URL).netloc}
        return [Request(f"{self._origin}{path}", "PURGE", headers=host) for path in paths]


class Cloudflare:
    """Knows names, as `Cache-Tag`."""

    taken = (HTTPStatus.OK,)

    def __init__(self, where: str) -> None:
        self._url = f"{CLOUDFLARE}/{where}/purge_cache"

    def requests(self, names: Sequence[str], paths: Sequence[str]) -> Sequence[Request]:
        headers = {
            "Authorization": f"Bearer {settings.CLOUDFLARE_API_TOKEN}",
            "Content-Type": "application/json",
        }
        parts = [names[first : first + MOST_TAGS] for first in range(0, len(names), MOST_TAGS)]
        return [
            Request(self._url, body=json.dumps({"tags": part}).encode(), headers=headers) for part in parts
        ]


_OURS: dict[str, type[Purger]] = {"nginx": Nginx, "cloudflare": Cloudflare}


def errand(row: Announcement, at: datetime) -> Errand:
    release = broadcasting.still(row, at)
    kind, _colon, where = row.destination.partition(":")
    purger = (_OURS.get(kind) or import_string(kind))(where)
    requests = purger.requests(surrogates.names_of(release), surrogates.paths_of(release))
    return Errand(requests, allowed=ANYWHERE, taken=purger.taken)
