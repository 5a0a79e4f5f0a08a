"""How long an answer may be kept: a public one until the next boundary at most, any other not at all."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import (
    get_conditional_response,
    has_vary_header,
    patch_cache_control,
    set_response_etag,
)

from coverage.newsroom.middleware import NewsroomRequest
from coverage.site import surfaces
from coverage.site.surfaces import Surface
from reviews import surrogates

_KEPT = (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND)


class UntilTheNextBoundary:
    """Says in HTTP what may be cached, and answers 304 to who has the very same bytes already.

    Public answers are the same bytes for everyone; one to somebody with a session is still not kept,
    because of what the desk lets them see besides.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NewsroomRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        surface = _surface(request)
        if surface is None or not _may_keep(request, response):
            patch_cache_control(response, private=True, no_store=True)
            return response
        seconds = max_age(request, surface)
        # Shared caches count ages in whole seconds, cut off: one less, and none is late.
        patch_cache_control(response, public=True, max_age=seconds, s_maxage=max(0, seconds - 1))
        if surface.immutable:
            patch_cache_control(response, immutable=True)
        if settings.CACHE_PURGE:
            _name_for_purging(request, response)
        return _conditional(request, response)


def max_age(request: NewsroomRequest, surface: Surface) -> int:
    """Whole seconds from `request.now`; never past the next boundary."""
    left = request.publication.next_boundary(request.now) - request.now
    return min(surface.longest, left // timedelta(seconds=1))


def _surface(request: NewsroomRequest) -> Surface | None:
    match = request.resolver_match
    return surfaces.named(match.view_name) if match else None


def _may_keep(request: NewsroomRequest, response: HttpResponseBase) -> bool:
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return (
        request.method in ("GET", "HEAD")
        and response.status_code in _KEPT
        and not signed_in
        and not response.cookies
        and not has_vary_header(response, "Cookie")
    )


def _name_for_purging(request: NewsroomRequest, response: HttpResponseBase) -> None:
    match = request.resolver_match
    if match:
        names = surrogates.of_page(match.view_name, match.kwargs)
        for header, value in surrogates.headers_of(names).items():
            response.headers[header] = value


def _conditional(request: NewsroomRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code != HTTPStatus.OK or not isinstance(response, HttpResponse):
        return response
    if not response.has_header("ETag"):
        set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
