"""How the list of reviews is narrowed down."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import now_of
from coverage.newsroom.keys import as_key
from reviews.models import Byline, EpisodeReview, Release, Review, Reviewer
from reviews.status import Stage, Status
from series.models import Series

Reviews = QuerySet[Review]


class StageFilter(admin.SimpleListFilter):
    """By the pill. Without a choice, all but what is discarded."""

    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Stage.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        stage = self.value()
        if stage in (Stage.LIVE, Stage.SCHEDULED):
            approved = queryset.filter(status=Status.APPROVED)
            live = Exists(Release.objects.live(now_of(request)).filter(review=OuterRef("pk")))
            return approved.filter(live) if stage == Stage.LIVE else approved.exclude(live)
        if stage in Status.values:
            return queryset.filter(status=stage)
        return queryset.exclude(status=Status.DISCARDED)


class _Chosen(admin.SimpleListFilter):
    """A filter with many choices: a select instead of a long list of links."""

    template = "desk/filters/chosen.html"

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:  # type: ignore[override]  # the stubs' type is private
        others = changelist.get_query_string(remove=[self.parameter_name, "p"]).lstrip("?")
        yield {"others": _pairs(others), "selected": self.value() or "", "lookups": self.lookup_choices}

    def _key(self) -> int | None:
        return as_key(self.value() or "")


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query)


class SeriesFilter(_Chosen):
    title = _("series")
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        covered = Series.objects.filter(Exists(Review.objects.filter(series=OuterRef("pk"))))
        return [(str(pk), title) for pk, title in covered.values_list("pk", "title")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not (series := self._key()):
            return queryset
        parts = EpisodeReview.objects.filter(review=OuterRef("pk"), episode__series=series)
        return queryset.filter(series=series) | queryset.filter(Exists(parts))


class ReviewerFilter(_Chosen):
    title = _("reviewer")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), byline) for pk, byline in Reviewer.objects.values_list("pk", "byline")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not (reviewer := self._key()):
            return queryset
        return queryset.filter(Exists(Byline.objects.filter(review=OuterRef("pk"), reviewer=reviewer)))
