"""A piece at the desk as its readers will find it: beside the form, or by itself."""

from functools import partial
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.urls import URLPattern, path
from django.utils.csp import CSP, build_policy
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.walltime import in_words
from reviews.admin import autosave
from reviews.admin.addresses import piece_at
from reviews.admin.notes import notes_for
from reviews.admin.typed_over import type_over
from reviews.models import Release
from reviews.previewing.as_if_live import as_if_live, to_preview
from reviews.previewing.pages import page

# The readers' policy, only that the desk may frame it.
_POLICY: dict[str, Any] = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}


def urls(model_admin: Any) -> list[URLPattern]:
    view = model_admin.admin_site.admin_view(require_safe(partial(preview_view, model_admin)))
    return [path("<int:object_id>/preview/", view, name="reviews_review_preview")]


def preview_view(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """The working copy as its page would read if it were approved now and live. Nothing is written.

    With the name of one of the editor's own sittings, it says what stands in that form, too.
    """
    review = piece_at(model_admin, request, object_id)
    if not model_admin.has_view_permission(request, review):
        raise PermissionDenied
    edition = to_preview(review)
    if edition is None:
        raise Http404
    asked = cast("NewsroomRequest", request)
    if kept := autosave.kept_of(request, review):
        type_over(edition, autosave.posted_by(kept))
    release = as_if_live(edition, asked.now)
    context = {"original": review, "number": edition.number, "when": _when(asked, release), "kept": kept}
    context["notes"] = notes_for(request, review)
    response = page(asked, release, max(release.publish_at, asked.now), "desk/preview.html", context)
    response["Content-Security-Policy"] = build_policy(_POLICY, get_nonce(request))
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _when(request: NewsroomRequest, release: Release) -> str:
    """The instant that the page is of; empty where that is now."""
    if release.publish_at <= request.now:
        return ""
    return in_words(release.publish_at, request.publication.zone, request.now)
