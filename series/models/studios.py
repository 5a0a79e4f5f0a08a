from datetime import datetime
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import FormerSlug, Named, Sluggable
from series.models.series import Series


class StudioFormerSlug(FormerSlug):
    target = models.ForeignKey("Studio", on_delete=models.CASCADE, related_name="former_slugs")


class StudioQuerySet(models.QuerySet["Studio"]):
    def public(self, at: datetime) -> "StudioQuerySet":
        """Those with a hand in a series that readers may see at `at`."""
        shows = Series.objects.public(at).filter(studio_links__studio=models.OuterRef("pk"))
        return self.filter(models.Exists(shows))


class Studio(Named, Sluggable):
    name = models.CharField(_("name"), max_length=120, unique=True)
    name_native = models.CharField(_("native name"), max_length=120, blank=True)

    former_slug_model: ClassVar[type[FormerSlug]] = StudioFormerSlug
    name_kind = "studio"

    objects = StudioQuerySet.as_manager()

    class Meta:
        verbose_name = _("studio")
        verbose_name_plural = _("studios")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def names(self) -> list[str]:
        return [self.name, self.name_native]

    def get_absolute_url(self) -> str:
        return reverse("site:studio", args=[self.slug])


class SeriesStudio(models.Model):
    """A studio's part in a series; one of them is the main one."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="studio_links")
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="series_links")
    is_main = models.BooleanField(_("main studio"), default=False)

    class Meta:
        verbose_name = _("studio")
        verbose_name_plural = _("studios")
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "studio"],
                name="series_studio_once",
                violation_error_message=_("The series has this studio already."),
            ),
            models.UniqueConstraint(
                fields=["series"],
                condition=models.Q(is_main=True),
                name="series_one_main_studio",
                violation_error_message=_("A series has one main studio."),
            ),
        ]

    def __str__(self) -> str:
        return self.studio.name
