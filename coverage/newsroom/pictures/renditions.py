"""The sizes in which a picture goes out: a closed set, each with a name that says all that it is.

A name holds the digest of the picture's bytes, the crop, the focal point and the width, so that what it
names never changes; a focal point that moves makes new names. What isn't in the set has no name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from PIL import Image

from coverage.newsroom.pictures.intake import SUFFIXES
from coverage.newsroom.pictures.keeping import made_once

if TYPE_CHECKING:
    from coverage.newsroom.models import Picture

WIDTHS = (320, 480, 640, 768, 960, 1280, 1920)
# Asked for by a browser that knows no srcset, or by whoever shows one file only.
PLAIN_WIDTH = 960


class Crop(StrEnum):
    """What of a picture is shown."""

    WHOLE = "whole"
    WIDE = "wide"
    CARD = "card"
    SQUARE = "square"

    @property
    def ratio(self) -> float | None:
        """Width to height; None where the picture is shown as it is."""
        return {"wide": 16 / 9, "card": 3 / 2, "square": 1.0}.get(self.value)


class Format(StrEnum):
    """What browsers are offered, the best first; every one of them knows the last."""

    AVIF = "avif"
    WEBP = "webp"

    @property
    def media_type(self) -> str:
        return f"image/{self.value}"

    @property
    def quality(self) -> dict[str, int]:
        return {"avif": {"quality": 50, "speed": 6}, "webp": {"quality": 80, "method": 4}}[self.value]


NAME = r"renditions/[0-9a-f]{2}/[0-9a-f]{64}/[a-z]{1,9}-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,4}\.[a-z]{4}"
_PARTS = re.compile(
    r"renditions/(?P<folder>..)/(?P<digest>(?P=folder).{62})/"
    r"(?P<crop>.*)-(?P<x>.*)-(?P<y>.*)-(?P<width>.*)\.(?P<format>.*)"
)


@dataclass(frozen=True)
class Rendition:
    """One picture in one crop, width and format, made or not."""

    picture: "Picture"
    crop: Crop
    width: int
    format: Format

    @property
    def name(self) -> str:
        digest = PurePath(str(self.picture.file.name)).stem
        focus = f"{self.picture.focal_x}-{self.picture.focal_y}"
        return f"renditions/{digest[:2]}/{digest}/{self.crop}-{focus}-{self.width}.{self.format}"

    @property
    def url(self) -> str:
        return f"{settings.MEDIA_URL}{self.name}"

    @property
    def height(self) -> int:
        _left, _top, width, height = box(self.picture, self.crop)
        return max(1, round(self.width * height / width))

    def made(self) -> str:
        """Its name, once its file is there. Raises FileNotFoundError without the picture's own."""
        made_once(self.name, self._drawn)
        return self.name

    def _drawn(self) -> bytes:
        packed = BytesIO()
        scaled = cut(self.picture, box(self.picture, self.crop), (self.width, self.height))
        scaled.save(packed, self.format.upper(), **self.format.quality)
        return packed.getvalue()


def cut(picture: "Picture", part: tuple[int, int, int, int], size: tuple[int, int]) -> Image.Image:
    """A part of a picture (left, top, width, height), scaled to `size`. Raises FileNotFoundError."""
    left, top, width, height = part
    with picture.file.storage.open(str(picture.file.name)) as file, Image.open(file) as master:
        frame = (left, top, left + width, top + height)
        return master.resize(size, Image.Resampling.LANCZOS, box=frame, reducing_gap=3.0)


def box(picture: "Picture", crop: Crop) -> tuple[int, int, int, int]:
    """Left, top, width and height of what `crop` shows."""
    if crop.ratio is None:
        return 0, 0, picture.width or 1, picture.height or 1
    return framed(picture, crop.ratio)


def framed(picture: "Picture", ratio: float) -> tuple[int, int, int, int]:
    """Left, top, width and height of the largest part with this ratio, as near the focal point as can be."""
    width, height = picture.width or 1, picture.height or 1
    shown_width = min(width, max(1, round(height * ratio)))
    shown_height = min(height, max(1, round(width / ratio)))
    left = _around(picture.focal_x, shown_width, width)
    return left, _around(picture.focal_y, shown_height, height), shown_width, shown_height


def _around(percent: int, shown: int, whole: int) -> int:
    return min(max(0, round(whole * percent / 100 - shown / 2)), whole - shown)


def widths(picture: "Picture", crop: Crop) -> list[int]:
    """Those of WIDTHS that the picture has; its own where it has none of them."""
    widest = box(picture, crop)[2]
    return [width for width in WIDTHS if width <= widest] or [widest]


def every(picture: "Picture", *crops: Crop) -> Iterator[Rendition]:
    """All renditions of a picture, or those in `crops`."""
    for crop in crops or Crop:
        for width in widths(picture, crop):
            for kind in Format:
                yield Rendition(picture, crop, width, kind)


@dataclass(frozen=True)
class RenditionName:
    """What a rendition's name says, before anybody knows whether there is such a picture."""

    digest: str
    crop: Crop
    width: int
    format: Format
    name: str

    @property
    def files(self) -> list[str]:
        """How the file of its picture may be called."""
        return [f"pictures/{self.digest[:2]}/{self.digest}{suffix}" for suffix in SUFFIXES.values()]

    def of(self, picture: "Picture") -> Rendition | None:
        """The rendition of `picture` that has this name; None where it has none such."""
        rendition = Rendition(picture, self.crop, self.width, self.format)
        known = self.width in widths(picture, self.crop)
        return rendition if known and rendition.name == self.name else None


def read(name: str) -> RenditionName:
    """Take a name apart. Raises ValueError for one that no rendition has."""
    parts = re.fullmatch(NAME, name) and _PARTS.fullmatch(name)
    if not parts:
        raise ValueError(f"“{name}” is no rendition's name.")
    return RenditionName(
        parts["digest"], Crop(parts["crop"]), int(parts["width"]), Format(parts["format"]), name
    )


@dataclass(frozen=True)
class Shown:
    """What a page needs to show a picture: for templates, and for whoever writes HTML in Python."""

    picture: "Picture"
    crop: Crop

    @property
    def sources(self) -> list[tuple[str, str]]:
        """(media type, srcset) of each format but the last, the best first."""
        return [(kind.media_type, self._srcset(kind)) for kind in list(Format)[:-1]]

    @property
    def srcset(self) -> str:
        """In the format that every browser knows."""
        return self._srcset(list(Format)[-1])

    @property
    def src(self) -> str:
        return self.plain.url

    @property
    def width(self) -> int:
        return self._widths[-1]

    @property
    def height(self) -> int:
        return self._of(self.width, list(Format)[-1]).height

    @property
    def plain(self) -> Rendition:
        """The one file for whoever takes one only: a feed, structured data, an old browser."""
        fitting = [width for width in self._widths if width <= PLAIN_WIDTH]
        return self._of((fitting or self._widths)[-1], list(Format)[-1])

    @property
    def smallest(self) -> Rendition:
        return self._of(self._widths[0], list(Format)[-1])

    @property
    def largest(self) -> Rendition:
        return self._of(self.width, list(Format)[-1])

    @property
    def _widths(self) -> list[int]:
        return widths(self.picture, self.crop)

    def _of(self, width: int, kind: Format) -> Rendition:
        return Rendition(self.picture, self.crop, width, kind)

    def _srcset(self, kind: Format) -> str:
        return ", ".join(f"{self._of(width, kind).url} {width}w" for width in self._widths)


def shown(picture: "Picture", crop: Crop | str = Crop.WHOLE) -> Shown:
    """How to show `picture` in a crop. Asks neither the database nor the storage."""
    return Shown(picture, Crop(crop))
