"""What is due and nobody has begun, as the board has it; and the mail that says so after its slot."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from coverage.desk.board.grid import Cell, rows
from coverage.desk.board.reading import read
from coverage.desk.board.states import State
from coverage.newsroom.models import Publication
from coverage.newsroom.walltime import in_words
from reviews.announcing import letters, occasions
from reviews.announcing.kinds import Kind
from reviews.announcing.lateness import round_of
from reviews.announcing.letters import Letter, NothingToSay, Occasion
from reviews.announcing.recipients import account_of, all_but, destination_of, editors
from reviews.models import Announcement

_STATES = (State.UNASSIGNED, State.ASSIGNED, State.LATE)
_NOUN = "week"


def register() -> None:
    """Called when the desk is ready."""
    occasions.register("unbegun", look)
    letters.register(Kind.LATE, _NOUN, letter)


def unbegun(since: datetime, until: datetime, at: datetime, publication: Publication) -> Iterator[Cell]:
    """The board's cells that are due after `since` and until `until` and have no piece at `at`."""
    weeks = [publication.week(since)]
    while weeks[-1] < publication.week(until):
        weeks.append(weeks[-1].next())
    for row in rows(read(weeks, publication, at), weeks, publication, at, me=0):
        for cell in filter(None, row.cells):
            if cell.piece is None and cell.state in _STATES and since < cell.due_at <= until:
                yield cell


def look(at: datetime) -> None:
    """Tell whoever was to write it, and the editors. What nobody was to write is for the board to show."""
    publication = Publication.objects.get()
    for cell in unbegun(at - Kind.LATE.useful_for, at, at, publication):
        if cell.reviewer:
            Announcement.objects.write(_rows(cell, at))


def _rows(cell: Cell, at: datetime) -> Iterator[Announcement]:
    for user in all_but(None, editors(), account_of(cell.reviewer)):
        yield Announcement.made(
            Kind.LATE,
            destination_of(user),
            _subject(cell),
            round=round_of(cell.due_at),
            at=at,
            detail={"about": _about(cell)},
        )


def letter(occasion: Occasion) -> Letter:
    cell = _still_unbegun(occasion)
    return Letter(
        subject=_("Late: %(about)s") % {"about": _about(cell)},
        opening=_("The slot of a piece has passed, and nobody has begun it."),
        facts=[
            (_("Was due"), in_words(cell.due_at, occasion.publication.zone, occasion.at)),
            (_("By"), cell.who or _("nobody yet")),
        ],
        action=_("Open the board"),
        path=cell.url,
    )


def _still_unbegun(occasion: Occasion) -> Cell:
    """The cell that the row is about, if it stands as it did."""
    at, row = occasion.at, occasion.row
    since = row.due_at - Kind.LATE.useful_for - timedelta.resolution
    for cell in unbegun(since, at, at, occasion.publication):
        if cell.reviewer and (_subject(cell), round_of(cell.due_at)) == (row.subject, row.round):
            return cell
    raise NothingToSay("it has been begun, or is nobody's to write any more")


def _subject(cell: Cell) -> str:
    return f"{_NOUN}:{cell.series.pk}:{cell.week}"


def _about(cell: Cell) -> str:
    return ", ".join(filter(None, (cell.series.title, cell.what)))
