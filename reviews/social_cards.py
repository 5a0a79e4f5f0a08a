"""The picture that stands for a page where somebody shares it: what is on it, and its address.

A card says the show, what of it is reviewed, the stars and the house's name, none of which spoils. Its
address holds the digest of all that, so that a score that changed is never seen on an old card.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import PurePath

from django.urls import reverse
from django.utils.translation import gettext as _

from coverage.newsroom.models import Picture, Publication
from coverage.newsroom.pages import Preview
from coverage.newsroom.pictures.keeping import made_once
from reviews import card_drawing
from reviews.card_drawing import Mark, Words
from reviews.cards import plain_line
from reviews.models import Kind, Release
from series.accents import Accent
from series.models import Series

# Raised whenever cards are drawn otherwise, so that those drawn before are drawn anew.
DRAWING = 1
MOST_MARKS = 4


@dataclass(frozen=True)
class SocialCard:
    """One page's card, drawn or not. `of` is "reviews" or "series"."""

    of: str
    slug: str
    words: Words
    picture: Picture | None

    @property
    def digest(self) -> str:
        """Of everything that shows on it."""
        picture = self.picture
        seen = picture and (PurePath(str(picture.file.name)).name, picture.focal_x, picture.focal_y)
        facts = json.dumps([DRAWING, asdict(self.words), seen], default=str, sort_keys=True)
        return hashlib.sha256(facts.encode()).hexdigest()[:32]

    @property
    def path(self) -> str:
        return reverse("site:card", args=[self.of, self.slug, self.digest])

    @property
    def alt(self) -> str:
        words = self.words
        subject = ", ".join(filter(None, (words.title, words.label)))
        scores = "; ".join(filter(None, map(_said, words.marks)))
        said = f"{subject}: {scores}" if scores else subject
        return _("%(house)s on %(subject)s") % {"house": words.house, "subject": said}

    def preview(self) -> Preview:
        return Preview(self.path, self.alt, card_drawing.WIDTH, card_drawing.HEIGHT, "image/jpeg")

    def made(self) -> str:
        """The name of its file in the media, once that is there."""
        name = f"cards/{self.digest[:2]}/{self.digest}.jpg"
        made_once(name, lambda: card_drawing.drawn(self.words, self.picture))
        return name


def of_release(release: Release, publication: Publication) -> SocialCard:
    """A piece's card. Needs `for_list()` or `for_page()`."""
    series, kind = release.review.series, Kind(release.review.kind)
    label = release.covers if kind is Kind.WEEKLY else str(kind.label)
    marks = tuple(_marks(release))
    return SocialCard(
        "reviews", release.review.slug, _words(publication, series, label, marks), release.picture
    )


def of_series(series: Series, publication: Publication) -> SocialCard:
    """A show's card. It has no score: an average would make another card every Friday."""
    words = _words(publication, series, str(series.get_format_display()), ())
    return SocialCard("series", series.slug, words, series.picture)


def _words(publication: Publication, series: Series | None, label: str, marks: tuple[Mark, ...]) -> Words:
    colour = series.colour if series else Accent.SLATE
    return Words(
        house=plain_line(publication.name),
        title=plain_line(series.title) if series else plain_line(label),
        native=plain_line(series.title_native) if series else "",
        label=plain_line(label) if series else "",
        marks=marks,
        unrated=_("Unrated"),
        colours=(colour.deep, colour.bright),
    )


def _marks(release: Release) -> list[Mark]:
    """The scores as lists show them: the piece's own, or its parts', named where there are several."""
    kind, parts = Kind(release.review.kind), release.parts
    if release.edition.stars is not None:
        return [Mark("", release.edition.stars)]
    if kind is Kind.PREVIEW or not parts:
        return []
    if len(parts) == 1:
        return [Mark("", parts[0].stars)]
    one_episode = len({part.label for part in parts}) == 1
    marks = []
    for part in parts[:MOST_MARKS]:
        by_critic = part.reviewer.byline if one_episode else part.label
        name = part.episode.series.title if kind is Kind.ROUNDUP else by_critic
        marks.append(Mark(plain_line(name), part.stars))
    return marks


def _said(mark: Mark) -> str:
    if mark.stars is None:
        return ""
    stars = _("%(stars)s out of 5 stars") % {"stars": _plain(mark.stars)}
    return f"{mark.name} {stars}" if mark.name else stars


def _plain(stars: Decimal) -> str:
    return f"{stars.normalize():f}"
