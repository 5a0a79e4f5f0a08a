"""The addresses of a piece at the desk, and the piece that one names."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from reviews.models import Review


def piece_url(model_admin: Any, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """An address beside the pieces' own, behind the desk's login; `view` is handed the admin first."""
    guarded = model_admin.admin_site.admin_view(partial(view, model_admin))
    found: URLPattern = path(route, guarded, name=f"reviews_review_{name}")
    return found


def piece_at(model_admin: Any, request: HttpRequest, object_id: int) -> Review:
    """The piece that an address names, as the admin's own pages read it. Raises Http404."""
    review: Review | None = model_admin.get_object(request, str(object_id))
    if review is None:
        raise Http404
    return review
