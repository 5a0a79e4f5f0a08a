"""What was discarded and can still be recovered."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.models import User
from reviews.discards import days_left, recoverable
from reviews.models import Byline, Review
from reviews.models.content import PROSE


def discarded_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The discarded pieces that this editor may recover, with the days that are left."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    at = now_of(request)
    found = _mine_to_recover(recoverable(at), editor_of(request))
    page = model_admin.get_paginator(request, found, model_admin.list_per_page).get_page(
        request.GET.get("p", 1)
    )
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Discarded"),
        "opts": model_admin.opts,
        "page": page,
        "rows": [(review, days_left(review.discarded_at, at)) for review in page.object_list],
    }
    return TemplateResponse(request, "desk/discarded.html", context)


def _mine_to_recover(reviews: QuerySet[Review], user: User) -> Any:
    """As `rules.may("recover")` says of each."""
    if not user.has_perm("reviews.change_review"):
        reviews = reviews.none()
    elif not user.has_perm("reviews.edit_any_review"):
        reviews = reviews.filter(pk__in=Review.objects.of(user).values("pk"))
    bylines = Prefetch("bylines", Byline.objects.select_related("reviewer"))
    return reviews.defer(*PROSE).select_related("series").prefetch_related(bylines)
