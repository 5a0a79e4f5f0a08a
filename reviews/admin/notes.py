"""Notes on a piece at the desk: beside the form, and on a page of their own."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.admin.labels import PLAIN_WORDS
from coverage.newsroom.keys import as_key
from reviews.admin.addresses import piece_at, piece_url
from reviews.models import Note, Review
from reviews.models.notes import MOST_CHARACTERS
from reviews.noting.keeping import may_note, reopen_note, resolve_note, write_note
from reviews.noting.places import Placed, Text, placed, texts_of

_MOVES = {
    "resolve": (resolve_note, gettext_lazy("The note is resolved.")),
    "reopen": (reopen_note, gettext_lazy("The note is open again.")),
}


@dataclass(frozen=True)
class Notes:
    """A piece's notes as they stand in its texts now."""

    open: list[Placed]
    resolved: list[Placed]
    texts: list[Text]

    @classmethod
    def on(cls, review: Review) -> "Notes":
        texts = texts_of(review)
        notes = list(Note.objects.filter(review=review).select_related("made_by", "resolved_by"))
        waiting = [note for note in notes if note.resolved_at is None]
        done = [note for note in notes if note.resolved_at is not None]
        return cls(placed(waiting, texts), placed(done, texts), texts)


class NoteForm(forms.Form):
    """`place` is a `Place.key`, or empty for the whole piece."""

    place = forms.CharField(required=False, max_length=80)
    words = forms.CharField(max_length=MOST_CHARACTERS, error_messages=PLAIN_WORDS)


def urls(model_admin: Any) -> list[URLPattern]:
    return [piece_url(model_admin, "<int:object_id>/notes/", notes_view, "notes")]


def notes_for(request: HttpRequest, review: Review) -> Notes | None:
    """What who asks may see of them."""
    return Notes.on(review) if may_note(review, editor_of(request)) else None


def notes_view(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """All notes on a piece. A POST writes one, or resolves or reopens the one that it names."""
    review = piece_at(model_admin, request, object_id)
    if not may_note(review, editor_of(request)):
        raise PermissionDenied
    form = NoteForm(_written(request), prefix="note")
    if request.method == "POST" and _done(request, review, form):
        return redirect("admin:reviews_review_notes", review.pk)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Notes"),
        "subtitle": str(review),
        "opts": model_admin.opts,
        "original": review,
        "notes": Notes.on(review),
        "note_form": form,
        "by_itself": True,
    }
    return TemplateResponse(request, "desk/notes_page.html", context)


def _written(request: HttpRequest) -> Any:
    return request.POST if "write" in request.POST else None


def _done(request: HttpRequest, review: Review, form: NoteForm) -> bool:
    if form.is_bound:
        return form.is_valid() and _wrote(request, review, form)
    for name, (move, words) in _MOVES.items():
        if name in request.POST:
            note = _named(review, request.POST[name])
            move(note, by=editor_of(request), at=now_of(request))
            messages.success(request, str(words))
            return True
    return False


def _wrote(request: HttpRequest, review: Review, form: NoteForm) -> bool:
    given = form.cleaned_data
    try:
        write_note(review, given["words"], by=editor_of(request), at=now_of(request), place=given["place"])
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    messages.success(request, _("The note is kept."))
    return True


def _named(review: Review, key: str) -> Note:
    return get_object_or_404(Note.objects.select_related("review"), review=review, pk=as_key(key))
