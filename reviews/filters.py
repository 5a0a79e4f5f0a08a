"""Narrowing a list of live pieces down, by what readers ask of the address."""

from decimal import Decimal

import django_filters
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.models import Release, Reviewer
from reviews.models.content import SpoilerLevel
from reviews.models.releases import ReleaseQuerySet
from reviews.stars import HALF_STEPS, rank
from series.models import Series
from series.seasons import YearSeason

STARS = [(f"{stars.normalize():f}",) * 2 for stars in reversed(HALF_STEPS)]
LONGEST = 200


def season_of(key: str) -> YearSeason:
    """The season that an address calls “2024-winter”. Raises ValueError."""
    year, _dash, season = key.partition("-")
    return YearSeason.of(int(year), season)


def known_season(key: str) -> None:
    try:
        season_of(key)
    except ValueError as error:
        raise ValidationError(_("There is no such season.")) from error


def _by_slug(label: str | Promise, method: str) -> django_filters.CharFilter:
    return django_filters.CharFilter(
        label=label, method=method, validators=[validate_slug], max_length=LONGEST
    )


class ReviewFilter(django_filters.FilterSet):
    """What isn't there, or makes no sense, finds nothing."""

    series = _by_slug(_("Series"), "by_series")
    season = django_filters.CharFilter(
        label=_("Season"), method="by_season", validators=[known_season], max_length=LONGEST
    )
    studio = _by_slug(_("Studio"), "by_studio")
    platform = _by_slug(_("Platform"), "by_platform")
    reviewer = _by_slug(_("Reviewer"), "by_reviewer")
    stars = django_filters.ChoiceFilter(label=_("Stars at least"), choices=STARS, method="by_stars")
    spoilers = django_filters.ChoiceFilter(
        label=_("Spoilers at most"), choices=SpoilerLevel.choices, method="by_spoilers"
    )

    class Meta:
        model = Release
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: ReleaseQuerySet) -> None:
        super().__init__(data, queryset)

    @property
    def chosen(self) -> dict[str, str]:
        """By filter, what the address asks for, as far as it makes sense."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def filter_queryset(self, queryset: ReleaseQuerySet) -> ReleaseQuerySet:
        """What answers to the address; nothing where it is wrong, never everything."""
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
        asked = season_of(key)
        return releases.about(Series.objects.filter(seasons__year=asked.year, seasons__season=asked.season))

    def by_reviewer(self, releases: ReleaseQuerySet, name: str, slug: str) -> ReleaseQuerySet:
        return releases.by_any(Reviewer.objects.filter(slug=slug))

    def by_stars(self, releases: ReleaseQuerySet, name: str, least: str) -> ReleaseQuerySet:
        return releases.filter(stars_rank__gte=rank([Decimal(least)]))

    def by_spoilers(self, releases: ReleaseQuerySet, name: str, most: str) -> ReleaseQuerySet:
        return releases.filter(edition__spoiler_level__in=SpoilerLevel(most).at_most())


class SeriesReviewFilter(ReviewFilter):
    """For the pieces about one series."""

    series = None
