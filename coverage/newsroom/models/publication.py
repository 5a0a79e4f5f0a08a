from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.apps import apps
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom import boundaries
from coverage.newsroom.composing import composed_once
from coverage.newsroom.models.text import CleanText
from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.walltime import in_zone, resolve_wall, shift_days
from coverage.newsroom.weeks import Week


class Weekday(models.IntegerChoices):
    """ISO order, counted from 0 as `date.weekday()` does."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


def known_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("“%(zone)s” is no IANA time zone, such as America/New_York."), params={"zone": name}
        )


class PublicationManager(models.Manager["Publication"]):
    def current(self, at: datetime) -> "Publication":
        """The one publication, with the boundaries after `at`; one query."""
        [publication] = _with_boundaries(at)
        return publication


@composed_once
def _with_boundaries(at: datetime) -> "models.QuerySet[Publication]":
    return Publication.objects.annotate(**boundaries.annotations(at))


class Publication(CleanText):
    """The paper itself: one row."""

    name = models.CharField(_("name"), max_length=80, default="Eyecatch")
    tagline = models.CharField(
        _("tagline"), max_length=160, blank=True, default="Anime, episode by episode, every Friday"
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_(
            "One or two sentences about the paper, for the foot of every page and for search engines."
        ),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="America/New_York",
        validators=[known_zone],
        help_text=_("The newsroom's zone: slots and weeks are counted in it."),
    )
    slot_weekday = models.PositiveSmallIntegerField(
        _("weekday of the slot"), choices=Weekday, default=Weekday.FRIDAY
    )
    slot_time = models.TimeField(_("time of the slot"), default=time(9, 0))
    announces = models.BooleanField(
        _("announces what happens"),
        default=True,
        db_default=True,
        help_text=_("Mails, webhooks and pings leave the house. Pieces go live either way."),
    )

    objects = PublicationManager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publication")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="publication_single_row",
                violation_error_message=_("There is one publication; edit that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(slot_weekday__lte=6),
                name="publication_slot_weekday",
                violation_error_message=_("Choose a weekday."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def slot(self) -> WeeklySlot:
        return WeeklySlot(self.slot_weekday, self.slot_time, self.zone)

    def week(self, at: datetime) -> Week:
        """The week that `at` lies in, in the newsroom's zone."""
        return Week.of(at, self.zone)

    def next_boundary(self, at: datetime) -> datetime:
        """The next instant, UTC, at which a public page changes by itself; a day away or so at most.

        Needs a row from `Publication.objects.current(at)`.
        """
        turns: list[datetime | None] = [getattr(self, name) for name in boundaries.names()]
        return min([self.next_day(at), self.next_slot(at), *filter(None, turns)])

    def today(self, at: datetime) -> date:
        """The day that `at` lies in, in the newsroom's zone."""
        return in_zone(at, self.zone).date()

    def this_day(self, at: datetime) -> datetime:
        """The first instant, UTC, of the day that `at` lies in, or of the one before where clocks go back."""
        today, zone = self.today(at), self.zone
        this_morning = resolve_wall(today, time.min, zone)
        return this_morning if this_morning <= at else resolve_wall(shift_days(today, -1), time.min, zone)

    def next_day(self, at: datetime) -> datetime:
        """The first instant, UTC, of the day after: what a page says of days turns then, weeks too."""
        today, zone = self.today(at), self.zone
        tomorrow = resolve_wall(shift_days(today, 1), time.min, zone)
        # Clocks set back over midnight show the old day again after the new one has begun.
        return tomorrow if at < tomorrow else resolve_wall(shift_days(today, 2), time.min, zone)

    def next_slot(self, at: datetime) -> datetime:
        """The first slot after `at`, UTC."""
        return self.slot.next_at_or_after(at + timedelta.resolution)

    def last_slot(self, at: datetime) -> datetime:
        """The latest slot that has come at `at`, UTC."""
        week = self.week(at)
        this_week = self.slot.on(week)
        return this_week if this_week <= at else self.slot.on(week.previous())


def ensure_publication(using: str, apps: Apps = apps, **kwargs: Any) -> None:
    """After migrating or flushing: the one row is there, unless its table has been migrated away."""
    if "publication" in apps.all_models["newsroom"]:
        Publication.objects.using(using).get_or_create(pk=1)
