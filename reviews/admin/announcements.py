"""The outbox, to be looked at: what waits, what left, what failed and why."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskAdmin
from reviews.models import Announcement


@admin.register(Announcement)
class AnnouncementAdmin(DeskAdmin):
    """Read only: rows are written by what they tell of, and settled by the announcer."""

    list_display = ["due_at", "kind", "destination", "subject", "outcome", "reason"]
    list_display_links = ["due_at"]
    list_filter = ["outcome", "kind"]
    search_fields = ["destination", "subject", "reason"]
    search_help_text = _("By where it goes, by what it is about, or by the reason for its outcome.")
    date_hierarchy = "due_at"
    fields = [
        "kind", "destination", "subject", "round", "key", "written_at", "due_at", "useful_until",
        "attempts", "next_attempt_at", "outcome", "reason", "settled_at",
    ]  # fmt: skip
    readonly_fields = ["key"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
