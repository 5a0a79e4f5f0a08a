"""A newsroom that brings pieces through the real verbs, and lets them stand live, corrected, edited."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from coverage.newsroom.models import Picture, User
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import EpisodeReview, Kind, Review, Reviewer
from reviews.verbs import Act
from series.models import Episode, Series
from tests.factories import (
    FRIDAY,
    make_episode,
    make_part,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_user,
    unread,
)
from tests.leaks.pieces import FREE, NOTE, NOWHERE, Part, Piece, word, words

AIRED = FRIDAY - timedelta(days=3)
APPROVED, CORRECTED = FRIDAY - timedelta(hours=2), FRIDAY + timedelta(minutes=5)
# When readers look.
NOW = FRIDAY + timedelta(minutes=10)
STILL = re.compile(r'<figure data-(still|spoiling)="(\w+)"></figure>')


@dataclass(frozen=True)
class Published:
    """A live piece, its number and its address."""

    number: int
    piece: Piece
    path: str


class Newsroom:
    """Two shows of three episodes each, a film, and who writes about them."""

    @cached_property
    def chief(self) -> User:
        return make_user(Role.CHIEF)

    @cached_property
    def critic(self) -> Reviewer:
        return make_reviewer("Leak Critic")

    @cached_property
    def shows(self) -> list[Series]:
        # A key visual that spoils is shown nowhere, so neither are its words.
        hidden = make_picture(word(NOWHERE, 0), caption=word(NOWHERE, 0), spoils=True)
        return [make_series("First show", key_visual=hidden), make_series("Second show")]

    @cached_property
    def film(self) -> Series:
        return make_series("The film", format="film")

    @cached_property
    def episodes(self) -> list[Episode]:
        return [make_episode(show, str(number), airs_at=AIRED) for show in self.shows for number in (1, 2, 3)]

    @cached_property
    def lead(self) -> Picture:
        return make_picture(word(FREE, 0))

    def publish(self, number: int, unworded: Piece) -> Published:
        """Write a piece, have it approved, let it go live, then correct and edit it as it says."""
        piece = unworded.worded(number)
        review = self._write(number, piece)
        act = Act(self.chief, APPROVED)
        with unread():
            review = verbs.approve(review, act, publish_at=FRIDAY)
        if piece.correction:
            review = self._correct(number, piece, review)
        if piece.edited:
            self._edit(number, review)
        return Published(number, piece, review.get_absolute_url())

    def _write(self, number: int, piece: Piece) -> Review:
        review = make_review(
            self._series(piece),
            reviewer=self.critic,
            at=APPROVED,
            kind=Kind(piece.kind),
            slug=f"piece-{number}",
            headline=words(piece.headline, number),
            standfirst=words(piece.standfirst, number),
            introduction=self._pictured(piece.introduction),
            conclusion=self._pictured(piece.conclusion),
            verdict=self._pictured(piece.verdict),
            stars=piece.stars,
            spoiler_level=piece.level,
            spoils_source=piece.spoils_source,
            spoils_through=None if piece.horizon is None else self.episodes[piece.horizon],
            lead_picture=self.lead if piece.has_lead else None,
        )
        if piece.kind == "roundup":
            Review.objects.filter(pk=review.pk).update(series=None)
        for part in self._told(piece):
            self._write_part(review, part)
        return Review.objects.get(pk=review.pk)

    def _series(self, piece: Piece) -> Series:
        if piece.kind == "feature":
            return self.film
        first = piece.parts[0].episode if piece.parts else 0
        return self.episodes[first].series

    def _told(self, piece: Piece) -> list[Part]:
        """A roundup's parts may be of any show, another piece's of its own."""
        own = self._series(piece)
        return [
            part
            for part in piece.parts
            if piece.kind == "roundup" or self.episodes[part.episode].series_id == own.pk
        ]

    def _write_part(self, review: Review, part: Part) -> None:
        episode = self.episodes[part.episode]
        following = self.episodes[(part.episode + 1) % len(self.episodes)]
        last = following if part.is_run and following.series_id == episode.series_id else None
        make_part(
            review,
            episode,
            self.critic,
            last_episode=last if last and last.sort_key > episode.sort_key else None,
            stars=part.stars,
            body=self._pictured(part.body),
            verdict=self._pictured(part.verdict),
        )

    def _pictured(self, text: str) -> str:
        """With a picture for each still that it names, of which nothing is said but its word."""
        return STILL.sub(lambda found: self._still(found[2], spoils=found[1] == "spoiling"), text)

    def _still(self, said: str, *, spoils: bool) -> str:
        # Of the lead's bytes, which are developed already.
        file = self.lead.file.name
        picture = Picture.objects.create(
            file=file, width=8, height=6, alt=said, caption=said, credit=said, spoils=spoils
        )
        return f'<figure data-picture="{picture.pk}"></figure>'

    def _correct(self, number: int, piece: Piece, review: Review) -> Review:
        """Something else stands there now; what stood there is told nowhere."""
        Review.objects.filter(pk=review.pk).update(
            conclusion=f"{self._pictured(piece.conclusion)}<p>{words('PROSE', number)}</p>"
        )
        if piece.correction == "score":
            _change_a_score(review)
        act = Act(self.chief, CORRECTED, note=word(NOTE, number))
        with unread():
            return verbs.correct(review, act, kind=piece.correction)

    def _edit(self, number: int, review: Review) -> None:
        """An editor goes on writing, and doesn't have it approved."""
        unseen = word(NOWHERE, number)
        text = f"<p>{unseen}</p>"
        Review.objects.filter(pk=review.pk).update(
            headline=unseen, standfirst=unseen, introduction=text, conclusion=text
        )
        EpisodeReview.objects.filter(review=review).update(body=text)
        Review.objects.get(pk=review.pk).keep(by=self.chief, at=CORRECTED)


def _change_a_score(review: Review) -> None:
    if Kind(review.kind).has_own_stars:
        Review.objects.filter(pk=review.pk).update(stars="3.0")
    else:
        part = review.parts.earliest("pk")
        EpisodeReview.objects.filter(pk=part.pk).update(stars="3.0")
