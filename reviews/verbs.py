"""What can be done to a piece. The only way in which a status or a release ever changes.

Each verb locks the row, checks who asks and how the piece stands, moves it and writes an audit
entry, all in one transaction. It returns the review as it is afterwards. It raises `VerbRefused`
with a sentence for the editor, `StaleVersion`, or PermissionDenied.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import update_wrapper
from typing import Any, Concatenate
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from coverage.newsroom.models import AuditEntry, Publication, User
from reviews import rules
from reviews.announcing.telling import tell
from reviews.fixing import Fix, put_right
from reviews.history.restoring import bring_back
from reviews.models import Correction, Edition, Note, Release, ReleaseText, Review
from reviews.models.releases import rank_by_stars
from reviews.rules import VerbRefused, release_of
from reviews.status import Status

Detail = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """Who does something, at which instant (UTC), having read which version (None: none), and why."""

    by: User
    at: datetime
    version: UUID | None = None
    note: str = ""


type Move[**P] = Callable[Concatenate[Review, Act, P], Detail]
type Verb[**P] = Callable[Concatenate[Review, Act, P], Review]

VERBS: dict[str, Callable[..., Review]] = {}


def verb[**P](move: Move[P]) -> Verb[P]:
    """Make a verb of a move on a locked row; what the move returns goes into the audit entry."""
    name = move.__name__

    def run(review: Review, act: Act, /, *args: P.args, **kwargs: P.kwargs) -> Review:
        with transaction.atomic():
            locked = Review.claim(review.pk, act.version)
            if not rules.may(name, locked, act.by):
                raise PermissionDenied
            rules.refuse_unless_ready(name, locked, act.at)
            rules.refuse_nulls(act.note, *(text for text in kwargs.values() if isinstance(text, str)))
            before = locked.status
            detail = move(locked, act, *args, **kwargs)
            locked.save(update_fields=["status", "planned_at"])
            locked.keep(by=act.by, at=act.at, reason=name)
            moved = {"from": before, "to": locked.status} if before != locked.status else {}
            entry = AuditEntry.objects.record(
                name, locked, by=act.by, at=act.at, note=act.note, **moved, **detail
            )
            tell(entry, locked)
        return Review.objects.get(pk=locked.pk)

    update_wrapper(run, move)
    VERBS[name] = run
    return run


@verb
def submit(review: Review, act: Act) -> Detail:
    """Hand a draft to the editors."""
    review.status = Status.SUBMITTED
    return {}


@verb
def return_with_note(review: Review, act: Act) -> Detail:
    """Give it back to its writer, saying why, here or in the notes on it."""
    waiting = Note.objects.open_on(review).count()
    if not waiting:
        rules.demand_note(act.note, _("Say what is to be done before you return it."))
    review.status = Status.DRAFT
    return {"notes": waiting} if waiting else {}


@verb
def approve(review: Review, act: Act, publish_at: datetime | None = None, exception: str = "") -> Detail:
    """Freeze the content and release it: from `publish_at`, or when it is due.

    A piece that is approved already keeps its instant and gets the new edition; if it is live,
    readers get that at once. `exception` is a chief's reason for setting a rule aside.
    """
    rules.refuse_if_incomplete(review)
    release = release_of(review)
    rules.refuse_if_held(review, release)
    edition = Edition.objects.keep(review, by=act.by, at=act.at, reason="approve")
    if release and release.edition_id == edition.pk:
        raise VerbRefused(_("Nothing has changed since it was approved."))
    if release and release.was_live_by(act.at):
        rules.refuse_if_scores_differ(release.edition, edition)
    publish_at = release.publish_at if release else max(publish_at or due(review, act.at), act.at)
    rules.refuse_if_too_early(edition, max(publish_at, act.at), act.by, exception, granted=release)
    edition.render()
    release, _new = Release.objects.update_or_create(
        review=review,
        defaults={
            "edition": edition,
            "stars_rank": rank_by_stars(edition),
            "publish_at": publish_at,
            "approved_by": act.by,
            "approved_at": act.at,
            "exception_reason": exception or (release.exception_reason if release else ""),
        },
    )
    ReleaseText.objects.keep([release.pk])
    review.status, review.planned_at = Status.APPROVED, publish_at
    return _instant(publish_at, exception) | {"edition": edition.number}


@verb
def reschedule(review: Review, act: Act, publish_at: datetime, exception: str = "") -> Detail:
    """Let a piece that isn't live yet go live at another instant; a new round begins."""
    release = _release(review)
    if publish_at < act.at:
        raise VerbRefused(_("That instant has passed; choose one to come."))
    rules.refuse_if_too_early(release.edition, publish_at, act.by, exception)
    was, release.publish_at = release.publish_at, publish_at
    release.exception_reason = exception
    release.round += 1
    release.save(update_fields=["publish_at", "exception_reason", "round"])
    review.planned_at = publish_at
    return _instant(publish_at, exception) | {"was": was.isoformat()}


@verb
def withdraw(review: Review, act: Act) -> Detail:
    """Take it back. Before it went live it is a draft again, and was never there."""
    release = _release(review)
    if not release.was_live_by(act.at):
        release.delete()
        review.status = Status.DRAFT
        return {}
    rules.demand_note(act.note, _("Readers had this piece. Say why it is withdrawn."))
    release.first_live_at = release.first_live_at or release.publish_at
    release.withdrawn_at = act.at
    release.save(update_fields=["first_live_at", "withdrawn_at"])
    review.status = Status.WITHDRAWN
    return {}


@verb
def reinstate(review: Review, act: Act, publish_at: datetime | None = None, exception: str = "") -> Detail:
    """Give a withdrawn piece back to readers: under its old date at once, or from `publish_at`.

    They get the edition that they had; a new round begins.
    """
    release = _release(review)
    if publish_at is not None:
        if publish_at < act.at:
            raise VerbRefused(_("That instant has passed; choose one to come."))
        release.publish_at = publish_at
    rules.refuse_if_too_early(release.edition, max(release.publish_at, act.at), act.by, exception)
    release.withdrawn_at = None
    release.exception_reason = exception
    release.round += 1
    release.save(update_fields=["withdrawn_at", "publish_at", "exception_reason", "round"])
    review.status, review.planned_at = Status.APPROVED, release.publish_at
    return _instant(release.publish_at, exception)


@verb
def correct(
    review: Review, act: Act, kind: Correction.Kind, exception: str = "", fix: Fix | None = None
) -> Detail:
    """Put right what is live, and tell the readers: `act.note` is theirs. A typo needs no note.

    They get what the working copy says; or, of a `fix`, what they had with the fix in it, and what else
    waits in the working copy goes on waiting. A score's correction tells them the old score too.
    """
    if kind != Correction.Kind.TYPO:
        rules.demand_note(act.note, _("Tell the readers what was wrong and what is right."))
    release = _release(review)
    kept: list[str] = []
    if fix is None:
        edition = Edition.objects.keep(review, by=act.by, at=act.at, reason="correct")
    else:
        edition, kept = put_right(review, release.edition, fix, by=act.by, at=act.at)
    rules.refuse_if_incomplete(review, edition)
    if release.edition.says_what(edition):
        raise VerbRefused(_("Nothing has changed since it was approved: there is nothing to correct."))
    rules.refuse_if_held(review, release, edition)
    rules.refuse_if_too_early(edition, act.at, act.by, exception, granted=release)
    note = _note_to_readers(kind, act.note.strip(), release.edition, edition)
    edition.render()
    release.edition, release.stars_rank = edition, rank_by_stars(edition)
    release.exception_reason = exception or release.exception_reason
    release.save(update_fields=["edition", "stars_rank", "exception_reason"])
    ReleaseText.objects.keep([release.pk])
    correction = Correction(
        review=review, edition=edition, kind=kind, note=note, made_at=act.at, made_by=act.by
    )
    correction.full_clean()
    correction.save()
    return {"kind": str(kind), "edition": edition.number} | ({"kept": kept} if kept else {})


@verb
def discard(review: Review, act: Act) -> Detail:
    """Put a piece that readers never had out of sight. It can be recovered."""
    review.status = Status.DISCARDED
    return {}


@verb
def recover(review: Review, act: Act) -> Detail:
    """Bring a discarded piece back as a draft."""
    review.status = Status.DRAFT
    return {}


@verb
def restore(review: Review, act: Act, number: int) -> Detail:
    """Bring the content of edition `number` back into the working copy; status and date stay.

    What stood there is an edition too, so the step can be undone by another one.
    """
    replaced = Edition.objects.keep(review, by=act.by, at=act.at)
    edition = Edition.objects.filter(review=review, number=number).first()
    if edition is None:
        raise VerbRefused(_("It has no edition with this number."))
    if edition.says_what(replaced):
        raise VerbRefused(_("It says what this edition says already: there is nothing to restore."))
    left_out = bring_back(review, edition)
    return {"edition": number, "replaced": replaced.number} | ({"left_out": left_out} if left_out else {})


def due(review: Review, at: datetime, publication: Publication | None = None) -> datetime:
    """When approving at `at` would let it go live, UTC: as planned, or else the series' next slot.

    A plan that has passed means at once.
    """
    if review.planned_at:
        return max(review.planned_at, at)
    return review.next_slot(publication or Publication.objects.current(at), at)


def _note_to_readers(kind: str, note: str, live: Edition, new: Edition) -> str:
    if kind != Correction.Kind.SCORE:
        rules.refuse_if_scores_differ(live, new)
        return note
    changes = rules.changed_scores(live, new)
    if not changes:
        raise VerbRefused(_("No score has changed: correct it as a typo or as a fact."))
    return f"{note} ({'; '.join(changes)})"


def _release(review: Review) -> Release:
    return Release.objects.select_related("edition").get(review=review)


def _instant(publish_at: datetime, exception: str) -> Detail:
    return {"publish_at": publish_at.isoformat()} | ({"exception": exception} if exception else {})
