"""A piece as its form says it now, saved or not: nothing is checked but what the copy desk reads of it."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from coverage.newsroom.keys import as_key
from coverage.newsroom.models import Picture
from reviews.admin.parts import MOST_ROWS
from reviews.copydesk.draft import manuscript_from, pictures_in_order
from reviews.copydesk.manuscript import Manuscript
from reviews.models import EpisodeReview, Review
from reviews.models.content import PART_PROSE, PROSE
from series.models import Episode

_TEXTS = ("headline", "standfirst", "slug", "spoiler_level", *PROSE)
PARTS = "parts"

type Posted = Mapping[str, str]


@dataclass(frozen=True)
class Typed:
    """The piece, its parts by the form's prefix of each, and its pictures."""

    review: Review
    parts: Sequence[tuple[str, EpisodeReview]]
    pictures: Sequence[Picture]

    @property
    def manuscript(self) -> Manuscript:
        parts = [part for _prefix, part in self.parts]
        return manuscript_from(self.review, self.review, parts, self.pictures)


def as_saved(review: Review) -> Typed:
    """As it stands in the database, its parts prefetched; the form has them in this order."""
    parts = list(review.parts.all())
    prefixed = [(f"{PARTS}-{number}", part) for number, part in enumerate(parts)]
    return Typed(review, prefixed, pictures_in_order(review, parts))


def as_typed(review: Review, posted: Posted) -> Typed:
    """As a posted form has it. A part counts once it says which episode it is about."""
    piece = copy(review)
    for name in _TEXTS:
        if name in posted:
            setattr(piece, name, posted[name])
    if "lead_picture" in posted:
        piece.lead_picture_id = as_key(posted["lead_picture"])
    parts = list(parts_as_typed(piece, posted))
    pictures = pictures_in_order(piece, [part for _prefix, part in parts])
    return Typed(piece, parts, [_said(picture, posted) for picture in pictures])


def rows_as_typed(posted: Posted, prefix: str) -> list[str]:
    """The prefix of each row of a formset that isn't to be dropped."""
    count = min(as_key(posted.get(f"{prefix}-TOTAL_FORMS", "")) or 0, MOST_ROWS)
    rows = [f"{prefix}-{number}" for number in range(count)]
    return [row for row in rows if not posted.get(f"{row}-DELETE")]


def parts_as_typed(review: Review, posted: Posted) -> Iterator[tuple[str, EpisodeReview]]:
    """The parts by prefix, each with its episodes and their series; nothing is cleaned."""
    rows = rows_as_typed(posted, PARTS)
    keys = {as_key(posted.get(f"{row}-{name}", "")) for row in rows for name in ("episode", "last_episode")}
    episodes = Episode.objects.select_related("series").in_bulk([key for key in keys if key])
    for row in rows:
        episode = episodes.get(as_key(posted.get(f"{row}-episode", "")) or 0)
        if episode is None:
            continue
        part = EpisodeReview(review=review, episode=episode)
        part.last_episode = episodes.get(as_key(posted.get(f"{row}-last_episode", "")) or 0)
        part.reviewer_id = as_key(posted.get(f"{row}-reviewer", "")) or 0
        part.stars = _stars(posted.get(f"{row}-stars", ""))
        for name in PART_PROSE:
            setattr(part, name, posted.get(f"{row}-{name}", ""))
        yield row, part


def _said(picture: Picture, posted: Posted) -> Picture:
    for name in ("alt", "caption"):
        setattr(picture, name, posted.get(f"still-{picture.pk}-{name}", getattr(picture, name)))
    return picture


def _stars(value: str) -> Decimal | None:
    try:
        return Decimal(value) if value else None
    except InvalidOperation:
        return None
