"""What of a live piece may leave its own page. Feeds, cards and structured data read nothing else."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from coverage.newsroom.models import Picture
from coverage.newsroom.pages import Author, Crumb, Node, Page
from reviews.models import Kind, Release, Reviewer
from series.models import Series

# Control characters, lone surrogates and non-characters: XML can't hold them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def plain_line(text: str) -> str:
    """`text` on one line, without characters that a feed couldn't hold."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


@dataclass(frozen=True)
class Subject:
    """What is reviewed: an episode of a show, or the show or film itself."""

    series: str
    series_path: str
    is_film: bool
    episode: str = ""
    number: str = ""


@dataclass(frozen=True)
class Rating:
    """Stars, whose they are, and of what."""

    stars: Decimal
    authors: tuple[Author, ...]
    subject: Subject


@dataclass(frozen=True)
class Card:
    """A piece without its prose."""

    review_id: int
    path: str
    kind: Kind
    headline: str
    standfirst: str
    authors: tuple[Author, ...]
    published: datetime
    updated: datetime
    picture: Picture | None
    series: str
    trail: tuple[Crumb, ...]
    covers: str
    ratings: tuple[Rating, ...]

    @classmethod
    def of(cls, release: Release) -> "Card":
        """Of a release that was read with `for_list()` or `for_page()`."""
        review, edition = release.review, release.edition
        return cls(
            review_id=review.pk,
            path=release.get_absolute_url(),
            kind=Kind(review.kind),
            headline=plain_line(edition.headline),
            standfirst=plain_line(edition.standfirst),
            authors=_authors(release),
            published=release.publish_at,
            updated=release.changed_at,
            picture=release.picture,
            series=plain_line(review.series.title) if review.series else "",
            trail=trail_of(review.series),
            covers=plain_line(release.covers),
            ratings=tuple(_ratings(release)),
        )

    def page(self, nodes: tuple[Node, ...] = ()) -> Page:
        """What the piece's own page says about itself."""
        return Page(
            path=self.path,
            title=self.headline,
            subject=", ".join(filter(None, (self.series, self.covers))),
            description=self.standfirst,
            kind="article",
            picture=self.picture,
            authors=self.authors,
            published=self.published,
            updated=self.updated,
            trail=self.trail,
            nodes=nodes,
        )


def trail_of(series: Series | None) -> tuple[Crumb, ...]:
    """The pages above one about `series`; above one about several, all reviews."""
    if series is None:
        return (Crumb(_("Reviews"), reverse("reviews:list")),)
    above = Crumb(_("Series"), reverse("site:series_list"))
    return above, Crumb(plain_line(series.title), series.get_absolute_url())


def _authors(release: Release) -> tuple[Author, ...]:
    return tuple(_author(byline.reviewer) for byline in release.review.bylines.all())


def _author(reviewer: Reviewer) -> Author:
    return Author(plain_line(reviewer.byline), reviewer.get_absolute_url())


def _ratings(release: Release) -> list[Rating]:
    series, stars = release.review.series, release.edition.stars
    ratings = []
    if series and stars is not None:
        whole = Subject(plain_line(series.title), series.get_absolute_url(), series.is_film)
        ratings.append(Rating(stars, _authors(release), whole))
    for part in release.parts:
        if part.stars is None:
            continue
        show, single = part.episode.series, part.last_episode is None
        subject = Subject(
            series=plain_line(show.title),
            series_path=show.get_absolute_url(),
            is_film=show.is_film,
            episode=plain_line(part.episode.title if single and part.episode.title else part.label),
            number=part.episode.number if single else "",
        )
        ratings.append(Rating(part.stars, (_author(part.reviewer),), subject))
    return ratings
