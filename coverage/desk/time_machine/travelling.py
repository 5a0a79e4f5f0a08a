"""Answers public addresses as of the instant that somebody of the desk has chosen, and marks the answers."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from coverage.newsroom.middleware import NewsroomRequest, stand_at
from coverage.newsroom.walltime import in_words
from coverage.site import surfaces

COOKIE = "time_machine"
# Who forgets to come back is back the next day.
LONGEST = timedelta(hours=12)
# What is drawn there counts in days and weeks, and a calendar has ends.
FURTHEST = timedelta(days=3660)

_BODY = re.compile(rb"<body[^>]*>")
# With them an answer could be “as you have it already”, which has no banner.
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
# What says how an answer may be kept.
_KEEPING = ("ETag", "Last-Modified", "Expires")


def may_travel(request: HttpRequest) -> bool:
    """Whoever may read drafts at the desk: what is to come is no more than that."""
    return admin.site.has_permission(request) and request.user.has_perm("reviews.view_review")


def set_out(request: HttpRequest, response: HttpResponse, instant: datetime) -> None:
    """From the next request on, this session sees the public site as of `instant`."""
    response.set_signed_cookie(
        COOKIE,
        instant.astimezone(UTC).isoformat(),
        salt=_salt(request),
        max_age=LONGEST,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        # From a link elsewhere nobody gets into the machine.
        samesite="Strict",
    )
    # Pages that the browser kept before the login would show the present, unmarked.
    response["Clear-Site-Data"] = '"cache"'


def come_back(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Strict")


def chosen(request: HttpRequest) -> datetime | None:
    """The instant that this session has set out for, UTC, as long as whose it is may travel."""
    # Nobody else's session is asked, so that their answers don't vary with it.
    if COOKIE not in request.COOKIES or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    told = request.get_signed_cookie(COOKIE, default=None, salt=_salt(request), max_age=LONGEST)
    return datetime.fromisoformat(told) if told and may_travel(request) else None


def _salt(request: HttpRequest) -> str:
    """Ends with the session, which ends with a login or a logout."""
    return f"{COOKIE}:{request.session.session_key}"


class TimeMachine:
    """For who is travelling: public addresses stand at their instant, and nothing else does.

    The answer is the one that a reader gets then, byte for byte, with a banner in front of a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NewsroomRequest) -> HttpResponseBase:
        instant = chosen(request) if _is_for_readers(request) else None
        if instant is None:
            return self.get_response(request)
        present = request.now
        stand_at(request, instant)
        # A reader's eyes: somebody of the desk sees more pictures.
        request.user = AnonymousUser()
        for condition in _CONDITIONS:
            request.META.pop(condition, None)
        response = self.get_response(request)
        _mark(request, response, present)
        return response


def _is_for_readers(request: HttpRequest) -> bool:
    if COOKIE not in request.COOKIES or request.method not in ("GET", "HEAD"):
        return False
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    return surfaces.named(name) is not None


def _mark(request: NewsroomRequest, response: HttpResponseBase, present: datetime) -> None:
    """Say on the page when it is of, and in the headers that it is nobody's to keep or to find."""
    for name in _KEEPING:
        response.headers.pop(name, None)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    if isinstance(response, HttpResponse) and response["Content-Type"].startswith("text/html"):
        banner = _banner(request, present).encode()
        response.content = _BODY.sub(lambda body: body[0] + banner, response.content, count=1)


def _banner(request: NewsroomRequest, present: datetime) -> str:
    zone = request.publication.zone
    words = in_words(request.now, zone, present, to_the_second=True)
    context = {"words": words, "at": request.now.isoformat(), "address": request.get_full_path()}
    return cast("str", render_to_string("desk/time_banner.html", context, request)).strip()
