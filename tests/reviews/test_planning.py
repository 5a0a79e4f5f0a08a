"""Who covers what, and which weeks are left out: the verbs of the plan."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from coverage.newsroom.models import AuditEntry, Publication
from coverage.newsroom.roles import Role
from coverage.newsroom.weeks import Week
from reviews import planning
from reviews.models import Assignment, Skip
from reviews.plans import Plan, covering, episodes_due, week_due
from reviews.rules import VerbRefused
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    make_episode,
    make_part,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db

# FRIDAY lies in W03.
W02, W03, W04, W05 = (Week(2026, number) for number in (2, 3, 4, 5))
BEFORE_FRIDAY = FRIDAY - timedelta(days=3)


@pytest.fixture
def series(db):
    return make_series("Moonlit Ferry")


def act(by, version=None, note=""):
    return Act(by, NOW, version, note)


def covers(series, *weeks):
    plan = Plan.of(series)
    return [plan.reviewer(week) for week in weeks]


def test_a_season_is_covered_in_every_week(series, editor):
    ana = make_reviewer("Ana")

    planning.assign(series, None, act(editor), ana)

    assert covers(series, W02, W03, W04) == [ana, ana, ana]


def test_a_weeks_own_reviewer_goes_before_the_seasons(series, editor):
    ana, ben = make_reviewer("Ana"), make_reviewer("Ben")
    planning.assign(series, None, act(editor), ana)

    planning.assign(series, W03, act(editor), ben)

    assert covers(series, W02, W03, W04) == [ana, ben, ana]


def test_from_a_week_on_somebody_else_has_it(series, editor):
    ana, ben = make_reviewer("Ana"), make_reviewer("Ben")
    planning.assign(series, None, act(editor), ana)
    planning.assign(series, W03, act(editor), ana)

    planning.assign(series, W03, act(editor), ben, lasts=True)

    assert covers(series, W02, W03, W04) == [ana, ben, ben]


def test_unassigning_a_week_leaves_the_rest_of_the_season(series, editor):
    ana = make_reviewer("Ana")
    planning.assign(series, None, act(editor), ana)

    planning.unassign(series, W03, act(editor))

    assert covers(series, W02, W03, W04) == [ana, None, ana]


def test_unassigning_from_a_week_on_ends_it_there(series, editor):
    ana = make_reviewer("Ana")
    planning.assign(series, None, act(editor), ana)

    planning.unassign(series, W03, act(editor), lasts=True)

    assert covers(series, W02, W03, W04) == [ana, None, None]


def test_unassigning_what_only_a_week_said_leaves_no_trace_in_the_plan(series, editor):
    planning.assign(series, W03, act(editor), make_reviewer())

    planning.unassign(series, W03, act(editor))

    assert not Assignment.objects.exists()


def test_unassigning_the_season_leaves_a_weeks_own(series, editor):
    ana, ben = make_reviewer("Ana"), make_reviewer("Ben")
    planning.assign(series, None, act(editor), ana)
    planning.assign(series, W03, act(editor), ben)

    planning.unassign(series, None, act(editor))

    assert covers(series, W02, W03) == [None, ben]


@pytest.mark.parametrize("week", [None, W03])
def test_what_nobody_has_cannot_be_taken_away(series, editor, week):
    with pytest.raises(VerbRefused, match="Nobody has it"):
        planning.unassign(series, week, act(editor))


def test_a_week_is_skipped_with_a_reason_and_taken_back(series, editor):
    planning.skip(series, W03, act(editor, note="The critics are away."))
    skipped = Skip.objects.get()
    planning.unskip(series, W03, act(editor))

    assert (skipped.week, skipped.reason, skipped.skipped_by) == ("2026-W03", "The critics are away.", editor)
    assert not Skip.objects.exists()


@pytest.mark.parametrize(
    ("note", "why"),
    [("  ", "Say why"), ("Because. " * 30, "200 characters"), ("A\0B", "can't be kept")],
)
def test_a_skip_needs_a_reason_that_can_be_kept(series, editor, note, why):
    with pytest.raises(VerbRefused, match=why):
        planning.skip(series, W03, act(editor, note=note))

    assert not Skip.objects.exists()


def test_a_week_is_not_skipped_twice_nor_unskipped_without_a_skip(series, editor):
    with pytest.raises(VerbRefused, match="isn't skipped"):
        planning.unskip(series, W03, act(editor))
    planning.skip(series, W03, act(editor, note="Away."))

    with pytest.raises(VerbRefused, match="skipped already"):
        planning.skip(series, W03, act(editor, note="Away."))


def test_a_week_with_a_piece_on_the_desk_is_not_skipped(series, editor):
    episode = make_episode(series, airs_at=BEFORE_FRIDAY)
    make_review(series, episodes=[episode], headline="The tide turns")

    with pytest.raises(VerbRefused, match="The tide turns"):
        planning.skip(series, W03, act(editor, note="Away."))


def test_a_discarded_piece_does_not_stand_in_the_way(series, editor):
    episode = make_episode(series, airs_at=BEFORE_FRIDAY)
    make_review(series, episodes=[episode], status="discarded")

    planning.skip(series, W03, act(editor, note="Away."))

    assert Skip.objects.exists()


DOINGS = {
    "assign": lambda series, who: planning.assign(series, W04, who, make_reviewer()),
    "unassign": lambda series, who: planning.unassign(series, W03, who),
    "skip": lambda series, who: planning.skip(series, W04, who),
    "unskip": lambda series, who: planning.unskip(series, W05, who),
}


@pytest.fixture
def planned(series, editor):
    planning.assign(series, W03, act(editor), make_reviewer())
    planning.skip(series, W05, act(editor, note="Away."))
    return series


def everything():
    return list(Assignment.objects.values()), list(Skip.objects.values()), AuditEntry.objects.count()


@pytest.mark.parametrize("name", DOINGS)
@pytest.mark.parametrize("role", [None, Role.WRITER])
def test_only_editors_plan(planned, name, role):
    before = everything()

    with pytest.raises(PermissionDenied):
        DOINGS[name](planned, act(make_user(role), note="Because."))

    assert everything() == before


@pytest.mark.parametrize("name", DOINGS)
@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF])
def test_whatever_is_planned_is_written_down(planned, name, role):
    user = make_user(role)

    DOINGS[name](planned, act(user, note="Because."))

    entry = AuditEntry.objects.about(planned)[0]
    assert (entry.verb, entry.actor, entry.note) == (name, user, "Because.")
    assert entry.detail["week"]


@pytest.mark.parametrize("name", DOINGS)
def test_what_somebody_has_changed_since_is_refused(planned, editor, name):
    week = {"unassign": W03, "unskip": W05}.get(name, W04)
    seen = Plan.of(planned).token(week)
    planning.assign(planned, week, act(editor), make_reviewer("Meanwhile"))
    before = everything()

    with pytest.raises(planning.StalePlan):
        DOINGS[name](planned, act(editor, seen, note="Because."))

    assert everything() == before


@pytest.mark.parametrize("name", DOINGS)
def test_what_was_read_as_it_stands_is_done(planned, editor, name):
    week = {"unassign": W03, "unskip": W05}.get(name, W04)

    DOINGS[name](planned, act(editor, Plan.of(planned).token(week), note="Because."))

    assert AuditEntry.objects.about(planned)[0].verb == name


def test_another_weeks_change_does_not_make_this_one_stale(series, editor):
    seen = Plan.of(series).token(W03)

    planning.assign(series, W04, act(editor), make_reviewer())

    assert Plan.of(series).token(W03) == seen


def test_giving_it_back_is_a_change_too(series, editor):
    """As an editor read it, A had it; meanwhile B did, and now A again."""
    ana = make_reviewer()
    planning.assign(series, W03, act(editor), ana)
    seen = Plan.of(series).token(W03)

    planning.unassign(series, W03, act(editor))
    planning.assign(series, W03, act(editor), ana)

    assert Plan.of(series).token(W03) != seen


# When a piece is due


def due_in(series, *weeks):
    publication = Publication.objects.current(NOW)
    return [[episode.number for episode in episodes_due(series, week, publication)] for week in weeks]


def test_a_piece_is_due_at_the_first_slot_after_its_airing(series):
    for number, airs_at in [
        ("1", FRIDAY - timedelta(days=7)),
        ("2", FRIDAY - timedelta(days=7) + timedelta.resolution),
        ("3", FRIDAY),
        ("4", FRIDAY + timedelta(seconds=1)),
    ]:
        make_episode(series, number, airs_at=airs_at)
    make_episode(series, "5", airs_at=None)

    assert due_in(series, W02, W03, W04) == [["1"], ["2", "3"], ["4"]]


def test_an_embargo_moves_what_is_due(series):
    make_episode(series, "1", airs_at=BEFORE_FRIDAY, embargo_until=FRIDAY + timedelta(days=1))

    assert due_in(series, W03, W04) == [[], ["1"]]


def test_a_series_embargo_moves_all_of_it(series):
    make_episode(series, "1", airs_at=BEFORE_FRIDAY)
    series.embargo_until = FRIDAY + timedelta(days=8)
    series.save()

    assert due_in(series, W03, W05) == [[], ["1"]]


def test_a_series_own_slot_counts(series):
    series.slot_weekday, series.slot_time = 0, Publication.objects.get().slot_time
    series.save()
    make_episode(series, "1", airs_at=BEFORE_FRIDAY)

    assert due_in(series, W03, W04) == [[], ["1"]]


def test_an_unknown_airing_is_due_in_no_week(series):
    episode = make_episode(series, airs_at=None)

    assert week_due(episode, series.slot(Publication.objects.get())) is None


def test_a_run_covers_what_lies_in_it(series):
    first, inside, last, after = (make_episode(series, number) for number in ("25", "26", "27", "28"))
    review = make_review(series)
    make_part(review, first, make_reviewer(), last_episode=last)

    assert [list(covering([episode])) for episode in (first, inside, last, after)] == [
        [review],
        [review],
        [review],
        [],
    ]


def test_covering_asks_once_however_many(series, django_assert_num_queries):
    episodes = [make_episode(series, number) for number in ("1", "2", "3")]

    with django_assert_num_queries(1):
        list(covering(episodes))


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_the_second_is_told():
    series, editors = make_series(), [make_user(Role.EDITOR), make_user(Role.EDITOR)]
    reviewers = [make_reviewer(), make_reviewer()]
    seen, barrier, outcomes = Plan.of(series).token(W03), Barrier(2), []

    def give(user, reviewer):
        try:
            barrier.wait(10)
            planning.assign(series, W03, act(user, seen), reviewer)
            outcomes.append("done")
        except planning.StalePlan:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=give, args=pair) for pair in zip(editors, reviewers, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["done", "told"]
    assert Assignment.objects.count() == 1
