"""Answers readers with pages that are kept, and keeps the pages that it lets be made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from math import ceil
from typing import Self

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import has_vary_header, set_response_etag

from coverage.newsroom.middleware import NewsroomRequest
from coverage.site import surfaces
from coverage.site.page_cache.build import fingerprint
from coverage.site.page_cache.flights import Flights
from coverage.site.page_cache.stamps import Stamp, Stamps
from coverage.site.page_cache.store import store
from coverage.site.surfaces import Surface

LONGEST_ADDRESS = 500
LARGEST_BYTES = 2**20
# Whoever sends one of these may get something of their own.
_PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")

stamps = Stamps()


class KeptPage(HttpResponse):
    """A page as it is kept: the same bytes for whoever asks. It has an ETag."""


@dataclass(frozen=True)
class Kept:
    """What is kept of an answer."""

    headers: tuple[tuple[str, str], ...]
    body: bytes

    @classmethod
    def of(cls, response: HttpResponse) -> Self:
        set_response_etag(response)
        return cls(tuple(response.items()), response.content)

    def page(self) -> KeptPage:
        return KeptPage(self.body, headers=dict(self.headers))


class PageCache:
    """Stands inside `UntilTheNextBoundary`, which says to caches outside what holds here, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._flights: Flights[Kept] = Flights()

    def __call__(self, request: NewsroomRequest) -> HttpResponseBase:
        surface = _surface_asked_for(request)
        if surface is None:
            return self.get_response(request)
        stamp = stamps.at(request.now)
        # Read with the stamp, so that a page that has to be made costs no query more.
        request.publication = stamp.publication
        key = _key(request, stamp)
        kept: Kept | None = store.get(key)
        if kept is None:
            made: list[HttpResponseBase] = []
            kept = self._flights.join(key, lambda: self._make(request, surface, stamp, key, made))
            if kept is None:
                # Ours, if nobody else may have it; nobody's, if whoever made it got something of their own.
                return made[0] if made else self.get_response(request)
        return kept.page()

    def _make(
        self, request: NewsroomRequest, surface: Surface, stamp: Stamp, key: str, made: list[HttpResponseBase]
    ) -> Kept | None:
        """The page, kept from now on; None where it mayn't be, and then it lies in `made`."""
        # It may have been made between our look and our turn.
        kept: Kept | None = store.get(key)
        if kept is None:
            response = self.get_response(request)
            if not (isinstance(response, HttpResponse) and _may_be_kept(request, response)):
                made.append(response)
                return None
            kept = Kept.of(response)
            store.keep(key, kept, _seconds(surface, stamp, request.now))
        return kept


def _surface_asked_for(request: NewsroomRequest) -> Surface | None:
    """The surface that answers, if a reader asks for it of whom nothing is known."""
    known = "Authorization" in request.headers or any(name in request.COOKIES for name in _PERSONAL_COOKIES)
    if known or request.method not in ("GET", "HEAD") or len(request.get_full_path()) > LONGEST_ADDRESS:
        return None
    try:
        request.resolver_match = resolve(request.path_info)
    except Resolver404:
        return None
    return surfaces.named(request.resolver_match.view_name)


def _key(request: NewsroomRequest, stamp: Stamp) -> str:
    # get_host() refuses hosts that aren't ours.
    where = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    return "page:" + sha256(f"{fingerprint()}\n{stamp.key}\n{where}".encode()).hexdigest()


def _may_be_kept(request: NewsroomRequest, response: HttpResponse) -> bool:
    theirs = (
        response.cookies
        or response.has_header("Cache-Control")
        or response.has_header("X-Accel-Redirect")
        or has_vary_header(response, "Cookie")
        # A nonce that was asked for is in the page.
        or bool(getattr(request, "_csp_nonce", None))
    )
    return response.status_code == HTTPStatus.OK and not theirs and len(response.content) <= LARGEST_BYTES


def _seconds(surface: Surface, stamp: Stamp, now: datetime) -> int:
    """How long it is kept: the stamp in its key is another one from the boundary on, to the instant."""
    return min(surface.longest, ceil((stamp.boundary - now).total_seconds()))
