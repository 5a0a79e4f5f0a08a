"""The outbox, to be looked at: what waits, what left, what failed and why."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskAdmin
from reviews.announcing.recipients import names_of
from reviews.models import Announcement


class Outbox(ChangeList):
    """Knows the names of all to whom the rows of its page go, by one query of a kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.names: dict[str, str] = {}
        super().__init__(*args, **kwargs)
        self.list_display = [self.to if name == "destination" else name for name in self.list_display]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.names = names_of(row.destination for row in self.result_list)

    @admin.display(description=_("to"), ordering="destination")
    def to(self, row: Announcement) -> str:
        return self.names.get(row.destination, row.destination)


@admin.register(Announcement)
class AnnouncementAdmin(DeskAdmin):
    """Read only: rows are written by what they tell of, and settled by the announcer."""

    list_display = ["due_at", "kind", "destination", "about", "outcome", "reason"]
    list_display_links = ["due_at"]
    list_filter = ["outcome", "kind"]
    search_fields = ["destination", "subject", "detail__about", "reason"]
    search_help_text = _("By what it is about or the reason for its outcome; for an account type “user:4”.")
    date_hierarchy = "due_at"
    fields = [
        "kind", "destination", "subject", "round", "key", "written_at", "due_at", "useful_until",
        "attempts", "next_attempt_at", "outcome", "reason", "settled_at",
    ]  # fmt: skip
    readonly_fields = ["key"]

    @admin.display(description=_("about"), ordering="subject")
    def about(self, row: Announcement) -> str:
        return str(row.detail.get("about") or row.subject)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Outbox]:
        return Outbox

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
