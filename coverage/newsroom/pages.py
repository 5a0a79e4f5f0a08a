"""What a public page says about itself: to search engines, and to whoever links to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from coverage.newsroom.models import Picture
from coverage.newsroom.pictures.renditions import Crop, Format, Rendition, widths

# A thing and its properties, as JSON-LD has them.
Node = dict[str, Any]

# Search engines show a picture large from 1200 pixels on.
PREVIEW_WIDTH = 1280


def absolute(path: str) -> str:
    """`path` on the public site's canonical origin, whichever host was asked."""
    return f"{settings.SITE_URL}{path}"


@dataclass(frozen=True)
class Crumb:
    """A page that another one lies under."""

    name: str
    path: str


@dataclass(frozen=True)
class Author:
    """A byline and the page of whoever it is."""

    name: str
    path: str

    @property
    def url(self) -> str:
        return absolute(self.path)


@dataclass(frozen=True)
class Preview:
    """The picture that stands for a page elsewhere; its `alt` goes where the picture goes: no spoiler."""

    path: str
    alt: str
    width: int | None = None
    height: int | None = None
    type: str = ""

    @property
    def url(self) -> str:
        return absolute(self.path)

    @classmethod
    def of(cls, picture: Picture, crop: Crop = Crop.WIDE) -> "Preview":
        """`picture` in one file: wide enough for search engines, light enough for a chat."""
        fitting = [width for width in widths(picture, crop) if width <= PREVIEW_WIDTH]
        shown = Rendition(picture, crop, max(fitting or widths(picture, crop)), Format.WEBP)
        return cls(shown.url, picture.alt, shown.width, shown.height, shown.format.media_type)


@dataclass(frozen=True)
class Page:
    """The `page` of every public template. Plain text and paths only, none of which may spoil.

    `subject` is what a piece is about where its title needn't say: “Red, Episode 7”. `kind` is Open
    Graph's: website, article or profile. `card` is a preview drawn for it; without one its picture
    serves. `trail` are the pages above it, the front page left out. `nodes` are what it says about its
    subject in schema.org's words.
    """

    path: str
    title: str = ""
    subject: str = ""
    description: str = ""
    kind: str = "website"
    picture: Picture | None = None
    card: Preview | None = None
    authors: tuple[Author, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    feed_title: str = ""
    feed_path: str = ""
    feed_json_path: str = ""
    trail: tuple[Crumb, ...] = ()
    nodes: tuple[Node, ...] = ()
    indexed: bool = True

    @property
    def canonical(self) -> str:
        return absolute(self.path)

    @property
    def image(self) -> Preview | None:
        """What stands for the page where somebody links to it."""
        if self.card:
            return self.card
        if self.picture is None or self.picture.spoils:
            return None
        return Preview.of(self.picture, Crop.SQUARE if self.kind == "profile" else Crop.WIDE)
