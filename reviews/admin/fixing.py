"""Fix what is live: one small form with the text that readers have, and one button."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from coverage.newsroom.admin.base import editor_of, now_of
from reviews import rules
from reviews.admin.addresses import piece_at
from reviews.admin.fix_form import FixForm
from reviews.admin.verb_views import do
from reviews.models import Edition, Release, Review
from reviews.stale import StaleVersion


def fix_view(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """The live text to be put right, and published with the same press of a button."""
    review = piece_at(model_admin, request, object_id)
    if not rules.may("correct", review, editor_of(request)):
        raise PermissionDenied
    if not rules.is_ready("correct", review, now_of(request)):
        messages.error(request, _("Readers don't have this piece now, so there is nothing live to be fixed."))
        return redirect("admin:reviews_review_change", review.pk)
    release = Release.objects.select_related("edition").get(review=review)
    form = _form(request, review, release)
    if form.is_valid():
        try:
            return _fixed(request, review, form)
        except StaleVersion as stale:
            live = Release.objects.select_related("edition").get(review=review)
            form = form.taken_over(stale.review, live.edition)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
    return _page(model_admin, request, review, form)


def _form(request: HttpRequest, review: Review, release: Release) -> FixForm:
    posted = request.POST if request.method == "POST" else None
    read = Edition.objects.numbered(review, posted.get("base", "")) if posted else None
    excepts = editor_of(request).has_perm("reviews.override_review") and bool(
        rules.obstacles(release.edition, now_of(request))
    )
    return FixForm(review, read or release.edition, posted, excepts=excepts)


def _fixed(request: HttpRequest, review: Review, form: FixForm) -> HttpResponse:
    review.version = form.cleaned_data["version"]
    told = {"exception": form.cleaned_data.get("exception", ""), "fix": form.fix, "kind": form.kind}
    fixed = do(request, review, "correct", note=form.cleaned_data["note"], **told)
    messages.success(
        request,
        format_html('<a href="{}">{}</a>', fixed.get_absolute_url(), _("See it as readers do")),
    )
    if kept := fixed.audit_trail()[0].detail.get("kept"):
        messages.warning(
            request,
            _("What waits for approval says something else here, and was left as it is: %(where)s.")
            % {"where": ", ".join(kept)},
        )
    return redirect("admin:reviews_review_change", review.pk)


def _page(model_admin: Any, request: HttpRequest, review: Review, form: FixForm) -> TemplateResponse:
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Fix what is live"),
        "subtitle": str(review),
        "opts": model_admin.opts,
        "original": review,
        "form": form,
        "media": form.media,
        "waits": Edition.objects.latest_of(review) != form.live,
    }
    return TemplateResponse(request, "desk/fix.html", context)
