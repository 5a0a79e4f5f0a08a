"""What was typed into a form and not saved: kept beside the piece, offered when it is opened again."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.keys import as_key
from reviews import rules
from reviews.admin.forms import TAKEN_UP
from reviews.models import Buffer, BufferRefused, Review
from reviews.models.buffers import Fields, Form

SITTING = "sitting"
# The note's button that opens a form with what was kept of it.
TAKE = "_take"
GONE = gettext_lazy("That text isn't there any more: it was saved, taken up or dropped elsewhere.")
_MOST_FIELDS = 5_000
# They press, prove or mark something; they aren't what was typed.
_NEVER_KEPT = ("csrfmiddlewaretoken", TAKE, TAKEN_UP, "_verb", "_continue", "_close")


def urls(model_admin: Any) -> list[URLPattern]:
    def at(route: str, view: Any, name: str) -> URLPattern:
        guarded = model_admin.admin_site.admin_view(view)
        found: URLPattern = path(route, guarded, name=f"reviews_review_{name}")
        return found

    return [
        at("unsaved/", unsaved_view, "unsaved"),
        at("unsaved/<uuid:sitting>/drop/", drop_view, "drop"),
    ]


def offered(
    request: HttpRequest, review: Review | None, form: Any, which: str = Form.PIECE
) -> dict[str, Any]:
    """What a form has to know of itself, and what its editor typed into it earlier."""
    sitting = _key(form.data.get(SITTING)) or uuid4()
    return {SITTING: sitting, "turn": _turn(request), "which": which} | _note(request, review, sitting, which)


def end(request: HttpRequest) -> None:
    """The posted form is saved: its sitting ends. Call it in the save's transaction."""
    if sitting := _key(request.POST.get(SITTING)):
        Buffer.objects.end(editor_of(request), sitting, now_of(request))


def keep_posted(request: HttpRequest, review: Review | None, which: str = Form.PIECE) -> None:
    """Keep what was posted and isn't saved, though the page that shows it may be lost."""
    sitting = _key(request.POST.get(SITTING))
    if sitting is None:
        return
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in _NEVER_KEPT
    ]
    editor, at = editor_of(request), now_of(request)
    try:
        Buffer.objects.keep(editor, sitting, fields, at, review=review, turn=_turn(request), form=which)
    except BufferRefused:
        messages.warning(request, _("It is too long to be kept for you: don't leave this page unsaved."))


def when_taken_up(form: Any) -> datetime | None:
    """When what a form shows was typed, if it was taken up and isn't saved."""
    try:
        return datetime.fromisoformat(form.data.get(TAKEN_UP, ""))
    except ValueError:
        return None


def take_up(request: HttpRequest, object_id: str | None, which: str = Form.PIECE) -> bool:
    """Let the request be as if the kept form had been sent, only to be looked at. False: there is none."""
    sitting = _key(request.POST.get(TAKE))
    review = _number(object_id) if object_id else None
    kept = sitting and Buffer.objects.take_up(editor_of(request), sitting, review, which)
    if not kept:
        return False
    posted = posted_by(kept)
    posted[SITTING], posted[TAKEN_UP] = str(kept.sitting), kept.kept_at.isoformat()
    posted["csrfmiddlewaretoken"] = request.POST.get("csrfmiddlewaretoken", "")
    request.POST = posted  # type: ignore[assignment]  # as the form is to read it
    return True


def posted_by(kept: Buffer) -> QueryDict:
    """What was kept, as its form would have sent it."""
    posted = QueryDict(mutable=True)
    for name, value in kept.fields():
        if name not in _NEVER_KEPT:
            posted.appendlist(name, value)
    return posted


def kept_of(request: HttpRequest, review: Review) -> Buffer | None:
    """What the asking editor's own form of this piece keeps, if the address names its sitting."""
    sitting = _key(request.GET.get(SITTING))
    mine = Buffer.objects.unsaved(editor_of(request), review, now_of(request))
    return mine.filter(sitting=sitting).first() if sitting else None


@require_http_methods(["GET", "HEAD", "POST"])
def unsaved_view(request: HttpRequest) -> HttpResponse:
    """POST keeps what a script sends of a form; GET answers with the note about what is kept of it.

    Sent: `form` (which one; a piece's if nothing is said), `sitting`, `review` (null for a new one), `turn`,
    which grows, and `fields`, pairs of a name and a value.
    """
    if not request.user.has_perm("reviews.change_review"):
        raise PermissionDenied
    if request.method != "POST":
        asked = request.GET.get("review")
        review = get_object_or_404(Review, pk=_number(asked)) if asked else None
        which = _form(request.GET.get("form"))
        note = _note(request, review, _key(request.GET.get(SITTING)), which)
        return TemplateResponse(request, "desk/unsaved.html", note)
    sitting, which, review, turn, fields = _sent(request)
    at = now_of(request)
    try:
        is_kept = Buffer.objects.keep(
            editor_of(request), sitting, fields, at, review=review, turn=turn, form=which
        )
    except BufferRefused:
        return JsonResponse({}, status=413)
    return JsonResponse({"at": time_format(localtime(at), "H:i")} if is_kept else {"ended": True})


@require_POST
def drop_view(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Drop what was typed and not saved, and go back to the form."""
    kept = get_object_or_404(Buffer, user=editor_of(request), sitting=sitting)
    Buffer.objects.end(editor_of(request), sitting, now_of(request))
    messages.success(request, _("What you had not saved is dropped."))
    if kept.form == Form.PASTE:
        return redirect("admin:reviews_review_paste")
    if kept.review_id:
        return redirect("admin:reviews_review_change", kept.review_id)
    return redirect("admin:reviews_review_add")


def _note(request: HttpRequest, review: Review | None, sitting: UUID | None, which: str) -> dict[str, Any]:
    kept = Buffer.objects.unsaved(editor_of(request), review, now_of(request), which).defer("content")
    return {
        "unsaved": [one for one in kept if one.sitting != sitting],
        "piece": review,
        "may_take_up": rules.may_edit(review, editor_of(request)),
    }


def _sent(request: HttpRequest) -> tuple[UUID, Form, Review | None, int, Fields]:
    try:
        told = json.loads(request.body)
        sitting, turn, pk = UUID(told["sitting"]), int(told["turn"]), told["review"]
        which = _form(told.get("form"))
        fields = [(_text(name), _text(value)) for name, value in told["fields"] if name not in _NEVER_KEPT]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadRequest from error
    if len(fields) > _MOST_FIELDS or not 0 < turn < 2**53:
        raise BadRequest
    return sitting, which, get_object_or_404(Review, pk=_number(pk)) if pk else None, turn, fields


def _form(named: Any) -> Form:
    if named is None:
        return Form.PIECE
    try:
        return Form(named)
    except ValueError as error:
        raise BadRequest from error


def _text(given: Any) -> str:
    """As it can be written into a page: half a surrogate pair can't."""
    if not isinstance(given, str):
        raise TypeError
    return given.encode("utf-8", "replace").decode()


def _key(given: Any) -> UUID | None:
    try:
        return UUID(given) if given else None
    except (ValueError, AttributeError, TypeError):
        return None


def _number(given: Any) -> int:
    key = as_key(str(given))
    if key is None:
        raise BadRequest
    return key


def _turn(request: HttpRequest) -> int:
    """After whatever the page's script has sent, which counts in milliseconds."""
    return int(now_of(request).timestamp() * 1000) + 1
