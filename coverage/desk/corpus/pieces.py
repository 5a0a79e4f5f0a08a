"""The pieces of a batch, written in bulk, each as the desk and the verbs would have left it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models

from coverage.desk.corpus.cast import Cast
from coverage.desk.corpus.catalogue import Covered
from coverage.desk.corpus.plan import Plan, State
from coverage.desk.corpus.words import Names, Prose, Words, stream
from coverage.desk.demo.times import Calendar
from coverage.newsroom.models import AuditEntry, User
from reviews.models import (
    Byline,
    Edition,
    EditionPart,
    EpisodeReview,
    Kind,
    Release,
    ReleaseText,
    Review,
    Reviewer,
)
from reviews.models.content import PART_PROSE, PROSE, SpoilerLevel
from reviews.stars import HALF_STEPS, rank
from reviews.status import Status
from series.models import Episode

BEGUN, SUBMITTED, APPROVED = timedelta(hours=40), timedelta(hours=22), timedelta(hours=16)
WITHDRAWN = timedelta(hours=5)
INTRODUCTION, CLOSING, VERDICT, STANDFIRST = 80, 25, 40, 24
# Critics rather like what they go on watching.
WEIGHTS = (1, 2, 4, 7, 12, 18, 24, 18, 9, 5)
WHY_WITHDRAWN = "It went out by mistake."


@dataclass
class Rows:
    """What a batch of pieces comes to. Parents stand before what belongs to them."""

    reviews: list[Review] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)
    parts: list[EpisodeReview] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    edition_parts: list[EditionPart] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    moves: list[tuple[Review, dict[str, Any]]] = field(default_factory=list)

    def write(self) -> None:
        Review.objects.bulk_create(map(_as_kept, self.reviews))
        Byline.objects.bulk_create(self.bylines)
        EpisodeReview.objects.bulk_create(map(_as_kept, self.parts))
        Edition.objects.bulk_create(map(_as_kept, self.editions))
        EditionPart.objects.bulk_create(map(_as_kept, self.edition_parts))
        Release.objects.bulk_create(self.releases)
        ReleaseText.objects.keep(release.pk for release in self.releases)
        about = ContentType.objects.get_for_model(Review)
        AuditEntry.objects.bulk_create(
            AuditEntry(subject_type=about, subject_id=review.pk, subject_label=review.headline[:200], **entry)
            for review, entry in self.moves
        )


def _as_kept[M: models.Model](row: M) -> M:
    """`row` with its prose as a value for the database.

    A text would be sanitised on saving, which takes most of a corpus's time; the generator's prose is in
    the form that sanitising leaves, and a test holds that.
    """
    for name in {*PROSE, *PART_PROSE}:
        if text := getattr(row, name, ""):
            setattr(row, name, models.Value(text, output_field=models.TextField()))
    return row


@dataclass
class Moments:
    """When what happened to a piece happened; nothing at the desk happens after `now`."""

    slot: datetime
    now: datetime

    def before(self, lead: timedelta) -> datetime:
        late = max(timedelta(), self.slot - APPROVED - self.now)
        return self.slot - lead - late

    @property
    def withdrawn(self) -> datetime:
        return min(self.slot + WITHDRAWN, self.now)


@dataclass
class Desk:
    """Writes the pieces about a batch of shows."""

    calendar: Calendar
    cast: Cast
    words: Words
    seed: int
    part_words: int
    _names: Names = field(init=False)

    def __post_init__(self) -> None:
        self._names = Names(Review.objects.values_list("slug", flat=True))

    def write(self, batch: Iterable[Covered]) -> None:
        rows = Rows()
        for covered in batch:
            for plan in covered.show.pieces:
                _Piece(self, covered, plan, rows).add()
        rows.write()

    def slug(self, covered: Covered, plan: Plan) -> str:
        about = plan.kind.value
        if plan.kind == Kind.WEEKLY:
            numbers = [covered.episodes[plan.episodes[end]].number.replace(".", "-") for end in (0, -1)]
            about = "episode " + " ".join(dict.fromkeys(numbers))
        return self._names.free(f"{covered.series.slug} {about}")[1]


class _Piece:
    """One piece on its way into the rows."""

    def __init__(self, desk: Desk, covered: Covered, plan: Plan, rows: Rows) -> None:
        self.desk, self.covered, self.plan, self.rows = desk, covered, plan, rows
        self.chance: Random = stream(desk.seed, "piece", plan.serial)
        slot = covered.series.slot(desk.calendar.publication)
        self.moments = Moments(desk.calendar.slot(slot, plan.week), desk.calendar.now)
        self.critics: list[Reviewer] = self.chance.sample(desk.cast.reviewers, plan.critics)
        self.editor: User = self.chance.choice(desk.cast.editors)
        # An editor brings in what a guest has written; another one approves it.
        self.writer: User = self.critics[0].user or next(
            editor for editor in desk.cast.editors if editor != self.editor
        )
        self.spoils = self.chance.choice((SpoilerLevel.MILD, SpoilerLevel.MILD, SpoilerLevel.HEAVY))
        if plan.kind == Kind.PREVIEW or plan.serial % 7 == 4:
            self.spoils = SpoilerLevel.NONE

    @property
    def is_out(self) -> bool:
        """Whether it has been approved, and so rendered and released."""
        return self.plan.state in (State.APPROVED, State.WITHDRAWN)

    def add(self) -> None:
        prose = self._prose()
        content = self._content(prose)
        review = Review(slug=self.desk.slug(self.covered, self.plan), **self._metadata(), **content)
        edition = Edition(
            review=review,
            number=1,
            made_at=review.created_at,
            made_by=self.writer,
            reason="save",
            is_rendered=self.is_out,
            **content,
            **self._rendered(prose),
        )
        self.rows.reviews.append(review)
        self.rows.editions.append(edition)
        self.rows.bylines += [
            Byline(review=review, reviewer=critic, position=place)
            for place, critic in enumerate(self.critics)
        ]
        given = [edition.stars]
        for content, rendered in self._parts():
            self.rows.parts.append(EpisodeReview(review=review, **content))
            self.rows.edition_parts.append(EditionPart(edition=edition, **content, **rendered))
            given.append(content["stars"])
        if self.is_out:
            self.rows.releases.append(self._release(review, edition, given))
        self.rows.moves += [(review, entry) for entry in self._moves()]

    def _metadata(self) -> dict[str, Any]:
        moments, state = self.moments, self.plan.state
        last_touched = {
            State.DRAFT: moments.before(BEGUN),
            State.SUBMITTED: moments.before(SUBMITTED),
            State.DISCARDED: moments.before(SUBMITTED),
            State.APPROVED: moments.before(APPROVED),
            State.WITHDRAWN: moments.withdrawn,
        }
        is_planned = self.is_out or self.plan.week >= 0
        return {
            "kind": self.plan.kind,
            "series": self.covered.series,
            "status": Status[state.name],
            "planned_at": moments.slot if is_planned else None,
            "version": UUID(int=self.chance.getrandbits(128), version=4),
            "created_by": self.writer,
            "created_at": moments.before(BEGUN),
            "updated_at": last_touched[state],
        }

    def _prose(self) -> dict[str, Prose]:
        """A preview and a verdict on the whole are one long text; else the parts hold most of it."""
        words, is_whole = self.desk.words, self.plan.kind != Kind.WEEKLY
        long = self.desk.part_words if is_whole else INTRODUCTION
        return {
            "introduction": words.prose(self.chance, long, spoils=is_whole and self._hides_words()),
            "conclusion": words.prose(self.chance, CLOSING),
            "verdict": words.prose(self.chance, VERDICT) if self.plan.kind.has_own_stars else Prose(),
        }

    def _hides_words(self) -> bool:
        return self.spoils != SpoilerLevel.NONE

    def _rendered(self, prose: dict[str, Prose]) -> dict[str, str]:
        if not self.is_out:
            return {}
        return {f"{name}_rendered": text.rendered for name, text in prose.items()}

    def _content(self, prose: dict[str, Prose]) -> dict[str, Any]:
        words, plan, episodes = self.desk.words, self.plan, self.covered.episodes
        through = episodes[plan.episodes[-1]] if plan.episodes and self._hides_words() else None
        pictures = self.desk.cast.pictures
        return {
            "headline": words.headline(self.chance),
            "standfirst": words.sentences(self.chance, STANDFIRST),
            "stars": self._stars() if plan.kind.has_own_stars else None,
            "spoiler_level": self.spoils,
            "spoils_through": through,
            "spoils_source": plan.serial % 29 == 3,
            "lead_picture": pictures[plan.serial % len(pictures)] if plan.serial % 5 == 0 else None,
        } | {name: text.stored for name, text in prose.items()}

    def _stars(self) -> Decimal | None:
        if not self.plan.is_rated:
            return None
        return self.chance.choices(HALF_STEPS, weights=WEIGHTS)[0]

    def _parts(self) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
        """The fields of each part, and what an edition has rendered besides."""
        position = 0
        for episode, last in self._spans():
            for critic in self.critics:
                prose = {
                    "body": self.desk.words.prose(
                        self.chance, self.desk.part_words, spoils=self._hides_words()
                    ),
                    "verdict": self.desk.words.prose(self.chance, VERDICT),
                }
                content = {
                    "episode": episode,
                    "last_episode": last,
                    "reviewer": critic,
                    "stars": self._stars(),
                    "position": position,
                } | {name: text.stored for name, text in prose.items()}
                yield content, self._rendered(prose)
                position += 1

    def _spans(self) -> list[tuple[Episode, Episode | None]]:
        if self.plan.kind != Kind.WEEKLY:
            return []
        taken = [self.covered.episodes[place] for place in self.plan.episodes]
        return [(taken[0], taken[-1])] if self.plan.run else [(episode, None) for episode in taken]

    def _release(self, review: Review, edition: Edition, given: list[Decimal | None]) -> Release:
        is_withdrawn = self.plan.state == State.WITHDRAWN
        return Release(
            review=review,
            edition=edition,
            stars_rank=rank(given),
            publish_at=self.moments.slot,
            first_live_at=self.moments.slot if is_withdrawn else None,
            withdrawn_at=self.moments.withdrawn if is_withdrawn else None,
            approved_by=self.editor,
            approved_at=self.moments.before(APPROVED),
        )

    def _moves(self) -> Iterator[dict[str, Any]]:
        """The audit trail that the verbs leave."""
        state = self.plan.state
        if state == State.DISCARDED:
            yield self._move("discard", self.writer, SUBMITTED, State.DRAFT, State.DISCARDED)
        if state in (State.DRAFT, State.DISCARDED):
            return
        yield self._move("submit", self.writer, SUBMITTED, State.DRAFT, State.SUBMITTED)
        if self.is_out:
            approved = self._move("approve", self.editor, APPROVED, State.SUBMITTED, State.APPROVED)
            approved["detail"] |= {"publish_at": self.moments.slot.isoformat(), "edition": 1}
            yield approved
        if state == State.WITHDRAWN:
            entry = self._move("withdraw", self.editor, APPROVED, State.APPROVED, State.WITHDRAWN)
            yield entry | {"at": self.moments.withdrawn, "note": WHY_WITHDRAWN}

    def _move(self, verb: str, by: User, lead: timedelta, before: State, after: State) -> dict[str, Any]:
        moved = {"from": before.value, "to": after.value}
        return {"verb": verb, "actor": by, "at": self.moments.before(lead), "note": "", "detail": moved}
