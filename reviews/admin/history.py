"""A piece's history at the desk: what was done, what lies between two editions, and the way back to one."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.keys import as_key
from reviews import rules, verbs
from reviews.admin.addresses import piece_url
from reviews.admin.discarded import discarded_view
from reviews.admin.forms import renewed
from reviews.history.comparing import compare, names_of_stills, to_compare
from reviews.history.timeline import timeline, with_steps
from reviews.models import Edition, EpisodeReview, Release, Review
from reviews.stale import StaleVersion
from reviews.verbs import Act

MOMENTS_ON_A_PAGE = 15


def urls(model_admin: Any) -> list[URLPattern]:
    at = partial(piece_url, model_admin)
    return [
        at("discarded/", discarded_view, "discarded"),
        at("<int:object_id>/history/compare/", compare_view, "compare"),
        at("<int:object_id>/history/<int:number>/restore/", restore_view, "restore"),
    ]


def history_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Who did what to a piece and what it changed, the newest first."""
    review = _read_by(model_admin, request, object_id)
    moments = timeline(review)
    page = model_admin.get_paginator(request, moments, MOMENTS_ON_A_PAGE).get_page(request.GET.get("p", 1))
    numbers = sorted(((number, moment.at) for moment in moments for number in moment.numbers), reverse=True)
    newest, released = numbers[0][0] if numbers else 0, _released(review)
    context = {
        "title": _("History"),
        "page": page,
        "moments": with_steps(review, page.object_list),
        "numbers": numbers,
        "newest": newest,
        "older": _to_begin_with(released, newest),
        "released": released,
        "may_restore": _may_restore(request, review),
    }
    return _page(model_admin, request, "desk/review_history.html", review, context)


def compare_view(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """What lies between the editions `from` and `to`; without them, what readers have and the newest."""
    review = _read_by(model_admin, request, object_id)
    released = _released(review)
    numbers = list(review.editions.values_list("number", "made_at"))
    if not numbers:
        raise Http404
    newest = numbers[0][0]
    older, newer = sorted(
        (
            _number(request.GET.get("from"), _to_begin_with(released, newest)),
            _number(request.GET.get("to"), newest),
        )
    )
    editions = {
        edition.number: edition for edition in to_compare(review.editions.filter(number__in=[older, newer]))
    }
    if not {older, newer} <= editions.keys():
        raise Http404
    before, after = editions[older], editions[newer]
    context = {
        "title": _("Edition %(older)s and edition %(newer)s") % {"older": older, "newer": newer},
        "before": before,
        "after": after,
        "comparison": compare(before, after, names_of_stills(before, after)),
        "numbers": numbers,
        "newest": newest,
        "released": released,
        "may_restore": _may_restore(request, review),
    }
    return _page(model_admin, request, "desk/compare.html", review, context)


class RestoreForm(forms.Form):
    """The version that was read, and the newest edition then."""

    version = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


def restore_view(model_admin: Any, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """Shows what restoring edition `number` would change, and does it when asked."""
    review = _found(model_admin, request, object_id)
    if not rules.may("restore", review, editor_of(request)):
        raise PermissionDenied
    edition = get_object_or_404(to_compare(review.editions.all()), number=number)
    latest = Edition.objects.latest_of(review)
    newest = latest.number if latest else number
    form = RestoreForm(
        request.POST if request.method == "POST" else None,
        initial={"version": review.version, "base": newest},
    )
    if form.is_valid() and _restored(request, review, edition, form, newest):
        return redirect("admin:reviews_review_change", review.pk)
    prefetch_related_objects([review], _parts_to_compare())
    context = {
        "title": _("Restore edition %(number)s") % {"number": number},
        "edition": edition,
        "form": form,
        "comparison": compare(review, edition, names_of_stills(review, edition)),
        "newest": newest,
        "read": form.cleaned_data.get("base") if form.is_bound else None,
    }
    return _page(model_admin, request, "desk/restore.html", review, context)


def _restored(request: HttpRequest, review: Review, edition: Edition, form: RestoreForm, newest: int) -> bool:
    act = Act(editor_of(request), now_of(request), version=form.cleaned_data["version"])
    try:
        verbs.restore(review, act, number=edition.number)
    except StaleVersion as stale:
        data: Any = renewed(form.data, stale)
        data["base"] = str(newest)
        form.data = data
        form.add_error(
            None,
            _(
                "Somebody has changed this piece since you opened this page, so nothing was restored. Below "
                "stands what restoring would change now; restore it if you still want to."
            ),
        )
        return False
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    _tell(request, review, edition)
    return True


def _tell(request: HttpRequest, review: Review, edition: Edition) -> None:
    entry = review.audit_trail()[0]
    back = reverse("admin:reviews_review_restore", args=[review.pk, entry.detail["replaced"]])
    words = _("It says what edition %(number)s said. Status, date and byline are as they were.")
    undo = format_html('<a href="{}">{}</a>', back, _("Undo this"))
    messages.success(request, format_html("{} {}", words % {"number": edition.number}, undo))
    if left_out := entry.detail.get("left_out"):
        words = _("Left out, because the pictures are gone: %(count)s. Look at where they stood.")
        messages.warning(request, words % {"count": len(left_out)})


def _found(model_admin: Any, request: HttpRequest, object_id: Any) -> Review:
    pieces = model_admin.get_queryset(request).select_related(
        "release__edition", "series", "spoils_through__series", "lead_picture"
    )
    review: Review = get_object_or_404(pieces, pk=_number(str(object_id), 0))
    return review


def _released(review: Review) -> Release | None:
    return getattr(review, "release", None)


def _read_by(model_admin: Any, request: HttpRequest, object_id: Any) -> Review:
    review = _found(model_admin, request, object_id)
    if not rules.may_read_history(review, editor_of(request)):
        raise PermissionDenied
    return review


def _to_begin_with(released: Release | None, newest: int) -> int:
    """The edition that readers have, or will have; where it is the newest, the one before."""
    if released and released.edition.number < newest:
        return released.edition.number
    return max(newest - 1, 1)


def _may_restore(request: HttpRequest, review: Review) -> bool:
    return rules.may("restore", review, editor_of(request)) and rules.is_ready(
        "restore", review, now_of(request)
    )


def _parts_to_compare() -> Any:
    parts = EpisodeReview.objects.select_related("episode__series", "last_episode__series", "reviewer")
    return Prefetch("parts", parts)


def _number(given: str | None, otherwise: int) -> int:
    if not given:
        return otherwise
    number = as_key(given)
    if number is None:
        raise Http404
    return number


def _page(
    model_admin: Any, request: HttpRequest, template: str, review: Review, context: dict[str, Any]
) -> TemplateResponse:
    shared = model_admin.admin_site.each_context(request) | {
        "subtitle": str(review),
        "original": review,
        "opts": model_admin.opts,
    }
    return TemplateResponse(request, template, shared | context)
