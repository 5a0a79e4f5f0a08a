"""The margin's answers: while somebody types, with a save, and the page that asks why something may stand."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.admin.labels import PLAIN_WORDS
from coverage.newsroom.keys import as_key
from reviews import rules
from reviews.admin.addresses import piece_url
from reviews.admin.forms import renewed
from reviews.admin.ignored import ignored_view
from reviews.admin.margin import ANSWER, Margin, taken
from reviews.admin.typed import as_saved, as_typed
from reviews.copydesk import answering, answers
from reviews.copydesk.answers import Remark
from reviews.models import Review
from reviews.stale import StaleVersion
from reviews.verbs import Act

ASKED = "suggest"
PLACE = "#copy-desk"


def urls(model_admin: Any) -> list[URLPattern]:
    at = partial(piece_url, model_admin)
    return [
        at("copydesk/ignored/", ignored_view, "ignored"),
        at("<int:object_id>/copydesk/", margin_view, "margin"),
        at("<int:object_id>/copydesk/<slug:mark>/", override_view, "override"),
    ]


def margin_of(request: HttpRequest, review: Review, may: Callable[[str], bool] | None = None) -> Margin:
    """The margin beside a form that is opened, or was refused: of what it says. `may` asks `rules.may`."""
    posted = request.POST
    typed = as_typed(review, posted) if request.method == "POST" else as_saved(review)
    asked = posted.getlist(ASKED) if request.method == "POST" else request.GET.getlist(ASKED)
    return Margin(typed, editor_of(request), may or _may(request, review), frozenset(asked))


def _may(request: HttpRequest, review: Review) -> Callable[[str], bool]:
    return lambda verb: rules.may(verb, review, editor_of(request))


def take(request: HttpRequest, object_id: str) -> None:
    """Put a suggestion into the form that was posted with its button; the save goes on with it."""
    value = request.POST.get(ANSWER, "")
    if not value.startswith("take:"):
        return
    review = Review.objects.select_related("series").filter(pk=as_key(object_id) or 0).first()
    if review is None or not rules.may_edit(review, editor_of(request)):
        return
    _verb, mark, _number = [*value.split(":"), "", ""][:3]
    margin = Margin(as_typed(review, request.POST), editor_of(request), _may(request, review), {mark})
    changed = taken(margin, value, request.POST)
    if changed:
        request.POST = _with(request.POST, changed)  # type: ignore[assignment]  # as the form is to read it
    else:
        messages.warning(request, _("The text doesn't say this any more, so nothing was put in its place."))


def _with(posted: QueryDict, changed: dict[str, str]) -> QueryDict:
    data = posted.copy()
    for name, value in changed.items():
        data[name] = value
    return data


def answer_after_save(request: HttpRequest, review: Review) -> HttpResponse:
    """A margin's button was pressed, and the form is saved now."""
    verb, _colon, mark = request.POST.get(ANSWER, "").partition(":")
    form = reverse("admin:reviews_review_change", args=[review.pk])
    if verb == "override":
        return redirect("admin:reviews_review_override", review.pk, mark)
    if verb == "suggest":
        return HttpResponseRedirect(f"{form}?{_query(ASKED, mark)}{PLACE}")
    if verb == "take":
        messages.success(request, _("Saved."))
    elif remark := answers.remark_of(review, mark):
        messages.success(request, _answered(request, review, verb, remark))
    return HttpResponseRedirect(f"{form}{PLACE}")


def _query(name: str, value: str) -> str:
    query = QueryDict(mutable=True)
    query[name] = value
    return query.urlencode()


def _answered(request: HttpRequest, review: Review, verb: str, remark: Remark) -> str:
    """Do what was answered. The sentence that says so."""
    act = Act(editor_of(request), now_of(request))
    found = {"found": remark.finding.found}
    if verb == "ignore":
        answering.ignore(review, remark, act)
        return _("“%(found)s” isn't shown again on pieces about this series.") % found
    if verb == "teach":
        answering.teach(review, remark, act)
        return _("“%(found)s” is in the series' vocabulary now.") % found
    raise Http404


def margin_view(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Takes the form as it is typed, and perhaps an answer; gives the margin as it is then, in HTML."""
    return _margin_view(request, _editable(request, object_id))


@require_POST
def _margin_view(request: HttpRequest, review: Review) -> HttpResponse:
    margin = margin_of(request, review)
    told = ""
    verb, _colon, mark = request.POST.get(ANSWER, "").partition(":")
    if verb and (remark := margin.remark(mark)):
        told = _answered(request, review, verb, remark)
        margin = margin_of(request, review)
    context = {"margin": margin, "original": review, "told": told}
    return TemplateResponse(request, "desk/copydesk_margin.html", context)


def _editable(request: HttpRequest, object_id: int) -> Review:
    review = get_object_or_404(Review.objects.select_related("series"), pk=object_id)
    if not rules.may_edit(review, editor_of(request)):
        raise PermissionDenied
    return review


class OverrideForm(forms.Form):
    """Why a finding may stand, and of which version of the piece that is said."""

    version = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why it may stand"),
        help_text=gettext_lazy("The reason is kept in the piece's history."),
        widget=forms.Textarea({"rows": 3}),
        error_messages=PLAIN_WORDS,
    )


def override_view(model_admin: Any, request: HttpRequest, object_id: int, mark: str) -> HttpResponse:
    """Asks for the reason why what holds the piece may stand, and keeps it."""
    review = get_object_or_404(Review.objects.select_related("series"), pk=object_id)
    if not answering.may_override(review, editor_of(request)):
        raise PermissionDenied
    remark = answers.remark_of(review, mark)
    if remark is None or not remark.can_be_overridden:
        messages.warning(request, _("The text doesn't say this any more: there is nothing to let pass."))
        return redirect("admin:reviews_review_change", review.pk)
    form = OverrideForm(request.POST or None, initial={"version": review.version})
    if form.is_valid() and _overridden(request, review, mark, form):
        return HttpResponseRedirect(reverse("admin:reviews_review_change", args=[review.pk]) + PLACE)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Let it pass"),
        "subtitle": str(review),
        "opts": model_admin.opts,
        "original": review,
        "remark": remark,
        "form": form,
    }
    return TemplateResponse(request, "desk/copydesk_override.html", context)


def _overridden(request: HttpRequest, review: Review, mark: str, form: OverrideForm) -> bool:
    version: UUID = form.cleaned_data["version"]
    act = Act(editor_of(request), now_of(request), version, note=form.cleaned_data["reason"])
    try:
        answering.override(review, mark, act)
    except StaleVersion as stale:
        form.data = renewed(form.data, stale)
        form.add_error(None, _("Somebody has changed this piece meanwhile. Look at it; then try again."))
        return False
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    messages.success(request, _("It may stand, and your reason is kept."))
    return True
