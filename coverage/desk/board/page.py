"""The board's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from coverage.desk.board.drafts import startable
from coverage.desk.board.grid import Cell, Row, by_episode, rows
from coverage.desk.board.looking import Look
from coverage.desk.board.reading import read
from coverage.desk.board.states import State
from coverage.desk.time_machine.coming import MINUTE
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import Publication, User
from coverage.newsroom.weeks import Week
from reviews.models import Reviewer
from reviews.planning import may_plan


@dataclass(frozen=True)
class Head:
    """A week's head: its slot, and the instant from which what goes out with it can be seen."""

    week: Week
    slot: datetime
    is_now: bool

    @property
    def seen_at(self) -> datetime:
        return self.slot + MINUTE

    @classmethod
    def of(cls, week: Week, publication: Publication, today: Week) -> "Head":
        return cls(week, publication.slot.on(week), week == today)


def board(request: NewsroomRequest) -> HttpResponse:
    me = cast("User", request.user)
    if not me.has_perm("reviews.view_review"):
        raise PermissionDenied
    look = Look.read(request.GET, request.publication.week(request.now))
    context = admin.site.each_context(request) | _shown(request, look, me)
    return TemplateResponse(request, "desk/board.html", context)


def _shown(request: NewsroomRequest, look: Look, me: User) -> dict[str, Any]:
    publication, now, weeks = request.publication, request.now, look.weeks
    facts = read(weeks, publication, now)
    found = rows(facts, weeks, publication, now, me.pk)
    # Who writes opens on their own pieces, who has no byline on everybody's.
    mine = look.whose == "mine" or (not look.whose and Reviewer.objects.filter(user=me).exists())
    if mine:
        found = _only_mine(found)
    cells = [cell for row in found for cell in row.cells if cell]
    drafts = startable(cells, me)
    heads = [Head.of(week, publication, look.today) for week in weeks]
    listed = _by_week(heads, found)
    unassigned = [cell for cell in cells if cell.state == State.UNASSIGNED]
    numbers: list[str] = []
    table = found
    if look.by == "episode":
        numbers, table = by_episode(facts, weeks, publication, now, me.pk)
        table = _only_mine(table) if mine else table
    return {
        "title": _("Board"),
        "look": look,
        "back": urlencode({"back": look.query}),
        "is_mine": mine,
        "may_plan": may_plan(me),
        "heads": heads,
        "numbers": numbers,
        "rows": table,
        "list": listed,
        "soonest": _to_jump_to(listed, look.today),
        "late": sum(cell.state == State.LATE for cell in cells),
        "unassigned": len(unassigned),
        "first_unassigned": min(unassigned, key=lambda cell: cell.week, default=None),
        "overtaken": sum(cell.overtaken is not None for cell in cells),
        "next_week": look.today.next(),
        "startable": {cell.key for cell in drafts},
        "missing": sum(cell.week == look.today for cell in drafts),
    }


def _only_mine(found: Sequence[Row]) -> list[Row]:
    """The shows in which something is mine, and of them nothing else."""
    return [
        Row(row.series, tuple(cell if cell and cell.is_mine else None for cell in row.cells))
        for row in found
        if row.is_mine
    ]


def _by_week(heads: Sequence[Head], found: Sequence[Row]) -> list[tuple[Head, list[Cell]]]:
    columns = zip(*(row.cells for row in found), strict=True) if found else iter(())
    listed = [[cell for cell in column if cell and not cell.is_quiet] for column in columns]
    return [(head, cells) for head, cells in zip(heads, listed, strict=False) if cells]


def _to_jump_to(listed: Sequence[tuple[Head, list[Cell]]], today: Week) -> Head | None:
    """The first week of the list that isn't over, where others stand before it."""
    coming = [head for head, _cells in listed if head.week >= today]
    return coming[0] if coming and coming[0] != listed[0][0] else None
