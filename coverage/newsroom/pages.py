"""What a public page says about itself: to search engines, and to whoever links to it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from coverage.newsroom.models import Picture


def absolute(path: str) -> str:
    """`path` on the public site's canonical origin, whichever host was asked."""
    return f"{settings.SITE_URL}{path}"


@dataclass(frozen=True)
class Page:
    """The `page` of every public template. Plain text and paths only, none of which may spoil.

    `subject` is what a piece is about where its title needn't say: “Red, Episode 7”.
    """

    path: str
    title: str = ""
    subject: str = ""
    description: str = ""
    kind: str = "website"
    picture: Picture | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    feed_title: str = ""
    feed_path: str = ""
    indexed: bool = True

    @property
    def canonical(self) -> str:
        return absolute(self.path)

    @property
    def image(self) -> str:
        """The address of the picture that stands for the page; empty where there is none."""
        if self.picture is None or self.picture.spoils:
            return ""
        return absolute(self.picture.file.url)
