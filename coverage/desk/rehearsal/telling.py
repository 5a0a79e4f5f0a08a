"""The rehearsal by mail: from the day before a slot on, for editors and for whoever has something in it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coverage.desk.rehearsal.report import Rehearsed, Report
from coverage.desk.rehearsal.running import AHEAD, rehearse
from coverage.newsroom.models import Publication, User
from coverage.newsroom.walltime import in_words
from reviews.announcing import letters, occasions
from reviews.announcing.kinds import Kind
from reviews.announcing.lateness import round_of
from reviews.announcing.letters import Letter, NothingToSay, Occasion, Passage
from reviews.announcing.recipients import account_of, authors, destination_of, editors
from reviews.models import Announcement

SUBJECT = "slot"
# The announcer has other things to do, too.
SECONDS = 30.0


def register() -> None:
    """Called when the desk is ready."""
    occasions.register("rehearsal", look)
    letters.register(Kind.REHEARSAL, SUBJECT, letter)


def look(at: datetime) -> None:
    """Rehearse the next slot, if that is near and hasn't been told yet, and write the mails."""
    slot = Publication.objects.get().next_slot(at)
    told = Announcement.objects.filter(kind=Kind.REHEARSAL, subject=SUBJECT, round=round_of(slot))
    if at < slot - AHEAD or told.exists():
        return
    Announcement.objects.write(rows(rehearse(slot, at, SECONDS)))


def rows(report: Report) -> Iterable[Announcement]:
    """The mails, not saved: editors get all of it, everybody else what is theirs."""
    everything = {user.pk: user for user in editors()}
    theirs: dict[int, list[Rehearsed]] = {}
    people = dict(everything)
    for piece in report.pieces:
        for user in _owners(piece):
            people[user.pk] = user
            theirs.setdefault(user.pk, []).append(piece)
    for pk, user in people.items():
        detail = _detail(report, None if pk in everything else theirs[pk])
        yield Announcement.made(
            Kind.REHEARSAL,
            destination_of(user),
            SUBJECT,
            round=round_of(report.slot),
            at=report.made_at,
            detail=detail,
        )


def _owners(piece: Rehearsed) -> Iterable[User]:
    if piece.review:
        return authors(piece.review)
    return account_of(piece.reviewer) if piece.reviewer else ()


def _detail(report: Report, only: Sequence[Rehearsed] | None) -> dict[str, Any]:
    """What the letter says; a rehearsal isn't repeated for each who reads of it."""
    shown = report if only is None else Report(report.slot, report.made_at, list(only))
    passages = [[owner.name, [_line(piece) for piece in owner.pieces]] for owner in shown.owners]
    if shown.site:
        passages.append([_("The site"), shown.site])
    return {"slot": report.slot.isoformat(), "sum": shown.sum, "passages": passages}


def _line(piece: Rehearsed) -> str:
    said = " ".join([*(piece.faults or [_("Ready.")]), *piece.hints])
    return f"{piece.title}: {said}" if piece.review else f"{piece.title}, {piece.about}: {said}"


def letter(occasion: Occasion) -> Letter:
    detail = occasion.row.detail
    slot = datetime.fromisoformat(detail["slot"])
    if slot <= occasion.at:
        raise NothingToSay("the slot has come")
    return Letter(
        subject=_("Rehearsal: %(sum)s") % {"sum": detail["sum"]},
        opening=detail["sum"],
        title=in_words(slot, occasion.publication.zone, occasion.at),
        passages=[Passage(name, items) for name, items in detail["passages"]],
        action=_("See it at the desk"),
        path=reverse("admin:rehearsal"),
    )
