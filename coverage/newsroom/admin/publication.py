from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskAdmin
from coverage.newsroom.models import Publication


@admin.register(Publication)
class PublicationAdmin(DeskAdmin):
    """The one row: its list leads straight to it."""

    fieldsets = [
        (None, {"fields": ["name", "tagline", "description"]}),
        (
            _("The week"),
            {
                "fields": ["time_zone", "slot_weekday", "slot_time"],
                "description": _(
                    "What is approved already keeps its instant; what isn't yet goes by the new slot."
                ),
            },
        ),
        (
            _("What leaves the house"),
            {
                "fields": ["announces"],
                "description": _(
                    "Restoring a backup turns this off, because what waits may have been sent since the "
                    "backup was taken. Look through the announcements that wait, then turn it on again."
                ),
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Publication, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "announces" not in form.changed_data:
            return
        if obj.announces:
            messages.success(request, _("Announcing is on. What waits and is still of use leaves now."))
        else:
            messages.warning(
                request,
                _("Announcing is off: no mail, webhook or ping leaves. What is due waits."),
            )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:newsroom_publication_change", 1)
