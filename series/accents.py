"""A show's colour: 24 accents, and which of them a key visual asks for."""

from collections.abc import Iterable
from functools import cache
from math import atan2, cos, dist, hypot
from typing import Any, NamedTuple, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image

from coverage.newsroom.models import Picture


class Accent(models.TextChoices):
    """The accents. `deep` stands on paper and under white, `bright` on the black card.

    The value is also the name of the class in static/css/accents.css, which has the same colours.
    """

    deep: str
    bright: str

    def __new__(cls, value: str, deep: str = "", bright: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.deep, member.bright = deep, bright
        return member

    VERMILION = "vermilion", "#c71a01", "#ff806d", _("Vermilion")
    BRICK = "brick", "#852917", "#de8c76", _("Brick")
    CRIMSON = "crimson", "#ab0130", "#fc7186", _("Crimson")
    WINE = "wine", "#701034", "#e28ea6", _("Wine")
    ROSE = "rose", "#bc1e72", "#fd93c7", _("Rose")
    FUCHSIA = "fuchsia", "#ac0297", "#ef82e7", _("Fuchsia")
    PLUM = "plum", "#751d82", "#e5a1ef", _("Plum")
    MAUVE = "mauve", "#704a7b", "#c3a8d5", _("Mauve")
    VIOLET = "violet", "#692fcb", "#bc9cfe", _("Violet")
    INDIGO = "indigo", "#3226b5", "#9190f8", _("Indigo")
    NAVY = "navy", "#1e2f6d", "#98afeb", _("Navy")
    COBALT = "cobalt", "#1b56ca", "#6fa4fc", _("Cobalt")
    AZURE = "azure", "#0568a4", "#75c8fc", _("Azure")
    STEEL = "steel", "#375d76", "#8eb8ce", _("Steel")
    TEAL = "teal", "#045c59", "#33c9c5", _("Teal")
    JADE = "jade", "#047554", "#6ee9ba", _("Jade")
    PINE = "pine", "#134b30", "#71be93", _("Pine")
    GREEN = "green", "#127829", "#68de7f", _("Green")
    MOSS = "moss", "#3a5713", "#98c472", _("Moss")
    OLIVE = "olive", "#626601", "#d7de5e", _("Olive")
    OCHRE = "ochre", "#816501", "#f2ce59", _("Ochre")
    AMBER = "amber", "#995003", "#feac59", _("Amber")
    UMBER = "umber", "#603714", "#ca9d77", _("Umber")
    SLATE = "slate", "#424b5b", "#b3bfd2", _("Slate")


class Lab(NamedTuple):
    """A colour in Oklab, where near means looking alike (Björn Ottosson, 2020)."""

    lightness: float
    a: float
    b: float

    @property
    def chroma(self) -> float:
        return hypot(self.a, self.b)

    @property
    def hue(self) -> float:
        return atan2(self.b, self.a)

    @classmethod
    def of(cls, red: int, green: int, blue: int) -> Self:
        r, g, b = (_linear(channel / 255) for channel in (red, green, blue))
        long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
        middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
        short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
        return cls(
            0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
            1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
            0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
        )


# Greyer on the whole than this, a picture has no hue to take.
_GREY = 0.008
_SAMPLE = 96
_COLOURS = 24
# Accents lie in this range; a picture's dark hues ask for its dark end, its light ones for its light end.
_DEEPEST, _LIGHTEST = 0.33, 0.53

Shares = list[tuple[float, Lab]]


def accent_of(picture: Picture) -> Accent:
    """The accent that goes with `picture`: the nearest to the hue that it shows most of.

    Raises OSError where the file can't be read.
    """
    with picture.file.storage.open(str(picture.file)) as file, Image.open(file) as image:
        image.draft("RGB", (4 * _SAMPLE, 4 * _SAMPLE))
        image.thumbnail((_SAMPLE, _SAMPLE))
        return nearest(leading_hue(shares(image)))


def shares(image: Image.Image) -> Shares:
    """The colours of `image`, each with how much of it they are."""
    few = image.convert("RGB").quantize(_COLOURS).convert("RGB")
    whole = few.width * few.height
    found: Any = few.getcolors(whole)  # of colours in RGB, which the stubs don't know
    return [(count / whole, Lab.of(*rgb)) for count, rgb in found]


def leading_hue(found: Shares) -> Lab | None:
    """The colour around which most of what is saturated gathers; None for a grey picture."""
    if sum(share * colour.chroma for share, colour in found) < _GREY:
        return None
    weighed = [(share * colour.chroma**1.5, colour) for share, colour in found]
    centre = max((colour for _weight, colour in weighed), key=lambda colour: _gathered(colour, weighed))
    around = [(weight * _likeness(centre, colour), colour) for weight, colour in weighed]
    return _mean(around)


def nearest(colour: Lab | None) -> Accent:
    """The accent that looks most like `colour`; slate for none."""
    if colour is None:
        return Accent.SLATE
    # A mean is greyer than what it is the mean of.
    shown = colour._replace(a=colour.a * 1.3, b=colour.b * 1.3)
    return min(Accent, key=lambda accent: dist(_place(shown), _place(_deep(accent))))


def _gathered(centre: Lab, weighed: Shares) -> float:
    return sum(weight * _likeness(centre, colour) for weight, colour in weighed)


def _likeness(one: Lab, other: Lab) -> float:
    """1 for the same hue, 0 from a quarter turn on."""
    return max(0.0, cos(one.hue - other.hue)) ** 6


def _mean(weighed: Shares) -> Lab:
    total = sum(weight for weight, _colour in weighed)
    return Lab(*(sum(weight * colour[side] for weight, colour in weighed) / total for side in range(3)))


def _place(colour: Lab) -> Iterable[float]:
    """Where `colour` stands for comparing: by hue above all, then how vivid and how deep."""
    within = min(max(colour.lightness, _DEEPEST), _LIGHTEST)
    grey = colour.chroma + 0.12 * min(colour.lightness, 0.4)  # a dark colour of little chroma can be vivid
    return within, colour.a / grey, colour.b / grey


@cache
def _deep(accent: Accent) -> Lab:
    return Lab.of(*bytes.fromhex(accent.deep[1:]))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
