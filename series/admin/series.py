from datetime import datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import RowsOfTheirOwner, now_of
from coverage.newsroom.admin.slugs import SluggedAdmin
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import Publication
from series.accents import Accent
from series.admin.accents import AccentPicker
from series.admin.credits import CreditInline
from series.admin.episodes import EpisodeForm
from series.admin.vocabulary import VocabularyInline
from series.models import Episode, Series, SeriesSeason, SeriesStudio, SeriesTitle, Streaming


class TitleInline(RowsOfTheirOwner):
    model = SeriesTitle
    fields = [("title", "kind", "language")]


class SeasonInline(RowsOfTheirOwner):
    model = SeriesSeason
    fields = [("year", "season")]


class StudioInline(RowsOfTheirOwner):
    model = SeriesStudio
    adds_related = ("studio",)
    fields = [("studio", "is_main")]
    autocomplete_fields = ["studio"]


class StreamingInline(RowsOfTheirOwner):
    model = Streaming
    adds_related = ("platform",)
    verbose_name_plural = _("where it streams")
    autocomplete_fields = ["platform"]
    fields = [
        ("platform", "url", "language", "region"),
        ("first_episode", "weekday", "wall_time", "time_zone"),
    ]


class EpisodeInline(RowsOfTheirOwner):
    """An episode is a page's subject: it can be added and changed here, but not dropped."""

    model = Episode
    form = EpisodeForm
    names_itself_by = ("series",)
    show_change_link = True
    fields = [("number", "kind", "title", "airs_at", "late_night_label")]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Series)
class SeriesAdmin(SluggedAdmin):
    tells_values_of = (
        "title", "slug", "slot_weekday", "slot_time", "is_public", "back_on", "embargo_until",
    )  # fmt: skip
    adds_related = ("key_visual",)
    inlines = [
        EpisodeInline,
        StreamingInline,
        StudioInline,
        CreditInline,
        VocabularyInline,
        SeasonInline,
        TitleInline,
    ]
    list_display = ["title", "title_native", "format", "premieres_on", "is_public"]
    list_filter = ["is_public", "format", "source"]
    search_fields = ["title", "title_native", "title_romaji", "other_titles__title"]
    search_help_text = _("By any of its titles, former ones too.")
    date_hierarchy = "premieres_on"
    autocomplete_fields = ["prequel", "key_visual"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", ("title_native", "title_romaji"), "slug", "synopsis"]}),
        (_("Look"), {"fields": ["key_visual", "accent"]}),
        (
            _("Facts"),
            {"fields": [("format", "source"), "source_note", ("premieres_on", "episode_count"), "prequel"]},
        ),
        (_("For readers"), {"fields": ["is_public", "embargo_until", "back_on"]}),
        (
            _("Own slot"),
            {
                "fields": [("slot_weekday", "slot_time")],
                "description": _("Only where this series doesn't go out with the rest of the paper."),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        """With what the form names of other things, so that it needn't ask for each."""
        found: QuerySet[Series] = super().get_queryset(request)
        return found.select_related("prequel", "key_visual")

    def get_view_on_site_url(self, obj: Series | None = None) -> str | None:
        """No way to a page that readers don't have."""
        return super().get_view_on_site_url(obj) if obj and obj.is_public else None

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "accent":
            kwargs["widget"] = AccentPicker()
            kwargs["choices"] = [("", _("From the key visual")), *Accent.choices]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Series, form: Any, change: bool) -> None:
        if "key_visual" in form.changed_data:
            obj.take_accent_from_key_visual()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        publication = cast("NewsroomRequest", request).publication
        if episode := _airs_in_the_break(form.instance, now_of(request), publication):
            told = _(
                "%(episode)s airs before the break ends, and readers are told both. Change one of the two."
            )
            messages.warning(request, told % {"episode": episode})


def _airs_in_the_break(series: Series, at: datetime, publication: Publication) -> Episode | None:
    coming = series.episodes.filter(airs_at__gt=at).order_by("airs_at").first()
    if series.back_on is None or coming is None or coming.airs_at is None:
        return None
    return coming if publication.today(coming.airs_at) < series.back_on else None
