"""What a public page says about itself: to search engines, and to whoever links to it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings

from coverage.newsroom.models import Picture

# A thing and its properties, as JSON-LD has them.
Node = dict[str, Any]

TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


def absolute(path: str) -> str:
    """`path` on the public site's canonical origin, whichever host was asked."""
    return f"{settings.SITE_URL}{path}"


@dataclass(frozen=True)
class Crumb:
    """A page that another one lies under."""

    name: str
    path: str


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
    def of(cls, picture: Picture) -> "Preview":
        """`picture` as it is kept."""
        kind = TYPES.get(PurePath(picture.file.name or "").suffix, "")
        return cls(picture.file.url, picture.alt, picture.width, picture.height, kind)


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
    authors: tuple[str, ...] = ()
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
        return Preview.of(self.picture) if self.picture and not self.picture.spoils else None
