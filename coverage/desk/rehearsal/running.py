"""A whole rehearsal: the pieces, their pages and cards, the site at the slot, and the mails it brings."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from coverage.desk.rehearsal.due import due_until
from coverage.desk.rehearsal.report import Rehearsed, Report
from coverage.desk.rehearsal.surfaces import Sweep, sweep
from coverage.desk.time_machine.reading import request_at
from coverage.newsroom.models import Publication
from coverage.site.feeds import ENTRIES
from reviews import card_drawing, social_cards
from reviews.announcing import lateness
from reviews.announcing.letters import NothingToSay
from reviews.announcing.mailing import message_of
from reviews.models import Announcement, Release, Review
from reviews.previewing.as_if_live import as_if_live, to_preview
from reviews.previewing.pages import page
from reviews.status import Status

# “From Thursday on”: how long before its slot a rehearsal goes out by mail.
AHEAD = timedelta(days=1)

logger = logging.getLogger(__name__)


def rehearse(slot: datetime, now: datetime, seconds: float) -> Report:
    """Everything due until `slot`, tried out as of then; the site is read for `seconds` at most."""
    *_growing, report = rehearsing(slot, now, seconds)
    return report


def rehearsing(slot: datetime, now: datetime, seconds: float) -> Iterator[Report]:
    """As `rehearse`: the one report while it grows, and at last when it is whole."""
    publication = Publication.objects.get()
    report = Report(slot, now, list(due_until(slot, now, publication)))
    yield report
    for piece, review in _begun(report):
        _try(piece.faults, _("Its page can't be made: %s"), _make_page, review, slot)
        _try(piece.faults, _("Its card can't be drawn: %s"), _draw_card, review, publication, slot)
        report.tried += 1
        yield report
    yield from _read_the_site(report, seconds)
    report.mails = _write_mails(report)
    yield report


def _begun(report: Report) -> list[tuple[Rehearsed, Review]]:
    return [(piece, piece.review) for piece in report.pieces if piece.review]


def _try[**P](
    faults: list[str], sentence: str, deed: Callable[P, object], *args: P.args, **kwargs: P.kwargs
) -> None:
    """One that fails must not hide what the others have to say."""
    try:
        deed(*args, **kwargs)
    except Exception as error:
        logger.exception("Something fails in the rehearsal")
        faults.append(sentence % f"{type(error).__name__}: {error}")


def _release(review: Review, slot: datetime) -> Release | None:
    """What readers would get; None where nothing has ever been saved of it."""
    if review.status == Status.APPROVED:
        return Release.objects.for_list().get(review=review)
    edition = to_preview(review)
    return as_if_live(edition, slot) if edition else None


def _make_page(review: Review, slot: datetime) -> None:
    """Of an open piece; an approved one's is read with the site's."""
    if review.status == Status.APPROVED:
        return
    if release := _release(review, slot):
        at = max(slot, release.publish_at)
        page(request_at(review.get_absolute_url(), at), release, at, "reviews/detail.html", {})


def _draw_card(review: Review, publication: Publication, slot: datetime) -> None:
    if release := _release(review, slot):
        card = social_cards.of_release(release, publication)
        card_drawing.drawn(card.words, card.picture)


def _read_the_site(report: Report, seconds: float) -> Iterator[Report]:
    approved = {
        review.get_absolute_url(): piece
        for piece, review in _begun(report)
        if review.status == Status.APPROVED
    }
    found = Sweep()
    for found in sweep(report.made_at, report.slot, seconds):
        report.read, report.unread = found.read, found.unread
        yield report
    for address, fault in found.faults.items():
        if address in approved:
            approved[address].faults.append(_("Its page: %s") % fault)
        else:
            report.site.append(f"{address}: {fault}")
    for address, piece in approved.items():
        if found.feed and len(approved) <= ENTRIES and f'{address}"' not in found.feed:
            piece.faults.append(_("It isn't in the site's feed."))


def _write_mails(report: Report) -> int:
    """How many would be written: those that wait until then, and those about what would be late."""
    written = 0
    for row in [*_waiting(report.slot), *_late(report)]:
        try:
            message_of(row, max(report.slot, row.due_at))
            written += 1
        except NothingToSay:
            continue
        except Exception as error:
            logger.exception("A mail can't be written in the rehearsal")
            report.site.append(_("The mail “%(mail)s”: %(error)s") % {"mail": row, "error": error})
    return written


def _waiting(slot: datetime) -> Iterable[Announcement]:
    return Announcement.objects.due(slot).exclude(useful_until__lt=slot).order_by("pk")


def _late(report: Report) -> Iterable[Announcement]:
    for piece, review in _begun(report):
        if review.status in lateness.OPEN:
            yield from lateness.late_rows(review, piece.due_at, report.slot)
