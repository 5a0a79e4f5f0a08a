"""The reader's page of a piece that isn't out, marked as such and nobody's to keep."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from coverage.newsroom.middleware import NewsroomRequest, stand_at
from reviews.models import Release
from reviews.previewing.as_if_live import read_at
from reviews.views import context_of


def page(
    request: NewsroomRequest, release: Release, at: datetime, template: str, more: dict[str, Any]
) -> HttpResponse:
    """The page of a release from `as_if_live`, with all that stands around it as of `at`.

    `template` extends the readers' own and says that this is a preview.
    """
    stand_at(request, at)
    read_at(release, at)
    # As readers get it: the desk's zone is its own.
    with timezone.override(None):
        response = render(request, template, context_of(request, release) | more)
    return unkept(response)


def unkept[Response: HttpResponseBase](response: Response) -> Response:
    """The same answer, for nobody to keep or to find."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
