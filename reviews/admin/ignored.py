"""What the copy desk ignores for good, and the way back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.keys import as_key
from reviews.copydesk import answering
from reviews.models import IgnoredFinding


def ignored_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Every answer that stands, the newest first; a posted `again` takes one back."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    by = editor_of(request)
    if request.method == "POST":
        key = as_key(request.POST.get("again", ""))
        row = get_object_or_404(IgnoredFinding.objects.select_related("series"), pk=key)
        answering.show_again(row, by, now_of(request))
        return redirect("admin:reviews_review_ignored")
    found = IgnoredFinding.objects.standing().select_related("series", "ignored_by")
    page = model_admin.get_paginator(request, found, model_admin.list_per_page).get_page(
        request.GET.get("p", 1)
    )
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Ignored by the copy desk"),
        "opts": model_admin.opts,
        "page": page,
        "rows": [(row, answering.may_show_again(row, by)) for row in page.object_list],
    }
    return TemplateResponse(request, "desk/copydesk_ignored.html", context)
