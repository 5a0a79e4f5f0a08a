"""A public address as readers find it at an instant, asked for within the house."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils import timezone

from coverage.newsroom.middleware import NewsroomRequest, stand_at

_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
_LINK = re.compile(rb'href="(/[^"#]*)"')


@dataclass(frozen=True)
class Answer:
    """What readers get: status, body, and where else it may lead."""

    status: int
    body: bytes = b""
    location: str = ""

    @property
    def title(self) -> str:
        """What a page or a feed calls itself, if it does, without the paper's name behind it."""
        found = _TITLE.search(self.body)
        title = unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
        return title.rpartition(" · ")[0] or title

    @property
    def told(self) -> tuple[int, str, bytes]:
        """What it tells by itself: of a page all but its head and the frame that every page has."""
        _frame, start, rest = self.body.partition(b"<main")
        return self.status, self.location, rest.partition(b"</main>")[0] if start else self.body

    @property
    def links(self) -> list[str]:
        """The addresses of the house that it leads to, in its order."""
        return [link.decode("utf-8", "replace") for link in _LINK.findall(self.body)]


def read(address: str, at: datetime) -> Answer:
    """The answer of the register's `address` at `at`; of an error only its status."""
    request = request_at(address, at)
    match = request.resolver_match = resolve(request.path_info)
    # The desk's pages are made in the newsroom's zone, readers' in the site's own.
    with timezone.override(None):
        try:
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Http404:
            return Answer(HTTPStatus.NOT_FOUND)
    return Answer(response.status_code, response.content, response.get("Location", ""))


def request_at(address: str, at: datetime) -> NewsroomRequest:
    """As a reader would ask for `address` at `at`."""
    parts = urlsplit(address)
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = parts.path
    request.GET = QueryDict(parts.query)
    request.META = {"REQUEST_METHOD": "GET", "QUERY_STRING": parts.query, "PATH_INFO": parts.path}
    request.user = AnonymousUser()
    asked = cast("NewsroomRequest", request)
    stand_at(asked, at)
    return asked
