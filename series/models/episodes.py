import re
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText, Named
from coverage.newsroom.weeks import Week
from series.models.series import Series
from series.visibility import reveals, would_outlast_a_review

_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")


def known_number(number: str) -> None:
    if not _NUMBER.fullmatch(number):
        raise ValidationError(_("Write the number as printed: 7, 12.5 or 0."))


def place_in_order(number: str, given: Decimal | None) -> Decimal:
    """The sort key: as given, or after the number; a film's is 0."""
    if given is not None:
        return given
    return Decimal(number if _NUMBER.fullmatch(number) else 0)


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def public(self, at: datetime) -> "EpisodeQuerySet":
        """Whose title and credits readers may see at `at`: it has aired, or a live review covers it."""
        aired = models.Q(airs_at__lte=at) & (models.Q(embargo_until=None) | models.Q(embargo_until__lte=at))
        public_series = Series.objects.public(at).filter(pk=models.OuterRef("series"))
        return self.filter(aired | models.Q(reveals.episode(at)), models.Exists(public_series))

    def announced(self, at: datetime) -> "EpisodeQuerySet":
        """Whose number and airing stations print at `at`: aired or not, but nothing embargoed."""
        public_series = Series.objects.public(at).filter(pk=models.OuterRef("series"))
        return self.unembargoed(at).filter(models.Exists(public_series))

    def unembargoed(self, at: datetime) -> "EpisodeQuerySet":
        """Those of a public series that are announced at `at`; whether it is public isn't asked here."""
        unembargoed = models.Q(embargo_until=None) | models.Q(embargo_until__lte=at)
        return self.filter(unembargoed | models.Q(reveals.episode(at)))

    def scheduled(self, starts: datetime, ends: datetime, at: datetime) -> "EpisodeQuerySet":
        """The programme from `starts` to `ends` as stations print it at `at`: series, number and time.

        Whether it has aired or not, so titles are out of reach. What is embargoed isn't in it.
        """
        return (
            self.airing_within(starts, ends)
            .announced(at)
            .select_related("series")
            .defer("title", "title_native", "series__synopsis")
            .order_by("airs_at", "series__title", "sort_key", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )

    def with_known_titles(self, at: datetime) -> "EpisodeQuerySet":
        """Annotate `known_title`: the title where readers may see it at `at`, and else nothing."""
        known = Episode.objects.public(at).filter(pk=models.OuterRef("pk")).values("title")
        return self.annotate(known_title=Coalesce(models.Subquery(known), models.Value("")))

    def airing(self, week: Week, zone: ZoneInfo) -> "EpisodeQuerySet":
        """First broadcast within `week` as `zone` counts it."""
        return self.airing_within(week.starts(zone), week.ends(zone))

    def airing_within(self, starts: datetime, ends: datetime) -> "EpisodeQuerySet":
        """First broadcast from `starts` on and before `ends`."""
        return self.filter(airs_at__gte=starts, airs_at__lt=ends)


class Episode(Named, CleanText):
    name_kind = "episode"
    forgives_slips = False

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular")
        RECAP = "recap", _("Recap")
        SPECIAL = "special", _("Special")

    series = models.ForeignKey(
        Series, verbose_name=_("series"), on_delete=models.PROTECT, related_name="episodes"
    )
    number = models.CharField(
        _("number"),
        max_length=8,
        blank=True,
        validators=[known_number],
        help_text=_("As printed: 7, 12.5 or 0. A film has none."),
    )
    sort_key = models.DecimalField(
        _("place in the order"),
        max_digits=6,
        decimal_places=2,
        blank=True,
        help_text=_("Empty: after its number."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.REGULAR)
    title = models.CharField(_("title"), max_length=200, blank=True)
    title_native = models.CharField(_("native title"), max_length=200, blank=True)
    airs_at = models.DateTimeField(
        _("airs"),
        null=True,
        blank=True,
        help_text=_("The instant of its first broadcast. Until then its title stays on the desk."),
    )
    late_night_label = models.CharField(
        _("late-night time"),
        max_length=40,
        blank=True,
        help_text=_("As the station prints it: “Wednesdays 24:55” is Thursday, 00:55."),
    )
    review_due_on = models.DateField(
        _("review due on"),
        null=True,
        blank=True,
        help_text=_(
            "Only where its review is late and readers shall know: “review late, due Saturday”. "
            "A day in the newsroom's zone."
        ),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("No review of it goes live before this."),
    )

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("episode")
        verbose_name_plural = _("episodes")
        ordering = ["series", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                name="episode_number_once",
                violation_error_message=_("The series has an episode with this number already."),
            )
        ]
        indexes = [models.Index(fields=["airs_at"], name="episode_by_airing")]

    def __str__(self) -> str:
        return f"{self.series} {self.label}" if self.number else str(self.series)

    def names(self) -> list[str]:
        return [self.title, self.title_native]

    @property
    def label(self) -> str:
        """Short name without a title: “Episode 12.5”; a film's is empty."""
        return gettext("Episode %(number)s") % {"number": self.number} if self.number else ""

    @property
    def counts(self) -> bool:
        """Whether its stars count in the show's average."""
        return self.kind != self.Kind.RECAP

    def clean_fields(self, exclude: Any = None) -> None:
        self._place_in_order()
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        super().clean()
        for field in ("airs_at", "embargo_until"):
            if self.pk and would_outlast_a_review(self, field, reveals.episode):
                raise ValidationError(
                    {field: _("A review of it goes live before that. Reschedule or withdraw it first.")}
                )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._place_in_order()
        super().save(*args, **kwargs)

    def _place_in_order(self) -> None:
        self.sort_key = place_in_order(self.number, self.sort_key)
