"""Who else has a piece open, and when they last changed it. An open form tells of itself."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from coverage.newsroom.admin.base import editor_of, now_of
from reviews.models import Presence, Review


def url(model_admin: Any) -> URLPattern:
    view = model_admin.admin_site.admin_view(require_POST(partial(presence_view, model_admin)))
    found: URLPattern = path("<int:object_id>/presence/", view, name="reviews_review_presence")
    return found


def opened(request: HttpRequest, review: Review) -> dict[str, Any]:
    """What the form says of the others who have it open, now that this one has."""
    editor, at = editor_of(request), now_of(request)
    Presence.objects.tell(review, editor, at)
    return {"others": list(Presence.objects.now(at).filter(review=review).others(editor))}


def presence_view(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """An open form's sign of life; answers with who else is there, and who has saved since.

    Nothing is in its body: it wouldn't be worth waiting for a login.

    Asked with: `version`, which the form is of; `changed`, if something was typed since the last sign;
    `leaving`, when it closes.
    """
    review = Review.objects.without_content().filter(pk=object_id).first()
    if review is None:
        raise Http404
    if not model_admin.has_view_permission(request, review):
        raise PermissionDenied
    editor, at = editor_of(request), now_of(request)
    if "leaving" in request.GET:
        Presence.objects.leave(review, editor)
        return HttpResponse(status=204)
    Presence.objects.tell(review, editor, at, has_changed="changed" in request.GET)
    context = {
        "others": list(Presence.objects.now(at).filter(review=review).others(editor)),
        "saved_since": _saved_since(review, request.GET.get("version", "")),
    }
    return TemplateResponse(request, "desk/presence.html", context)


def _saved_since(review: Review, version: str) -> Any:
    """The last thing that was done to it, if the form's version has been left behind."""
    if not version or version == str(review.version):
        return None
    return review.audit_trail().first()
