from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskAdmin, RowsOfTheirOwner
from series.models import VocabularyEntry


class VocabularyInline(RowsOfTheirOwner):
    """The names of a series, as the copy desk knows them."""

    model = VocabularyEntry
    verbose_name_plural = _("vocabulary")
    autocomplete_fields = ["first_seen"]
    names_itself_by = ("first_seen__series",)
    fields = [("form", "kind", "variants", "first_seen", "spoils")]


@admin.register(VocabularyEntry)
class HouseListAdmin(DeskAdmin):
    """The list for all series; a series' own entries stand on its form."""

    list_display = ["form", "kind", "variants"]
    list_filter = ["kind"]
    search_fields = ["form", "variants"]
    fields = ["form", "kind", "variants", "spoils"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("House list")} | (extra_context or {}))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).filter(series=None)
