"""Beginning drafts from the board: one, a catch-up, or all that a week lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coverage.desk.board.grid import Cell, row_of
from coverage.desk.board.looking import came_from, week_named
from coverage.desk.board.reading import read
from coverage.desk.board.states import State
from coverage.newsroom.keys import as_key
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import User
from coverage.newsroom.weeks import Week
from reviews.models import Reviewer
from reviews.starting import Started, may_start, start
from reviews.verbs import Act
from series.models import Episode, Series

# A catch-up is about two or three episodes; how many weeks back it looks for them.
MOST_EPISODES, WEEKS_BACK = 3, 6


@dataclass(frozen=True)
class CatchUp:
    """One piece about what is late, and about what is due next where that has no piece yet."""

    cells: tuple[Cell, ...]
    episodes: tuple[Episode, ...]

    @property
    def reviewer(self) -> Reviewer | None:
        """Who has the latest of its weeks that anybody has."""
        return next((cell.reviewer for cell in reversed(self.cells) if cell.reviewer), None)

    @property
    def numbers(self) -> str:
        return ", ".join(episode.number for episode in self.episodes)


def startable(cells: Iterable[Cell], user: User) -> list[Cell]:
    """Those that lack a draft which `user` may begin."""
    return [cell for cell in cells if cell.reviewer and cell.may_begin and may_start(user, cell.reviewer)]


def standing(request: NewsroomRequest, series: Series, week: Week) -> tuple[Cell, CatchUp | None]:
    """How the show's week stands, and the catch-up that may be offered in it."""
    publication, now = request.publication, request.now
    weeks = [series.slot(publication).week_for(now)]
    while len(weeks) <= WEEKS_BACK:
        weeks.insert(0, weeks[0].previous())
    if week not in weeks:
        return cells_of(request, [week], series)[0], None
    cells = cells_of(request, weeks, series)
    found = _to_catch_up_on(cells, weeks[-1])
    here = next(cell for cell in cells if cell.week == week)
    return here, found if found and here in found.cells else None


def _to_catch_up_on(cells: Sequence[Cell], coming: Week) -> CatchUp | None:
    late = [cell for cell in cells if cell.state == State.LATE and cell.uncovered]
    due = [cell for cell in cells if cell.week == coming and cell.state.has_no_piece and cell.uncovered]
    episodes = [episode for cell in [*late, *due] for episode in cell.uncovered][-MOST_EPISODES:]
    chosen = tuple(cell for cell in [*late, *due] if set(cell.uncovered) & set(episodes))
    if len(episodes) < 2 or not any(cell in late for cell in chosen):
        return None
    return CatchUp(chosen, tuple(episodes))


@require_POST
def start_drafts(request: NewsroomRequest) -> HttpResponse:
    """`due`, a series' key and a week, begins that one; with `catch_up`, as one. `week` begins all of it."""
    if not cast("User", request.user).has_perm("reviews.add_review"):
        raise PermissionDenied
    key, colon, named = request.POST.get("due", "").rpartition(":")
    week = week_named(named if colon else request.POST.get("week", ""))
    if week is None or (colon and as_key(key) is None):
        raise BadRequest
    if not colon:
        return _all(request, week)
    return _one(request, get_object_or_404(Series, pk=as_key(key)), week)


def _one(request: NewsroomRequest, series: Series, week: Week) -> HttpResponse:
    cell, catch_up = standing(request, series, week)
    try:
        if "catch_up" in request.POST and catch_up and catch_up.reviewer:
            return _opened(_begin(request, catch_up.cells[-1], catch_up.episodes, catch_up.reviewer))
        if cell.reviewer and cell.may_begin:
            return _opened(_begin(request, cell, cell.uncovered, cell.reviewer))
    except ValidationError as refusal:
        _say_refused(request, series, refusal)
        return _back(request)
    if cell.piece:
        return redirect("admin:reviews_review_change", cell.piece.pk)
    messages.error(request, _("There is no draft to begin: nobody has it, or no piece is due."))
    return _back(request)


def _all(request: NewsroomRequest, week: Week) -> HttpResponse:
    """Each in a transaction of its own: what stands in the way of one doesn't stop the others."""
    user = cast("User", request.user)
    cells = cells_of(request, [week])
    if request.POST.get("whose") == "mine":
        cells = [cell for cell in cells if cell.is_mine]
    begun = 0
    for cell in startable(cells, user):
        try:
            begun += _begin(request, cell, cell.uncovered, cast("Reviewer", cell.reviewer)).is_new
        except ValidationError as refusal:
            _say_refused(request, cell.series, refusal)
    said = ngettext("%(count)s draft is begun.", "%(count)s drafts are begun.", begun) % {"count": begun}
    messages.success(request, said if begun else _("No draft was missing."))
    _say_what_nobody_has(request, cells)
    return _back(request)


def _opened(begun: Started) -> HttpResponse:
    return redirect("admin:reviews_review_change", begun.review.pk)


def _say_refused(request: NewsroomRequest, series: Series, refusal: ValidationError) -> None:
    for sentence in refusal.messages:
        messages.error(request, f"{series}: {sentence}")


def _say_what_nobody_has(request: NewsroomRequest, cells: Iterable[Cell]) -> None:
    nobodys = sum(bool(cell.uncovered) and not cell.reviewer and not cell.skip for cell in cells)
    if nobodys:
        said = ngettext(
            "%(count)s piece has no draft because nobody has it yet.",
            "%(count)s pieces have no draft because nobody has them yet.",
            nobodys,
        )
        messages.warning(request, said % {"count": nobodys})


def _begin(request: NewsroomRequest, cell: Cell, episodes: Sequence[Episode], reviewer: Reviewer) -> Started:
    """For the cell's slot or, once that has passed, for the series' next."""
    now = request.now
    slot = cell.series.slot(request.publication)
    planned_at = cell.due_at if cell.due_at > now else slot.next_at_or_after(now)
    return start(cell.series, episodes, reviewer, planned_at, Act(cast("User", request.user), now))


def cells_of(request: NewsroomRequest, weeks: Sequence[Week], only: Series | None = None) -> list[Cell]:
    """The cells of every show, or of one, one after the other."""
    publication, now, me = request.publication, request.now, cast("User", request.user)
    facts = read(weeks, publication, now, only)
    found = [row_of(show, facts, weeks, publication, now, me.pk) for show in facts.shows]
    return [cell for row in found for cell in row.cells if cell]


def _back(request: NewsroomRequest) -> HttpResponse:
    return HttpResponseRedirect(came_from(request, request.POST.get("back", "")).url)
