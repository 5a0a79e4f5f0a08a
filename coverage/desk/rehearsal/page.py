"""The rehearsal at the desk: run when the page is opened, as far as it comes in a moment."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.desk.rehearsal.running import rehearse
from coverage.desk.time_machine.coming import MINUTE
from coverage.newsroom.middleware import NewsroomRequest

# How long somebody waits for the site to be read, and if they ask for more of it.
SECONDS, SECONDS_FOR_MORE = 2.0, 15.0


@require_safe
def rehearsal(request: NewsroomRequest) -> HttpResponse:
    """Of the coming slot."""
    if not request.user.has_perm("reviews.view_review"):
        raise PermissionDenied
    slot = request.publication.next_slot(request.now)
    report = rehearse(slot, request.now, SECONDS_FOR_MORE if "more" in request.GET else SECONDS)
    context = admin.site.each_context(request) | {
        "title": _("Rehearsal"),
        "report": report,
        "slot": request.publication.slot.in_words(slot, request.now),
        "has_come_at": slot + MINUTE,
    }
    return TemplateResponse(request, "desk/rehearsal.html", context)
