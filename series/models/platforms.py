from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from coverage.newsroom.models.publication import Weekday, known_zone
from series.models.series import Series


class Platform(CleanText):
    """Where shows stream."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StreamingQuerySet(models.QuerySet["Streaming"]):
    def for_page(self) -> "StreamingQuerySet":
        """All that a page shows of it."""
        return self.select_related("platform").fetch_mode(models.FETCH_RAISE)


class Streaming(CleanText):
    """One platform's run of a series: where, in which language and region, and when it is added."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="streams")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="streams")
    url = models.URLField(_("link"), blank=True)
    language = models.CharField(
        _("language"), max_length=40, blank=True, help_text=_("Such as “Japanese with subtitles”.")
    )
    region = models.CharField(_("region"), max_length=80, blank=True)
    first_episode = models.CharField(
        _("from episode"), max_length=12, blank=True, help_text=_("Empty: from the first one.")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday, null=True, blank=True)
    wall_time = models.TimeField(
        _("time"), null=True, blank=True, help_text=_("Leave empty where only the day is known.")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[known_zone])

    objects = StreamingQuerySet.as_manager()

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ["platform__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "platform", "language", "region"],
                name="streaming_once",
                violation_error_message=_("This platform stands here already."),
            ),
            models.CheckConstraint(
                condition=models.Q(wall_time=None)
                | models.Q(weekday__isnull=False) & ~models.Q(time_zone=""),
                name="streaming_time_whole",
                violation_error_message=_("A time needs its weekday and its zone."),
            ),
        ]

    def __str__(self) -> str:
        return self.platform.name

    def clean(self) -> None:
        super().clean()
        if self.wall_time and (self.weekday is None or not self.time_zone):
            raise ValidationError({"wall_time": _("A time needs its weekday and its zone.")})
