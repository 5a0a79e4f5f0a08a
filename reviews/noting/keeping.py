"""Writing a note, resolving it, opening it again: each with its entry in the audit trail."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coverage.newsroom.models import AuditEntry, User
from reviews import rules
from reviews.models import Note, Review
from reviews.noting.places import Place, texts_of


def may_note(review: Review, user: User) -> bool:
    """Whether `user` sees this piece's notes, writes and resolves them: editors any, writers their own."""
    return user.has_perm("reviews.change_review") and rules.may_read_history(review, user)


def write_note(review: Review, words: str, *, by: User, at: datetime, place: str = "") -> Note:
    """A note on the paragraph that `place` names (`Place.key`), or on the whole piece.

    Raises PermissionDenied, or ValidationError where nothing is said or the paragraph isn't there any more.
    """
    _refuse_unless_theirs(review, by)
    note = Note(review=review, words=words.strip(), made_by=by, made_at=at)
    if place:
        _anchor(note, place)
    note.full_clean()
    with transaction.atomic():
        note.save()
        AuditEntry.objects.record("note", review, by=by, at=at, note=note.words, on=note.quote)
    return note


def resolve_note(note: Note, *, by: User, at: datetime) -> bool:
    """It is done; False if somebody else was quicker. Raises PermissionDenied."""
    _refuse_unless_theirs(note.review, by)
    with transaction.atomic():
        changed = Note.objects.filter(pk=note.pk, resolved_at=None).update(resolved_at=at, resolved_by=by)
        return _told("resolve_note", note, changed, by=by, at=at)


def reopen_note(note: Note, *, by: User, at: datetime) -> bool:
    """It isn't done after all; False if it is open already. Raises PermissionDenied."""
    _refuse_unless_theirs(note.review, by)
    with transaction.atomic():
        resolved = Note.objects.filter(pk=note.pk, resolved_at__isnull=False)
        return _told("reopen_note", note, resolved.update(resolved_at=None, resolved_by=None), by=by, at=at)


def _told(verb: str, note: Note, changed: int, *, by: User, at: datetime) -> bool:
    if changed:
        AuditEntry.objects.record(verb, note.review, by=by, at=at, note=note.words, on=note.quote)
    return bool(changed)


def _refuse_unless_theirs(review: Review, user: User) -> None:
    if not may_note(review, user):
        raise PermissionDenied


def _anchor(note: Note, key: str) -> None:
    place = _place_called(note.review, key)
    if place is None:
        raise ValidationError(_("That paragraph isn't there any more. Choose where your note belongs now."))
    note.text_name, note.paragraph, note.quote = place.text.name, place.number, place.beginning


def _place_called(review: Review, key: str) -> Place | None:
    return next((place for text in texts_of(review) for place in text.places() if place.key == key), None)
