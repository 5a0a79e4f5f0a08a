"""Pictures: each public only while something public shows it."""

from datetime import datetime
from pathlib import PurePath
from urllib.parse import quote

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import Picture
from reviews.models import Release
from series.models import Series

TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


@require_safe
def media(request: NewsroomRequest, name: str) -> HttpResponseBase:
    """One picture's file; to readers only where a page shows it to them."""
    # Several pictures may share a file, which is named by its content.
    pictures = Picture.objects.filter(file=name).annotate(is_public=is_public(request.now))
    picture = pictures.order_by("-is_public", "pk").first()
    if picture is None or not (picture.is_public or _may_see_all(request)):
        raise Http404
    path = PurePath(name)
    # Named by its content, so its name is all that an ETag has to say.
    etag = quote_etag(path.stem)
    response = get_conditional_response(request, etag=etag) or _file(picture)
    response["Content-Type"] = TYPES.get(path.suffix, "application/octet-stream")
    response["ETag"] = etag
    return response


def is_public(at: datetime) -> Q:
    """A Picture's condition: a public series' key visual, a live piece's lead, its critic's portrait."""
    live, picture = Release.objects.live(at), OuterRef("pk")
    critics = Q(review__bylines__reviewer__portrait=picture) | Q(edition__parts__reviewer__portrait=picture)
    shown = Q(Exists(Series.objects.public(at).filter(key_visual=picture))) | Q(
        Exists(live.filter(edition__lead_picture=picture))
    )
    return Q(shown, spoils=False) | Q(Exists(live.filter(critics)))


def _may_see_all(request: NewsroomRequest) -> bool:
    # Without a session's cookie nobody is signed in, and the session isn't asked.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.has_perm("newsroom.view_picture")


def _file(picture: Picture) -> HttpResponseBase:
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse()
        response["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX + quote(picture.file.name or "")
        return response
    try:
        return FileResponse(picture.file.open("rb"))
    except FileNotFoundError:
        raise Http404 from None
