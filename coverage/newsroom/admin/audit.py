from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskAdmin
from coverage.newsroom.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(DeskAdmin):
    """Read only: what is written down stays as it is."""

    list_display = ["at", "actor", "verb", "subject_label", "note"]
    list_display_links = ["at"]
    list_select_related = ["actor"]
    list_filter = ["verb"]
    search_fields = ["subject_label", "note", "actor__username"]
    search_help_text = _("By what it was done to, by note, or by who did it.")
    date_hierarchy = "at"
    fields = ["at", "actor", "verb", "subject_label", "note", "detail"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
