"""Pictures: each public only while something public shows it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import Picture
from coverage.newsroom.pictures.renditions import RenditionName
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
    if not _shown_to(request, Picture.objects.filter(file=name)):
        raise Http404
    return file_response(request, name)


@require_safe
def rendition(request: NewsroomRequest, named: RenditionName) -> HttpResponseBase:
    """A picture in one of its sizes, made when it is first asked for; public where the picture is."""
    return rendition_of(request, named, _shown_to(request, Picture.objects.filter(file__in=named.files)))


def rendition_of(
    request: NewsroomRequest, named: RenditionName, pictures: Iterable[Picture]
) -> HttpResponseBase:
    """The rendition of one of `pictures`, which who asks may see. 404 where none of them has it."""
    found = next(filter(None, map(named.of, pictures)), None)
    if found is None:
        raise Http404
    try:
        return file_response(request, found.made())
    except FileNotFoundError:
        raise Http404 from None


def _shown_to(request: NewsroomRequest, pictures: QuerySet[Picture]) -> Sequence[Picture]:
    """Those of `pictures` that who asks may see."""
    found = pictures.annotate(is_public=is_public(request.now)).order_by("-is_public", "pk")
    public = [picture for picture in found if picture.is_public]
    return public or (list(found) if _may_see_all(request) else [])


def is_public(at: datetime) -> Q:
    """A Picture's condition: a public series' key visual, a live piece's lead, its critic's portrait,
    a still in its text. The last alone may spoil: its page has it closed."""
    live, picture = Release.objects.live(at), OuterRef("pk")
    critics = Q(review__bylines__reviewer__portrait=picture) | Q(edition__parts__reviewer__portrait=picture)
    shown = Q(Exists(Series.objects.public(at).filter(key_visual=picture))) | Q(
        Exists(live.filter(edition__lead_picture=picture))
    )
    stills = Q(Exists(live.filter(edition__stills=picture)))
    return Q(shown, spoils=False) | Q(Exists(live.filter(critics))) | stills


def _may_see_all(request: NewsroomRequest) -> bool:
    # Without a session's cookie nobody is signed in, and the session isn't asked.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.has_perm("newsroom.view_picture")


def file_response(request: NewsroomRequest, name: str) -> HttpResponseBase:
    """The file that the media keeps under `name`, which says all that it is. 404 where it isn't there."""
    path = PurePath(name)
    etag = quote_etag(f"{path.parent.name}/{path.name}")
    response = get_conditional_response(request, etag=etag) or _file(name)
    response["Content-Type"] = TYPES.get(path.suffix, "application/octet-stream")
    response["ETag"] = etag
    return response


def _file(name: str) -> HttpResponseBase:
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse()
        response["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX + quote(name)
        return response
    try:
        return FileResponse(default_storage.open(name))
    except FileNotFoundError:
        raise Http404 from None
