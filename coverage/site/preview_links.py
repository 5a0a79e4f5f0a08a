"""A piece before it is out, for whoever was sent a link to it."""

import re
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import Picture
from coverage.newsroom.pictures.renditions import RenditionName
from coverage.newsroom.walltime import in_words
from coverage.site.media import is_public, rendition_of
from reviews.models import Edition, PreviewLink
from reviews.previewing.as_if_live import as_if_live, pictures_of, to_preview
from reviews.previewing.links import leads_somewhere, link_of, tell_opened
from reviews.previewing.pages import page, unkept


@require_safe
def preview(request: NewsroomRequest, token: str) -> HttpResponse:
    """The page that a link's readers get; once it has ended they are told so, with 410.

    It goes out as if it were out now: of anything else that waits, who looks on from outside sees nothing.
    """
    at, zone, link = request.now, request.publication.zone, _found(token)
    edition = _shown_by(link, at)
    if edition is None:
        return _secret(render(request, "site/preview_ended.html", status=410))
    release = as_if_live(edition, at)
    context = {
        "ends": in_words(link.expires_at, zone, at),
        "when": "" if release.publish_at <= at else in_words(release.publish_at, zone, at),
    }
    response = page(request, release, at, "site/preview.html", context)
    response.content = _with_its_pictures(response.content, token)
    if request.method == "GET":
        tell_opened(link, at)
    return _secret(response)


@require_safe
def preview_rendition(request: NewsroomRequest, token: str, named: RenditionName) -> HttpResponseBase:
    """A picture on the page of an open link, public or not; no other."""
    edition = _shown_by(_found(token), request.now)
    if edition is None:
        raise Http404
    on_the_page = Q(pk__in=pictures_of(edition)) | is_public(request.now)
    pictures = Picture.objects.filter(on_the_page, file__in=named.files).order_by("pk")
    return _secret(rendition_of(request, named, pictures))


def _found(token: str) -> PreviewLink:
    link = link_of(token)
    if link is None:
        raise Http404
    return link


def _shown_by(link: PreviewLink, at: datetime) -> Edition | None:
    """What an open link shows; None once it has ended."""
    if not leads_somewhere(link, at):
        return None
    return to_preview(link.review, link.edition.number if link.edition else None)


def _with_its_pictures(body: bytes, token: str) -> bytes:
    """The page, asking for its pictures by the link: they may be nobody else's yet."""
    ours = reverse("site:preview", args=[token]).encode()
    named = re.compile(rb'(?<=[" ])' + re.escape(settings.MEDIA_URL.encode()) + rb"(?=renditions/)")
    return named.sub(ours, body)


def _secret[Response: HttpResponseBase](response: Response) -> Response:
    """Kept by nobody, and its address told to nobody whom the page leads to."""
    unkept(response)
    response["Referrer-Policy"] = "no-referrer"
    return response
