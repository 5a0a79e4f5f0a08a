from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coverage.newsroom.admin.base import DeskAdmin
from coverage.newsroom.admin.instants import DayInput
from coverage.newsroom.admin.labels import DeskForm
from coverage.newsroom.latenight import LateNight
from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.walltime import in_words
from coverage.newsroom.weeks import Week
from series.admin.credits import EpisodeCreditInline
from series.airings import STATIONS
from series.models import Episode


class EpisodeForm(DeskForm):
    """Reads the late-night time: with the station's day it gives the instant, and it must agree with one."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "number" in self.changed_data and "sort_key" not in self.changed_data:
            # It stands after its new number, unless somebody placed it otherwise just now.
            self.instance.sort_key = cleaned["sort_key"] = None
        if label := cleaned.get("late_night_label"):
            try:
                slot = LateNight.parse(label).slot(STATIONS)
            except ValueError as error:
                self.add_error("late_night_label", str(error))
            else:
                self._reckon(cleaned, slot)
        return cleaned

    def _reckon(self, cleaned: dict[str, Any], slot: WeeklySlot | None) -> None:
        airs_at, day = cleaned.get("airs_at"), cleaned.get("programme_day")
        if slot is None:
            return
        if airs_at is None and day:
            cleaned["airs_at"] = slot.on(Week.of_day(day))
        elif airs_at and (meant := slot.next_at_or_after(airs_at)) != airs_at:
            told = _("“%(label)s” means %(when)s, or a week from that. Change one of the two.")
            words = {"label": cleaned["late_night_label"], "when": in_words(meant, STATIONS)}
            self.add_error("airs_at", told % words)


class EpisodePageForm(EpisodeForm):
    programme_day = forms.DateField(
        label=gettext_lazy("The station's day"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("With the late-night time and without “airs”: “airs” is reckoned from them."),
    )


@admin.register(Episode)
class EpisodeAdmin(DeskAdmin):
    tells_values_of = ("number", "title", "airs_at", "embargo_until")
    form = EpisodePageForm
    inlines = [EpisodeCreditInline]
    list_display = ["__str__", "title", "kind", "airs_at", "late_night_label", "embargo_until"]
    list_select_related = ["series"]
    list_filter = ["kind"]
    search_fields = ["title", "title_native", "number", "series__title", "series__title_romaji"]
    search_help_text = gettext_lazy("By title or number, or by the series' title.")
    date_hierarchy = "airs_at"
    ordering = ["-airs_at", "-pk"]
    autocomplete_fields = ["series"]
    fieldsets = [
        (None, {"fields": ["series", ("number", "sort_key", "kind"), "title", "title_native"]}),
        (
            gettext_lazy("When it airs"),
            {"fields": ["airs_at", ("late_night_label", "programme_day"), "embargo_until"]},
        ),
        (gettext_lazy("For readers"), {"fields": ["review_due_on"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Episode]:
        episodes: QuerySet[Episode] = super().get_queryset(request).select_related("series")
        return episodes
