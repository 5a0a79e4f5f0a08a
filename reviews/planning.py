"""What an editor says of a series' weeks: who covers them, and which are left out.

As the verbs do for a piece, each locks the series' row, checks who asks and what they had read, changes
the plan and writes an audit entry on the series, in one transaction. It raises `VerbRefused`,
`StalePlan` or PermissionDenied.
"""

from collections.abc import Callable, Collection
from functools import update_wrapper
from typing import Any, Concatenate
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coverage.newsroom.models import AuditEntry, Publication, User
from coverage.newsroom.weeks import Week
from reviews import rules
from reviews.models import Assignment, Reviewer, Skip
from reviews.plans import Plan, covering, episodes_due
from reviews.rules import VerbRefused
from reviews.verbs import Act
from series.models import Series

Detail = dict[str, Any]
type Move[**P] = Callable[Concatenate[Series, Week | None, Plan, Act, P], Detail]
type PlanningVerb[**P] = Callable[Concatenate[Series, Week | None, Act, P], None]


class StalePlan(ValidationError):
    """Somebody else has changed the plan of this week since it was read."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody has changed this on the board since you looked, so nothing was done. Look again."),
            code="stale",
        )


def may_plan(user: User) -> bool:
    """Whether `user` may assign and skip."""
    return user.has_perm("reviews.plan_coverage")


def locked(series: Series) -> Series:
    """The series' row, held until the transaction ends; rows that only refer to it don't wait."""
    return Series.objects.select_for_update(of=("self",), no_key=True).get(pk=series.pk)


def planning[**P](move: Move[P]) -> PlanningVerb[P]:
    """Make a verb of a change of the plan; what it returns goes into the audit entry.

    The act's version is the plan's token (`Plan.token`). Without a week it is about the whole season.
    """
    name = move.__name__

    def run(series: Series, week: Week | None, act: Act, /, *args: P.args, **kwargs: P.kwargs) -> None:
        with transaction.atomic():
            series = locked(series)
            if not may_plan(act.by):
                raise PermissionDenied
            rules.refuse_nulls(act.note)
            plan = Plan.of(series)
            if act.version is not None and act.version != plan.token(week):
                raise StalePlan
            detail = move(series, week, plan, act, *args, **kwargs)
            detail["week"] = str(week or "")
            AuditEntry.objects.record(name, series, by=act.by, at=act.at, note=act.note, **detail)

    update_wrapper(run, move)
    return run


@planning
def assign(
    series: Series,
    week: Week | None,
    plan: Plan,
    act: Act,
    reviewer: Reviewer,
    lasts: bool = False,
    instead_of: Collection[UUID] = (),
) -> Detail:
    """Give the week to `reviewer`; with `lasts`, and always without a week, those that follow too.

    What is said of other weeks stays, but for the assignments with the versions `instead_of`.
    """
    others = [row for row in plan.assignments if row.version in instead_of]
    if len(others) != len(set(instead_of)):
        raise StalePlan
    for row in others:
        row.delete()
    _say(series, week, reviewer, lasts=lasts or week is None)
    if lasts and week and (own := plan.own(week)):
        own.delete()
    return {"reviewer": reviewer.byline, "lasts": lasts or week is None}


@planning
def unassign(series: Series, week: Week | None, plan: Plan, act: Act, lasts: bool = False) -> Detail:
    """Let nobody have the week; with `lasts`, nor those that follow; without a week, the season."""
    holds = plan.lasting(week)
    own = plan.own(week) if week else None
    had = own if own and not lasts else holds
    if had is None or had.reviewer is None:
        raise VerbRefused(_("Nobody has it."))
    if own:
        own.delete()
    if week is None:
        had.delete()
    elif holds and holds.reviewer:
        _say(series, week, None, lasts=lasts)
    return {"reviewer": had.reviewer.byline, "lasts": lasts or week is None}


@planning
def skip(series: Series, week: Week | None, plan: Plan, act: Act) -> Detail:
    """Leave the week out: no piece is due. `act.note` says why."""
    rules.demand_note(act.note, _("Say why this week is skipped."))
    if len(act.note) > _longest_reason():
        raise VerbRefused(_("Say it in %(number)s characters.") % {"number": _longest_reason()})
    if plan.skip(week):
        raise VerbRefused(_("It is skipped already."))
    if week is None:
        raise VerbRefused(_("Name the week to be skipped."))
    due = episodes_due(series, week, Publication.objects.current(act.at))
    if piece := covering(due).first():
        raise VerbRefused(
            _("“%(piece)s” is on the desk for it. Discard that first, then skip the week.") % {"piece": piece}
        )
    Skip.objects.create(series=series, week=str(week), reason=act.note, skipped_by=act.by, skipped_at=act.at)
    return {}


@planning
def unskip(series: Series, week: Week | None, plan: Plan, act: Act) -> Detail:
    """Let the week's piece be due after all."""
    row = plan.skip(week)
    if row is None:
        raise VerbRefused(_("It isn't skipped."))
    row.delete()
    return {"reason": row.reason}


def _say(series: Series, week: Week | None, reviewer: Reviewer | None, *, lasts: bool) -> None:
    Assignment.objects.update_or_create(
        series=series,
        week=str(week or ""),
        lasts=lasts,
        defaults={"reviewer": reviewer, "version": uuid4()},
    )


def _longest_reason() -> int:
    return Skip._meta.get_field("reason").max_length or 0
