"""The letters about a piece. Each looks again whether it is still so."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.walltime import in_words
from reviews.announcing import letters
from reviews.announcing.faults import readiness_of
from reviews.announcing.kinds import Kind
from reviews.announcing.lateness import OPEN, due_at, round_of
from reviews.announcing.letters import Letter, NothingToSay, Occasion, Passage
from reviews.announcing.subjects import about, pk_of
from reviews.models import Note, Review
from reviews.status import Status
from reviews.verbs import due


def submitted(occasion: Occasion) -> Letter:
    review, entry = _still(occasion, Status.SUBMITTED)
    publish_at = due(review, occasion.at)
    return Letter(
        subject=_("Submitted: %(about)s") % {"about": about(review)},
        opening=_("A piece waits for an editor."),
        title=str(review),
        facts=[*_by(entry, _("Handed in by")), (_("Due"), _words(publish_at, occasion))],
        quote=entry.note,
        passages=_lacking(readiness_of(review, publish_at).faults),
        action=_("Open it"),
        path=_path(review),
    )


def returned(occasion: Occasion) -> Letter:
    review, entry = _still(occasion, Status.DRAFT)
    return Letter(
        subject=_("Returned: %(about)s") % {"about": about(review)},
        opening=_("A piece of yours came back with a note."),
        title=str(review),
        facts=_by(entry, _("Returned by")),
        quote=entry.note,
        passages=_open_notes(review),
        action=_("Open it"),
        path=_path(review),
    )


def approved(occasion: Occasion) -> Letter:
    review, entry = _still(occasion, Status.APPROVED)
    live_at = review.release.publish_at
    goes = _("Live since") if live_at <= occasion.at else _("Goes live")
    return Letter(
        subject=_("Approved: %(about)s") % {"about": about(review)},
        opening=_("A piece of yours is approved."),
        title=str(review),
        facts=[*_by(entry, _("Approved by")), (goes, _words(live_at, occasion))],
        action=_("Open it"),
        path=_path(review),
    )


def late(occasion: Occasion) -> Letter:
    review, was_due = _open_and_due(occasion)
    return Letter(
        subject=_("Late: %(about)s") % {"about": about(review)},
        opening=_("The slot of a piece has passed without it."),
        title=str(review),
        facts=[
            (_("Was due"), _words(was_due, occasion)),
            (_("It is"), str(review.get_status_display())),
            (_("By"), _names(review)),
        ],
        action=_("Open it"),
        path=_path(review),
    )


def checks(occasion: Occasion) -> Letter:
    review = _review(occasion)
    if review.status not in OPEN:
        raise NothingToSay("it has been decided meanwhile")
    publish_at = max(due_at(review, occasion.publication), occasion.at)
    faults = readiness_of(review, publish_at).faults
    if not faults:
        raise NothingToSay("it passes its checks")
    return Letter(
        subject=_("Fails its checks: %(about)s") % {"about": about(review)},
        opening=_("As it stands, a piece can't be approved."),
        title=str(review),
        facts=[(_("Due"), _words(publish_at, occasion)), (_("By"), _names(review))],
        passages=_lacking(faults),
        action=_("Open it"),
        path=_path(review),
    )


LETTERS = {
    Kind.SUBMITTED: submitted,
    Kind.RETURNED: returned,
    Kind.APPROVED: approved,
    Kind.LATE: late,
    Kind.CHECKS: checks,
}


def register() -> None:
    """Called when the app is ready."""
    for kind, writer in LETTERS.items():
        letters.register(kind, "review", writer)


def _review(occasion: Occasion) -> Review:
    pk = pk_of(occasion.row.subject)
    review = Review.objects.select_related("series", "release").filter(pk=pk or 0).first()
    if review is None:
        raise NothingToSay("it isn't there any more")
    if not (review.is_own(occasion.reader) or occasion.reader.has_perm("reviews.edit_any_review")):
        raise NothingToSay("it isn't theirs any more")
    return review


def _open_notes(review: Review) -> list[Passage]:
    waiting = [note.words for note in Note.objects.open_on(review)]
    return [Passage(_("Notes on it"), waiting)] if waiting else []


def _still(occasion: Occasion, status: Status) -> tuple[Review, AuditEntry]:
    """The piece, and what was done to it: the last thing of this kind, and so that it still stands."""
    review = _review(occasion)
    entry = review.audit_trail().filter(pk=occasion.row.round).first()
    if review.status != status or entry is None:
        raise NothingToSay("it has gone on meanwhile")
    if review.audit_trail().filter(pk__gt=entry.pk, verb=entry.verb).exists():
        raise NothingToSay("it was done again since")
    return review, entry


def _open_and_due(occasion: Occasion) -> tuple[Review, datetime]:
    review = _review(occasion)
    was_due = due_at(review, occasion.publication)
    if review.status not in OPEN or round_of(was_due) != occasion.row.round:
        raise NothingToSay("it isn't late any more")
    return review, was_due


def _by(entry: AuditEntry, label: str) -> list[tuple[str, str]]:
    return [(label, str(entry.actor))] if entry.actor else []


def _names(review: Review) -> str:
    return ", ".join(str(byline) for byline in review.bylines.select_related("reviewer")) or _("nobody yet")


def _words(instant: datetime, occasion: Occasion) -> str:
    return in_words(instant, occasion.publication.zone, occasion.at)


def _path(review: Review) -> str:
    return reverse("admin:reviews_review_change", args=[review.pk])


def _lacking(faults: Sequence[str]) -> list[Passage]:
    return [Passage(_("What stands in the way of approving it"), faults)] if faults else []
