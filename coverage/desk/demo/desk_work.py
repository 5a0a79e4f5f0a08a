"""What happened to each piece: written, submitted, approved and the rest, by people at past instants."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from coverage.desk.demo.keeping import kept
from coverage.desk.demo.manuscripts import Manuscript, Part, with_stills
from coverage.desk.demo.pictures import Gallery
from coverage.desk.demo.staff import Staff
from coverage.desk.demo.times import Calendar
from coverage.newsroom.models import User
from reviews import verbs
from reviews.models import Byline, Correction, EpisodeReview, Kind, Review
from reviews.noting.keeping import resolve_note, write_note
from reviews.noting.places import texts_of
from reviews.verbs import Act
from series.models import Episode, Series

BEGUN, SUBMITTED, APPROVED = timedelta(hours=40), timedelta(hours=22), timedelta(hours=16)
PROSE = ("headline", "introduction", "conclusion", "verdict")
PART_PROSE = ("body", "verdict")


@dataclass
class DeskWork:
    """Takes manuscripts through the desk, each to the state that it names."""

    calendar: Calendar
    staff: Staff
    gallery: Gallery

    def take_all(self, pile: list[Manuscript]) -> None:
        """In the order in which they were due; of one slot's, the longest last, so that it leads."""
        for manuscript in sorted(pile, key=lambda each: (self._slot(each), each.length)):
            self.take(manuscript)

    def take(self, manuscript: Manuscript) -> Review:
        slot = self._slot(manuscript)
        # Nothing at the desk happens in the future: what is due late was done early.
        late = max(timedelta(), slot - APPROVED - self.calendar.now)
        begun, submitted, approved = (slot - before - late for before in (BEGUN, SUBMITTED, APPROVED))
        writer = self.staff.writer_of(self.staff.reviewers[manuscript.facts["by"][0]])
        review = self._write(manuscript, writer, begun)
        editor = self.staff.approver_of(review)
        state = manuscript.facts.get("state", "live")
        if state == "draft":
            return review
        review = verbs.submit(review, Act(writer, submitted))
        self._note(review, manuscript.facts.get("notes", []), submitted)
        if state == "submitted":
            return review
        if state == "returned":
            return verbs.return_with_note(review, Act(editor, approved, note=manuscript.facts["note"]))
        review = verbs.approve(review, Act(editor, approved), publish_at=slot)
        for change in manuscript.facts.get("changes", []):
            review = self._change(review, change, editor, slot)
        if state == "withdrawn":
            act = Act(editor, slot + timedelta(hours=5), note=manuscript.facts["note"])
            review = verbs.withdraw(review, act)
        return review

    def _note(self, review: Review, notes: list[dict[str, Any]], submitted: datetime) -> None:
        """What editors remark, some hours after it was submitted; `on` is how a paragraph begins."""
        places = [place for text in texts_of(review) for place in text.places()] if notes else []
        for note in notes:
            by = self.staff.users[note["by"]]
            at = min(submitted + timedelta(hours=note["hours"]), self.calendar.now)
            starts = note.get("on")
            on = next((place.key for place in places if starts and place.beginning.startswith(starts)), "")
            written = write_note(review, note["words"], by=by, at=at, place=on)
            if note.get("resolved"):
                resolve_note(written, by=by, at=at)

    def _slot(self, manuscript: Manuscript) -> datetime:
        if "day" in manuscript.facts:
            return self.calendar.slot_on(manuscript.facts["day"])
        publication = self.calendar.publication
        slug = manuscript.facts.get("series")
        slot = Series.objects.get(slug=slug).slot(publication) if slug else publication.slot
        return self.calendar.slot(slot, manuscript.facts["week"])

    def _write(self, manuscript: Manuscript, writer: User, at: datetime) -> Review:
        facts = manuscript.facts
        stars: Any = Decimal(str(facts["stars"])) if "stars" in facts else None
        series = Series.objects.get(slug=facts["series"]) if "series" in facts else None
        review = Review(
            kind=Kind(facts.get("kind", "weekly")),
            series=series,
            slug=manuscript.slug,
            headline=facts["headline"],
            standfirst=facts["standfirst"],
            introduction=with_stills(manuscript.introduction, self.gallery.picture),
            conclusion=manuscript.conclusion,
            verdict=manuscript.verdict,
            stars=stars,
            spoiler_level=facts["spoilers"],
            spoils_through=_episode(facts["series"], facts["through"]) if "through" in facts else None,
            spoils_source=facts.get("spoils_source", False),
            lead_picture=self.gallery.picture(facts["picture"]) if "picture" in facts else None,
            planned_at=self._slot(manuscript) if facts.get("planned") else None,
            created_by=writer,
            created_at=at,
            updated_at=at,
        )
        with transaction.atomic():
            kept(review)
            for position, slug in enumerate(facts["by"]):
                kept(Byline(review=review, reviewer=self.staff.reviewers[slug], position=position))
            for position, part in enumerate(manuscript.parts):
                self._write_part(review, part, position)
            review.keep(by=writer, at=at, reason="save")
        return Review.objects.get(pk=review.pk)

    def _write_part(self, review: Review, part: Part, position: int) -> None:
        stars: Any = part.stars
        row = EpisodeReview(
            review=review,
            episode=_episode(part.series, part.number),
            last_episode=_episode(part.series, part.last) if part.last else None,
            reviewer=self.staff.reviewers[part.reviewer],
            stars=stars,
            body=with_stills(part.body, self.gallery.picture),
            verdict=part.verdict,
            position=position,
        )
        kept(row)

    def _change(self, review: Review, change: dict[str, Any], editor: User, slot: datetime) -> Review:
        """Edit a live piece and, unless the edit is still waiting for approval, correct it."""
        at = min(slot + timedelta(hours=change["hours"]), self.calendar.now)
        with transaction.atomic():
            claimed = Review.claim(review.pk, review.version)
            if "was" in change:
                _replace(claimed, PROSE, change)
            for part in claimed.parts.all():
                if "was" in change:
                    _replace(part, PART_PROSE, change)
                if part.episode.number == change.get("part"):
                    part.stars = Decimal(str(change["stars"]))
                kept(part)
            kept(claimed)
            claimed.keep(by=editor, at=at, reason="save")
        changed = Review.objects.get(pk=review.pk)
        if change["kind"] == "unapproved":
            return changed
        kind = Correction.Kind(change["kind"])
        return verbs.correct(changed, Act(editor, at, note=change.get("note", "")), kind=kind)


def _episode(series: str, number: str) -> Episode:
    return Episode.objects.get(series__slug=series, number=number)


def _replace(row: Review | EpisodeReview, names: tuple[str, ...], change: dict[str, Any]) -> None:
    for name in names:
        setattr(row, name, getattr(row, name).replace(change["was"], change["now"]))
