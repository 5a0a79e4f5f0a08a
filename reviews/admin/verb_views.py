"""Doing a verb from the desk: with the save of a form, or from a page that asks what it needs."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.middleware import NewsroomRequest
from reviews import rules, verbs
from reviews.admin.addresses import piece_at
from reviews.admin.forms import renewed
from reviews.admin.moves import Move, MoveForm, Standing
from reviews.models import Review
from reviews.stale import StaleVersion
from reviews.verbs import Act

_DONE = {
    "submit": gettext_lazy("It is with the editors now."),
    "return_with_note": gettext_lazy("It is a draft again, and its writer sees your note."),
    "reschedule": gettext_lazy("It goes live %(when)s."),
    "withdraw": gettext_lazy("Readers don't get it any more."),
    "reinstate": gettext_lazy("Readers get it from %(when)s on."),
    "correct": gettext_lazy("Readers have the corrected piece, with the correction under it."),
    "discard": gettext_lazy("It is out of sight. For 30 days it stands under “Discarded”, to be recovered."),
    "recover": gettext_lazy("It is a draft again."),
}

_NOT_DONE = {
    "submit": gettext_lazy("Not submitted"),
    "approve": gettext_lazy("Not approved"),
    "withdraw": gettext_lazy("Not withdrawn"),
    "discard": gettext_lazy("Not discarded"),
    "recover": gettext_lazy("Not recovered"),
}

# What is ready and yet not offered: nothing to do, or another page asks for it.
_WITHOUT_A_BUTTON = {
    "approve": gettext_lazy("Nothing has changed since it was approved."),
    "restore": gettext_lazy("Choose in its history which edition is to be restored."),
}

_STALE = gettext_lazy(
    "Somebody has changed this piece meanwhile, so nothing was done. Look at it; then try again."
)


def standing_of(request: HttpRequest, review: Review) -> Standing:
    publication = cast("NewsroomRequest", request).publication
    return Standing.of(review, editor_of(request), now_of(request), publication)


def do(request: HttpRequest, review: Review, verb: str, *, note: str = "", **told: Any) -> Review:
    """Do `verb` to the piece at the version that `review` holds, and say what happened.

    Raises what the verb raises; then nothing of it has been done.
    """
    act = Act(editor_of(request), now_of(request), version=review.version, note=note)
    moved = verbs.VERBS[verb](review, act, **told)
    messages.success(request, _happened(request, verb, moved))
    return moved


def _happened(request: HttpRequest, verb: str, review: Review) -> str:
    standing = standing_of(request, review)
    if verb == "approve":
        if standing.is_live:
            return _("Approved. Readers have it now.")
        verb = "reschedule"
    if verb == "withdraw" and standing.release is None:
        return _("It is a draft again. Readers never had it.")
    if verb == "submit" and rules.missing(review):
        return _("It is with the editors now. They can't approve it before it has what stands below.")
    when = standing.words(standing.release.publish_at) if standing.release else ""
    return str(_DONE[verb]) % {"when": when}


def do_after_save(request: HttpRequest, review: Review, name: str) -> HttpResponse | None:
    """A verb's button was pressed on the form, which is saved now. None: it is done or refused."""
    standing = standing_of(request, review)
    move = standing.move(name)
    if move is None:
        if name in rules.PERMISSION and not rules.may(name, review, editor_of(request)):
            raise PermissionDenied
        told = _("This can't be done to it as it stands now.")
        messages.error(request, f"{told} {_whether_saved(request, review)}".strip())
        return None
    if move.asks:
        page = reverse("admin:reviews_review_verb", args=[review.pk, name])
        return redirect(f"{page}?version={review.version}")
    saved, refused = _whether_saved(request, review), _NOT_DONE[move.verb]
    try:
        do(request, review, move.verb)
    except rules.Incomplete:
        _lead_to("#lacks", request, f"{refused}. {saved}", _("What it lacks"))
    except rules.HeldByTheCopyDesk:
        _lead_to("#copy-desk", request, f"{refused}. {saved}", _("What the copy desk holds it for"))
    except ValidationError as refusal:
        messages.error(request, f"{refused}: {' '.join(refusal.messages)} {saved}".strip())
    return None


def _whether_saved(request: HttpRequest, review: Review) -> str:
    """Nothing, where the form said what is saved already: then the piece is at the form's version still."""
    has_saved = request.POST.get("version") != str(review.version)
    return _("Your changes are saved.") if has_saved else ""


def _lead_to(place: str, request: HttpRequest, told: str, way: str) -> None:
    """The form says the reason itself: it isn't said a second time."""
    messages.error(request, format_html('{} <a href="{}">{}</a>', told.strip(), place, way))


def verb_view(model_admin: Any, request: HttpRequest, object_id: int, name: str) -> HttpResponse:
    """A page that says what the verb will do, asks what it needs, and does it."""
    review = piece_at(model_admin, request, object_id)
    if not model_admin.has_view_permission(request, review):
        raise PermissionDenied
    standing = standing_of(request, review)
    move = _move_or_refuse(request, standing, name)
    if move is None:
        return redirect("admin:reviews_review_change", review.pk)
    form = MoveForm(move, standing, _posted(request), initial={"version": review.version})
    if not form.is_bound and request.GET.get("version", form["version"].value()) != str(review.version):
        messages.warning(request, _STALE)
    if form.is_valid() and _done(request, review, move, form):
        return redirect("admin:reviews_review_change", review.pk)
    return _page(model_admin, request, review, move, form)


def _move_or_refuse(request: HttpRequest, standing: Standing, name: str) -> Move | None:
    verb = {"approve_for": "approve"}.get(name, name)
    if verb not in verbs.VERBS:
        raise Http404
    if not rules.may(verb, standing.review, standing.editor):
        raise PermissionDenied
    move = standing.move(name)
    if move is None:
        try:
            rules.refuse_unless_ready(verb, standing.review, standing.at)
        except ValidationError as refusal:
            for sentence in refusal.messages:
                messages.error(request, sentence)
        else:
            messages.error(request, str(_WITHOUT_A_BUTTON.get(verb, _WITHOUT_A_BUTTON["approve"])))
    return move


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(request: HttpRequest, review: Review, move: Move, form: MoveForm) -> bool:
    review.version = form.cleaned_data["version"]
    try:
        do(request, review, move.verb, note=form.cleaned_data.get("note", ""), **form.told())
    except StaleVersion as stale:
        form.data = renewed(form.data, stale)
        form.add_error(
            None,
            _STALE,
        )
        return False
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    return True


def _page(
    model_admin: Any, request: HttpRequest, review: Review, move: Move, form: MoveForm
) -> TemplateResponse:
    context = model_admin.admin_site.each_context(request) | {
        "title": move.label.rstrip("…"),
        "subtitle": str(review),
        "opts": model_admin.opts,
        "original": review,
        "form": form,
    }
    return TemplateResponse(request, "desk/verb.html", context)
