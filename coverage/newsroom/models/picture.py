import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

FORMATS = ("jpg", "jpeg", "png", "webp", "avif")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000


def content_name(picture: "Picture", filename: str) -> str:
    """Name a file by what is in it: the same bytes are kept once, and a name tells nothing."""
    digest = hashlib.sha256()
    file = picture.file.file
    file.seek(0)
    for chunk in iter(lambda: file.read(64 * 1024), b""):
        digest.update(chunk)
    file.seek(0)
    name = digest.hexdigest()
    return f"pictures/{name[:2]}/{name}{PurePath(filename).suffix.lower()}"


def within_limits(file: "File[bytes]") -> None:
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 20 MB; save it smaller."))
    width, height = getattr(file, "width", 0), getattr(file, "height", 0)
    if width and height and width * height > MAX_PIXELS:
        raise ValidationError(_("This picture has more than 40 megapixels; scale it down."))


class Picture(models.Model):
    """A picture with what a page needs to show it well. Private until what it belongs to is public."""

    file = models.ImageField(
        _("file"),
        upload_to=content_name,
        width_field="width",
        height_field="height",
        validators=[FileExtensionValidator(FORMATS), within_limits],
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
