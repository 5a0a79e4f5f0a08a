import hashlib
import warnings
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image

from coverage.newsroom.models.text import CleanText

# What is taken, as Pillow names it, and how such a file's name ends.
FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif"}
# What phones write with a preview inside; any reader of JPEG shows its first picture.
_JPEG_WITH_MORE = "MPO"
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000

_TOO_LARGE = _("This picture has more than 40 megapixels; scale it down.")


def found_format(file: "File[bytes]") -> str:
    """Which of FORMATS the bytes are, whatever the file's name says. Raises ValidationError."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file, formats=tuple(FORMATS))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValidationError(_TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(_("This is no JPEG, PNG, WebP or AVIF picture; save it as one.")) from error
    _refuse_unshowable(image)
    file.seek(0)
    return "JPEG" if image.format == _JPEG_WITH_MORE else str(image.format)


def _refuse_unshowable(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:  # asked before anything is unpacked
        raise ValidationError(_TOO_LARGE)
    if getattr(image, "is_animated", False) and image.format != _JPEG_WITH_MORE:
        raise ValidationError(_("This picture moves; use a still one."))
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(_("This file is cut short or damaged; save it anew.")) from error


def picture_file(file: FieldFile) -> None:
    """Validates a file that comes in; one that is kept already has been."""
    if getattr(file, "_committed", True):
        return
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 20 MB; save it smaller."))
    found_format(file)


def content_name(picture: "Picture", filename: str) -> str:
    """Name a file by what is in it: the same bytes are kept once, and a name tells nothing."""
    file = picture.file.file
    suffix = FORMATS[found_format(file)]
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return f"pictures/{digest[:2]}/{digest}{suffix}"


class Picture(CleanText):
    """A picture with what a page needs to show it well. Private until what it belongs to is public."""

    file = models.ImageField(
        _("file"),
        upload_to=content_name,
        width_field="width",
        height_field="height",
        validators=[picture_file],
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
