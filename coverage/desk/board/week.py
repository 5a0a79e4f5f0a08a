"""One show's week, or its season: who covers it, whether it is skipped; changed through the plan's verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coverage.desk.board.drafts import CatchUp, standing, startable
from coverage.desk.board.forms import ONWARD, SEASON, AssignForm, Seen, SkipForm
from coverage.desk.board.grid import Cell
from coverage.desk.board.looking import Look, came_from, week_named
from coverage.newsroom.keys import as_key
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import User
from coverage.newsroom.walltime import in_words
from coverage.newsroom.weeks import Week
from reviews import planning
from reviews.models import Assignment
from reviews.planning import may_plan
from reviews.plans import Plan
from reviews.starting import check_credits, may_start, unchecked_credits
from reviews.verbs import Act
from series.models import Series


@dataclass(frozen=True)
class Asked:
    """What the page is about, and who asks. Without a week it is the whole season."""

    request: NewsroomRequest
    series: Series
    week: Week | None
    plan: Plan

    @property
    def user(self) -> User:
        return cast("User", self.request.user)

    @property
    def look(self) -> Look:
        return came_from(self.request, self.request.GET.get("back", ""))

    def act(self, form: Seen, seen: str = "seen") -> Act:
        return Act(
            self.user, self.request.now, form.cleaned_data[seen], form.cleaned_data.get("note", "").strip()
        )

    @property
    def tokens(self) -> dict[str, Any]:
        return {"seen": self.plan.token(self.week), "seen_season": self.plan.token(None)}


def season_page(request: NewsroomRequest, pk: int) -> HttpResponse:
    return _page(request, pk, None)


def week_page(request: NewsroomRequest, pk: int, week: str) -> HttpResponse:
    asked = week_named(week)
    if asked is None:
        raise Http404
    return _page(request, pk, asked)


def _page(request: NewsroomRequest, pk: int, week: Week | None) -> HttpResponse:
    if not cast("User", request.user).has_perm("reviews.view_review"):
        raise PermissionDenied
    series = get_object_or_404(Series, pk=pk)
    asked = Asked(request, series, week, Plan.of(series))
    if request.method != "POST":
        return _shown(asked)
    if not may_plan(asked.user):
        raise PermissionDenied
    return _done(asked)


def _done(asked: Asked) -> HttpResponse:
    """Do what the pressed button says, and go back to the board; or say why not."""
    doing = DOINGS.get(asked.request.POST.get("do", ""))
    if doing is None:
        raise BadRequest
    choices = {"others": _others(asked)} if doing.form is AssignForm else {}
    form = doing.form(asked.request.POST, **choices)
    if form.is_valid():
        try:
            said = doing.run(asked, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(asked.request, said)
            return HttpResponseRedirect(asked.look.url)
    # As it stands now: what is refused as stale may be done knowingly.
    now = Asked(asked.request, asked.series, asked.week, Plan.of(asked.series))
    form.data = asked.request.POST.dict() | {name: str(token) for name, token in now.tokens.items()}
    return _shown(now, refused=form)


def _assign(asked: Asked, form: Seen) -> str:
    reviewer = form.cleaned_data["reviewer"]
    scope = form.cleaned_data["scope"] if asked.week else SEASON
    if scope == SEASON:
        also = form.cleaned_data.get("also", ())
        planning.assign(asked.series, None, asked.act(form, "seen_season"), reviewer, instead_of=also)
    else:
        planning.assign(asked.series, asked.week, asked.act(form), reviewer, lasts=scope == ONWARD)
    said = _("%(reviewer)s covers %(series)s.") % {"reviewer": reviewer, "series": asked.series}
    stays = [row.week for row in Plan.of(asked.series).assignments if row.week and scope == SEASON]
    if stays:
        said += " " + _("Given otherwise as before: %(weeks)s.") % {"weeks": ", ".join(sorted(stays))}
    return said


def _unassign(asked: Asked, form: Seen) -> str:
    planning.unassign(asked.series, asked.week, asked.act(form))
    return _("Nobody covers it now.")


def _skip(asked: Asked, form: Seen) -> str:
    planning.skip(asked.series, asked.week, asked.act(form))
    return _("The week is skipped: no piece is due.")


def _unskip(asked: Asked, form: Seen) -> str:
    planning.unskip(asked.series, asked.week, asked.act(form))
    return _("The week isn't skipped any more.")


def _check_credits(asked: Asked, form: Seen) -> str:
    cell, _catch_up = standing(asked.request, asked.series, asked.week) if asked.week else (None, None)
    seen = [key for told in asked.request.POST.getlist("credit") if (key := as_key(told))]
    checked = check_credits(asked.series, cell.episodes if cell else (), seen, asked.act(form))
    return ngettext("%(count)s credit is checked.", "%(count)s credits are checked.", checked) % {
        "count": checked
    }


@dataclass(frozen=True)
class Doing:
    form: Callable[..., Seen]
    run: Callable[[Asked, Any], str]


DOINGS = {
    "assign": Doing(AssignForm, _assign),
    "unassign": Doing(Seen, _unassign),
    "skip": Doing(SkipForm, _skip),
    "unskip": Doing(Seen, _unskip),
    "check_credits": Doing(Seen, _check_credits),
}


def _shown(asked: Asked, refused: Seen | None = None) -> HttpResponse:
    request, week = asked.request, asked.week
    cell, catch_up = standing(request, asked.series, week) if week else (None, None)
    context = admin.site.each_context(request) | {
        "title": str(asked.series),
        "subtitle": in_words(cell.due_at, request.publication.zone, request.now) if cell else _("The season"),
        "series": asked.series,
        "week": week,
        "cell": cell,
        "plan": asked.plan,
        "has_said_of_weeks": bool(asked.plan.skips) or any(row.week for row in asked.plan.assignments),
        "holds": asked.plan.reviewer(week) if week else _of_the_season(asked.plan),
        "may_plan": may_plan(asked.user),
        "seen": asked.plan.token(week),
        "refused": refused,
        "look": asked.look,
        "back": asked.look.url,
        **(_begins(asked, cell, catch_up) if cell else {}),
        **_forms(asked, refused),
    }
    return TemplateResponse(request, "desk/board_week.html", context, status=409 if refused else 200)


def _begins(asked: Asked, cell: Cell, catch_up: CatchUp | None) -> dict[str, Any]:
    """What may be begun here, and whose credits came with what was."""
    theirs = catch_up and catch_up.reviewer and may_start(asked.user, catch_up.reviewer)
    return {
        "may_begin": bool(startable([cell], asked.user)),
        "catch_up": catch_up if theirs else None,
        "carried": unchecked_credits(cell.episodes),
    }


def _forms(asked: Asked, refused: Seen | None) -> dict[str, Any]:
    """The two that ask something, fresh but for the one that was refused."""
    season = asked.week is None
    assign = AssignForm(initial=asked.tokens, for_season=season, others=_others(asked))
    forms: dict[str, Any] = {"assign": assign, "skip": SkipForm(initial=asked.tokens)}
    for name, form in forms.items():
        if type(refused) is type(form):
            forms[name] = refused
    return forms


def _others(asked: Asked) -> list[Assignment]:
    """On the season's page, what is said of its weeks by themselves."""
    return [row for row in asked.plan.assignments if row.week] if asked.week is None else []


def _of_the_season(plan: Plan) -> Any:
    row = plan.lasting(None)
    return row.reviewer if row else None
