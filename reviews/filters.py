"""Narrowing a list of live pieces down, by what readers ask of the address."""

from typing import Any

import django_filters
from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from reviews.models import Byline, EditionPart, Release, Reviewer
from reviews.models.content import SpoilerLevel
from reviews.models.releases import ReleaseQuerySet
from reviews.stars import HALF_STEPS
from series.models import Platform, Series, SeriesSeason, SeriesStudio, Streaming, Studio
from series.models.series import Season

Choices = list[tuple[str, str]]

STARS: Choices = [(f"{stars.normalize():f}", f"{stars.normalize():f}") for stars in reversed(HALF_STEPS)]
_SEASONS = list(Season)


class ReviewFilter(django_filters.FilterSet):
    """Offers only what the pieces in `queryset` are about; anything else finds nothing."""

    series = django_filters.ChoiceFilter(label=_("Series"), empty_label=_("All"), method="by_series")
    studio = django_filters.ChoiceFilter(label=_("Studio"), empty_label=_("All"), method="by_studio")
    platform = django_filters.ChoiceFilter(label=_("Platform"), empty_label=_("All"), method="by_platform")
    season = django_filters.ChoiceFilter(label=_("Season"), empty_label=_("All"), method="by_season")
    reviewer = django_filters.ChoiceFilter(label=_("Reviewer"), empty_label=_("All"), method="by_reviewer")
    stars = django_filters.ChoiceFilter(
        label=_("Stars at least"), empty_label=_("Any"), choices=STARS, method="by_stars"
    )
    spoilers = django_filters.ChoiceFilter(
        label=_("Spoilers at most"),
        empty_label=_("Any"),
        choices=SpoilerLevel.choices,
        method="by_spoilers",
    )

    class Meta:
        model = Release
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: ReleaseQuerySet) -> None:
        super().__init__(data, queryset)
        choices = choices_among(queryset)
        for name, found in choices.items():
            if name in self.filters:
                self.filters[name].extra["choices"] = found
        for filter_ in self.filters.values():
            # Says what is wrong without repeating what was asked, however long that is.
            filter_.extra["error_messages"] = {"invalid_choice": _("There is nothing like that to choose.")}

    def filter_queryset(self, queryset: ReleaseQuerySet) -> ReleaseQuerySet:
        """What answers to the form; nothing where the form is wrong, never everything."""
        if not self.form.is_valid():
            return queryset.none()
        found: ReleaseQuerySet = super().filter_queryset(queryset)
        return found

    def by_series(self, releases: ReleaseQuerySet, name: str, slug: str) -> ReleaseQuerySet:
        return releases.about(Series.objects.filter(slug=slug))

    def by_studio(self, releases: ReleaseQuerySet, name: str, slug: str) -> ReleaseQuerySet:
        return releases.about(Series.objects.filter(studio_links__studio__slug=slug))

    def by_platform(self, releases: ReleaseQuerySet, name: str, slug: str) -> ReleaseQuerySet:
        return releases.about(Series.objects.filter(streams__platform__slug=slug))

    def by_season(self, releases: ReleaseQuerySet, name: str, key: str) -> ReleaseQuerySet:
        year, _dash, season = key.partition("-")
        return releases.about(Series.objects.filter(seasons__year=year, seasons__season=season))

    def by_reviewer(self, releases: ReleaseQuerySet, name: str, slug: str) -> ReleaseQuerySet:
        bylines = Byline.objects.filter(reviewer__slug=slug)
        parts = EditionPart.objects.filter(reviewer__slug=slug)
        return releases.filter(
            Q(review__in=bylines.values("review")) | Q(edition__in=parts.values("edition"))
        )

    def by_stars(self, releases: ReleaseQuerySet, name: str, least: str) -> ReleaseQuerySet:
        parts = EditionPart.objects.filter(stars__gte=least)
        return releases.filter(Q(edition__stars__gte=least) | Q(edition__in=parts.values("edition")))

    def by_spoilers(self, releases: ReleaseQuerySet, name: str, most: str) -> ReleaseQuerySet:
        return releases.filter(edition__spoiler_level__in=SpoilerLevel(most).at_most())


class SeriesReviewFilter(ReviewFilter):
    """For the pieces about one series."""

    series = None


def choices_among(releases: ReleaseQuerySet) -> dict[str, Choices]:
    """The series, studios, platforms, seasons and reviewers of `releases`; one query."""
    # EXISTS and not IN: what there is to choose is few, and the pieces are many.
    parts = EditionPart.objects.filter(Exists(releases.filter(edition=OuterRef("edition"))))
    bylines = Byline.objects.filter(Exists(releases.filter(review=OuterRef("review"))))
    shows = Series.objects.filter(
        Exists(releases.filter(review__series=OuterRef("pk")))
        | Exists(parts.filter(episode__series=OuterRef("pk")))
    )
    reviewers = Reviewer.objects.filter(
        Exists(bylines.filter(reviewer=OuterRef("pk"))) | Exists(parts.filter(reviewer=OuterRef("pk")))
    )
    key = Concat(Cast("year", CharField()), Value("-"), F("season"))
    found = _options("series", shows, "title").union(
        _options("studio", _of_any(shows, Studio, SeriesStudio, "studio"), "name"),
        _options("platform", _of_any(shows, Platform, Streaming, "platform"), "name"),
        _options("season", SeriesSeason.objects.filter(series__in=shows).annotate(slug=key), "slug"),
        _options("reviewer", reviewers, "byline"),
    )
    choices: dict[str, Choices] = {
        name: [] for name in ("series", "studio", "platform", "season", "reviewer")
    }
    for name, slug, label in sorted(found.order_by(), key=lambda row: (row[2].casefold(), row[1])):
        choices[name].append((slug, label))
    choices["season"] = _newest_first(slug for slug, _label in choices["season"])
    return choices


def _of_any(shows: QuerySet[Series], model: type[Model], link: type[Model], name: str) -> QuerySet[Any]:
    """The rows of `model` that a `link` ties to any of `shows`."""
    links = link._default_manager.filter(series__in=shows)
    return model._default_manager.filter(Exists(links.filter(**{name: OuterRef("pk")})))


def _options(name: str, rows: QuerySet[Any], label: str) -> QuerySet[Any]:
    """(name, slug, label) of each row, alike in type for all, so that they make one union."""
    text = CharField()
    return rows.order_by().values_list(Cast(Value(name), text), Cast("slug", text), Cast(label, text))


def _newest_first(keys: Any) -> Choices:
    """Labels “Winter 2024” for the keys “2024-winter”."""
    seasons = []
    for key in keys:
        year, _dash, season = key.partition("-")
        seasons.append((int(year), _SEASONS.index(Season(season)), key))
    return [(key, f"{_SEASONS[at].label} {year}") for year, at, key in sorted(seasons, reverse=True)]
