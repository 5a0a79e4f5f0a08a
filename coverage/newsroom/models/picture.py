from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models.text import CleanText
from coverage.newsroom.pictures.fields import PictureField


class Picture(CleanText):
    """A picture with what a page needs to show it well. Private until what it belongs to is public."""

    file = PictureField(
        _("file"),
        help_text=_("JPEG, PNG, WebP or AVIF, still, of 20 MB and 40 megapixels at most."),
    )
    width = models.PositiveIntegerField(_("width in pixels"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, editable=False)
    alt = models.CharField(
        _("text alternative"),
        max_length=300,
        help_text=_(
            "What the picture shows, for those who can't see it. It leaves the page with "
            "the picture: never a spoiler."
        ),
    )
    caption = models.CharField(
        _("caption"),
        max_length=300,
        blank=True,
        help_text=_("Stands under the picture in an article; closed with it where the picture spoils."),
    )
    credit = models.CharField(_("credit line"), max_length=200, blank=True)
    spoils = models.BooleanField(
        _("this spoils"),
        default=False,
        help_text=_("A spoiling picture is never used as a lead or on a card."),
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, from the left, in percent"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, from the top, in percent"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-added_at", "-pk"]
        indexes = [models.Index(fields=["file"], name="picture_by_file")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100),
                name="picture_focal_point_within",
                violation_error_message=_("The focal point lies between 0 and 100 percent."),
            )
        ]

    def __str__(self) -> str:
        return self.alt

    if TYPE_CHECKING:
        pk: int
