"""Links to a piece's preview, at the desk: made, listed, ended."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.admin.labels import PLAIN_WORDS
from coverage.newsroom.pages import absolute
from reviews.admin.addresses import piece_at, piece_url
from reviews.models import Edition, PreviewLink, Review
from reviews.previewing.links import (
    DAYS,
    USUAL_DAYS,
    end_link,
    leads_somewhere,
    make_link,
    may_share,
    working_links,
)

FOLLOWS, PINNED = "draft", "edition"
LINKS_ON_A_PAGE = 25


def urls(model_admin: Any) -> list[URLPattern]:
    return [
        piece_url(model_admin, "<int:object_id>/links/", links_view, "links"),
        piece_url(model_admin, "<int:object_id>/links/<int:pk>/end/", end_view, "end_link"),
    ]


class LinkForm(forms.Form):
    """For whom a link is, what it shows, and for how long."""

    for_whom = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=100,
        required=False,
        error_messages=PLAIN_WORDS,
        help_text=gettext_lazy("So that you know later which link is whose. Only the desk sees it."),
    )
    shows = forms.ChoiceField(
        label=gettext_lazy("It shows"),
        choices={
            FOLLOWS: gettext_lazy("the draft, with every change from now on"),
            PINNED: gettext_lazy("the text as it stands now, and no later one"),
        },
        initial=FOLLOWS,
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("It works for"), coerce=int, initial=USUAL_DAYS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days}) for days in DAYS]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]  # a choice field


def links_view(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Every link to a piece's preview, and a form for another one, whose address is shown this once."""
    review = _shared_by(model_admin, request, object_id)
    form = LinkForm(request.POST if request.method == "POST" else None)
    address = _made(request, review, form) if form.is_valid() else ""
    links = PreviewLink.objects.filter(review=review).select_related("made_by", "ended_by", "edition")
    page = model_admin.get_paginator(request, links, LINKS_ON_A_PAGE).get_page(request.GET.get("p", 1))
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Hand round"),
        "subtitle": str(review),
        "opts": model_admin.opts,
        "original": review,
        "form": LinkForm() if address else form,
        "address": address,
        "page": page,
        "links": [(link, _leads(link, review, request)) for link in page.object_list],
    }
    return TemplateResponse(request, "desk/preview_links.html", context)


def links_beside(request: HttpRequest, review: Review) -> list[PreviewLink]:
    """For a piece's form: those that work now, if its editor may hand it round."""
    return working_links(review, now_of(request)) if may_share(review, editor_of(request)) else []


def end_view(model_admin: Any, request: HttpRequest, object_id: int, pk: int) -> HttpResponse:
    """End one link; `back=form` leads to the piece's form afterwards."""
    review = _shared_by(model_admin, request, object_id)
    return _end(request, review, pk)


@require_POST
def _end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    link = get_object_or_404(PreviewLink.objects.select_related("review"), review=review, pk=pk)
    end_link(link, by=editor_of(request), at=now_of(request))
    messages.success(request, _("The link leads nowhere any more."))
    is_from_form = request.POST.get("back") == "form"
    return redirect(f"admin:reviews_review_{'change' if is_from_form else 'links'}", review.pk)


def _shared_by(model_admin: Any, request: HttpRequest, object_id: int) -> Review:
    review = piece_at(model_admin, request, object_id)
    if not may_share(review, editor_of(request)):
        raise PermissionDenied
    return review


def _made(request: HttpRequest, review: Review, form: LinkForm) -> str:
    """The address of a new link; empty, with the reason on the form, where there can't be one."""
    given = form.cleaned_data
    edition = Edition.objects.latest_of(review) if given["shows"] == PINNED else None
    try:
        _link, token = make_link(
            review,
            by=editor_of(request),
            at=now_of(request),
            days=given["days"],
            edition=edition,
            for_whom=given["for_whom"],
        )
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return ""
    return absolute(reverse("site:preview", args=[token]))


def _leads(link: PreviewLink, review: Review, request: HttpRequest) -> bool:
    link.review = review
    return leads_somewhere(link, now_of(request))
