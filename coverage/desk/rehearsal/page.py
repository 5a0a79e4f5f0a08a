"""The rehearsal at the desk: run when the page is opened, which arrives as it goes."""

import logging
import time
from collections.abc import Iterator
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.desk.rehearsal.report import Report
from coverage.desk.rehearsal.running import rehearsing
from coverage.desk.time_machine.coming import MINUTE
from coverage.newsroom.middleware import NewsroomRequest

# How long the site is read while somebody looks on, and how often they are told how far it is.
SECONDS, PAUSE = 15.0, 0.2
# Where in the page the rehearsal stands.
PLACE = "<!-- rehearsal -->"

logger = logging.getLogger(__name__)


@require_safe
def rehearsal(request: NewsroomRequest) -> StreamingHttpResponse:
    """Of the coming slot."""
    if not request.user.has_perm("reviews.view_review"):
        raise PermissionDenied
    slot = request.publication.next_slot(request.now)
    context = admin.site.each_context(request) | {
        "title": _("Rehearsal"),
        "place": PLACE,
        "slot": request.publication.slot.in_words(slot, request.now),
        "has_come_at": slot + MINUTE,
    }
    before, after = render_to_string("desk/rehearsal.html", context, request).split(PLACE)
    told = _told(rehearsing(slot, request.now, SECONDS), request.publication.zone)
    # A proxy that waits for the end would hold back how far it is.
    return StreamingHttpResponse(chain([before], told, [after]), headers={"X-Accel-Buffering": "no"})


def _told(reports: Iterator[Report], zone: ZoneInfo) -> Iterator[str]:
    """A line for each step, of which the last one shows, and the report.

    The desk has sent its answer when this begins: neither its zone nor its page for errors is there.
    """
    try:
        with timezone.override(zone):
            yield from _steps_and_report(reports)
    except Exception:
        logger.exception("The rehearsal breaks off")
        yield render_to_string("desk/rehearsal_broken.html")


def _steps_and_report(reports: Iterator[Report]) -> Iterator[str]:
    told_at, context = 0.0, dict[str, Any]()
    for report in reports:
        context = {"report": report}
        if time.monotonic() - told_at >= PAUSE:
            told_at = time.monotonic()
            yield format_html('<p class="rehearsal__step">{}</p>', _step(report))
    yield render_to_string("desk/rehearsal_report.html", context)


def _step(report: Report) -> str:
    begun = sum(piece.review is not None for piece in report.pieces)
    if report.tried < begun:
        told = _("Trying the pieces: %(tried)d of %(begun)d.")
    else:
        told = _("Reading the site as it will stand: %(read)d pages, feeds and files.")
    return told % {"tried": report.tried, "begun": begun, "read": report.read}
