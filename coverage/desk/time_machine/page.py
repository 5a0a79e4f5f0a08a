"""The desk's page of the time machine: choose an instant, go there, see what it changes, come back."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coverage.desk.time_machine.changes import changes
from coverage.desk.time_machine.coming import MINUTE, turns
from coverage.desk.time_machine.travelling import FURTHEST, chosen, come_back, may_travel, set_out
from coverage.newsroom.admin.instants import InstantField
from coverage.newsroom.keys import as_key
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.walltime import in_words


class Instant(forms.Form):
    """Where to: a day and a wall time with seconds, or `at`, ISO 8601 with its offset, from a button."""

    instant = InstantField(label=_("Another instant"), required=False)
    at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        _day, wall = self.fields["instant"].widget.widgets
        wall.format, wall.attrs["step"] = "%H:%M:%S", 1

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        instant = _read(given["at"]) if given["at"] else given["instant"]
        if instant is None:
            raise ValidationError(_("Say which instant: a day and a time."))
        if abs(instant - self.now) > FURTHEST:
            raise ValidationError(_("That is more than ten years away; choose a nearer day."))
        return given | {"instant": instant}


def _read(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
        if instant.utcoffset() is None:
            raise ValueError(text)
        return instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValidationError(_("That is no instant; choose one below.")) from error


def time_machine(request: NewsroomRequest) -> HttpResponse:
    """Where one is, and where one may go. A POST sets out: back to here, or to the address `go`."""
    if not may_travel(request):
        raise PermissionDenied
    if request.method != "POST":
        there = chosen(request)
        return _page(request, Instant(now=request.now, initial={"instant": there or request.now}), there)
    form = Instant(request.POST, now=request.now)
    if not form.is_valid():
        return _page(request, form, chosen(request), status=400)
    response = HttpResponseRedirect(_where_to(request))
    set_out(request, response, form.cleaned_data["instant"])
    return response


@require_POST
def leave(request: NewsroomRequest) -> HttpResponse:
    """Back to the present: to the address `go` as it stands now, or to the machine's page."""
    response = HttpResponseRedirect(_where_to(request))
    come_back(response)
    return response


def _where_to(request: NewsroomRequest) -> str:
    """`go`, if it is an address of this site."""
    go = request.POST.get("go", "")
    ours = go.startswith("/") and url_has_allowed_host_and_scheme(go, allowed_hosts=None)
    return go if ours else reverse("admin:time_machine")


def _page(request: NewsroomRequest, form: Instant, there: datetime | None, status: int = 200) -> HttpResponse:
    publication, now = request.publication, request.now
    slot = publication.next_slot(now)
    context = admin.site.each_context(request) | {
        "title": _("Time machine"),
        "form": form,
        "there": there and in_words(there, publication.zone, now, to_the_second=True),
        "slot": in_words(slot + MINUTE, publication.zone, now),
        "slot_at": slot + MINUTE,
        "turns": turns(publication, now),
    }
    if there:
        after = as_key(request.GET.get("after", "")) or 0
        context |= {"changes": changes(now, there, after), "goes_on": bool(after), "there_at": there}
    return TemplateResponse(request, "desk/time_machine.html", context, status=status)
