"""Machines elsewhere that are told of pieces: their rows, and the one time that a secret is shown."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coverage.newsroom.admin.base import DeskAdmin, editor_of, now_of
from coverage.newsroom.models import AuditEntry
from reviews.announcing.broadcasting import ENDPOINT
from reviews.models import Announcement, Endpoint

LATEST = 10


@admin.register(Endpoint)
class EndpointAdmin(DeskAdmin):
    """Chiefs only: whatever goes live is sent to these addresses."""

    list_display = ["name", "url", "series", "is_on"]
    list_select_related = ["series"]
    search_fields = ["name", "url"]
    search_help_text = gettext_lazy("By name or address.")
    autocomplete_fields = ["series"]
    fields = ["name", "url", "series", "tells_live", "tells_changes", "tells_withdrawals", "is_on"]
    change_form_template = "desk/endpoint.html"
    change_list_template = "desk/endpoints.html"

    def get_urls(self) -> list[URLPattern]:
        own = self.admin_site.admin_view(self.secret_view)
        return [path("<int:object_id>/secret/", own, name="reviews_endpoint_secret"), *super().get_urls()]

    def response_add(
        self, request: HttpRequest, obj: Endpoint, post_url_continue: Any = None
    ) -> HttpResponse:
        """The next thing that a new one needs is its secret."""
        super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(reverse("admin:reviews_endpoint_secret", args=[obj.pk]))

    def secret_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Make a new secret, by POST, and show it this once."""
        endpoint = self.get_object(request, str(object_id))
        if endpoint is None:
            raise Http404
        if not self.has_change_permission(request, endpoint):
            raise PermissionDenied
        secret = self._renewed(request, endpoint) if request.method == "POST" else ""
        context = self.admin_site.each_context(request) | {
            "title": _("Secret"),
            "subtitle": str(endpoint),
            "opts": self.opts,
            "original": endpoint,
            "secret": secret,
            "has_had_one": AuditEntry.objects.about(endpoint).filter(verb="new_secret").exists(),
            "latest": Announcement.objects.filter(destination=f"{ENDPOINT}{endpoint.pk}")[:LATEST],
        }
        return TemplateResponse(request, "desk/endpoint_secret.html", context)

    @transaction.atomic
    def _renewed(self, request: HttpRequest, endpoint: Endpoint) -> str:
        AuditEntry.objects.record("new_secret", endpoint, by=editor_of(request), at=now_of(request))
        secret: str = endpoint.renew_secret()
        return secret
