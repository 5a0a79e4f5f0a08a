from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path


def piece_url(model_admin: Any, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """An address beside the pieces' own, behind the desk's login; `view` is handed the admin first."""
    guarded = model_admin.admin_site.admin_view(partial(view, model_admin))
    found: URLPattern = path(route, guarded, name=f"reviews_review_{name}")
    return found
