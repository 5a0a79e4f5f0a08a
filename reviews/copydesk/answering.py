"""Answering the copy desk: letting a finding pass, ignoring it for good, teaching its words to a series.

Each raises PermissionDenied for who may not, and `VerbRefused` with a sentence for what can't be answered so.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from coverage.newsroom.models import AuditEntry, User
from reviews import rules
from reviews.copydesk import answers
from reviews.copydesk.answers import Remark
from reviews.copydesk.findings import Kind
from reviews.models import IgnoredFinding, Override, Review
from reviews.rules import VerbRefused
from reviews.verbs import Act
from series.models import VocabularyEntry

# Who may do this to a piece lets findings pass in it.
OVERRIDES = "approve"
_LONGEST = 200


def may_override(review: Review, user: User) -> bool:
    """Whoever may approve the piece, and so not its own writer unless that is a chief."""
    return rules.may(OVERRIDES, review, user)


def may_ignore(remark: Remark, review: Review, user: User) -> bool:
    """A writer what doesn't stop approval; an editor also names that do."""
    if not (remark.can_be_ignored and rules.may_edit(review, user)):
        return False
    return not remark.finding.blocking or user.has_perm("reviews.approve_review")


def may_teach(remark: Remark, review: Review, user: User) -> bool:
    """Editors, from the margin; on the series' own form it is for chiefs."""
    known_by = review.series_id is not None and remark.can_be_learnt
    return known_by and rules.may_edit(review, user) and user.has_perm("reviews.approve_review")


@transaction.atomic
def override(review: Review, mark: str, act: Act) -> Override:
    """Let a finding of the saved working copy pass while it stays as it is; the act's note is the reason."""
    locked = Review.claim(review.pk, act.version)
    if not may_override(locked, act.by):
        raise PermissionDenied
    rules.demand_note(act.note, _("Say why it may stand: the reason is kept."))
    rules.refuse_nulls(act.note)
    remark = answers.remark_of(locked, mark)
    if remark is None:
        raise VerbRefused(_("The text doesn't say this any more."))
    if not remark.can_be_overridden:
        raise VerbRefused(_("This doesn't stop approval, or the piece can't go out without it."))
    found = remark.finding.found[:_LONGEST]
    AuditEntry.objects.record("override", locked, by=act.by, at=act.at, note=act.note, found=found)
    return Override.objects.create(
        review=locked,
        mark=mark,
        kind=remark.finding.kind.value,
        found=found,
        times=remark.times,
        reason=act.note,
        made_at=act.at,
        made_by=act.by,
    )


@transaction.atomic
def ignore(review: Review, remark: Remark, act: Act) -> IgnoredFinding:
    """Never show it again in the pieces about this series."""
    if not may_ignore(remark, review, act.by):
        raise PermissionDenied
    finding = remark.finding
    rules.refuse_nulls(finding.found)
    row, is_new = IgnoredFinding.objects.standing().get_or_create(
        series=review.series,
        kind=finding.kind.value,
        key=answers.key_of(finding.found),
        undone_at=None,
        defaults={"found": finding.found[:_LONGEST], "ignored_at": act.at, "ignored_by": act.by},
    )
    if is_new:
        AuditEntry.objects.record("ignore", review, by=act.by, at=act.at, found=row.found)
    return row


def may_show_again(row: IgnoredFinding, user: User) -> bool:
    """Editors take back anybody's answer, a writer their own."""
    return user.has_perm("reviews.edit_any_review") or row.ignored_by_id == user.pk


@transaction.atomic
def show_again(row: IgnoredFinding, by: User, at: datetime) -> None:
    """Take back that it is ignored."""
    if not may_show_again(row, by):
        raise PermissionDenied
    if IgnoredFinding.objects.standing().filter(pk=row.pk).update(undone_at=at, undone_by=by):
        AuditEntry.objects.record("show_again", row.series or row, by=by, at=at, found=row.found)


@transaction.atomic
def teach(review: Review, remark: Remark, act: Act) -> VocabularyEntry:
    """The words are right: they join the series' vocabulary."""
    if not may_teach(remark, review, act.by) or review.series is None:
        raise PermissionDenied
    finding = remark.finding
    rules.refuse_nulls(finding.found)
    kinds = VocabularyEntry.Kind
    entry, is_new = VocabularyEntry.objects.get_or_create(
        series=review.series,
        form=finding.found[:120],
        defaults={"kind": kinds.CHARACTER if finding.kind is Kind.NAME else kinds.TERM},
    )
    if is_new:
        AuditEntry.objects.record("teach", review.series, by=act.by, at=act.at, found=entry.form)
    return entry
