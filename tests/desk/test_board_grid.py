"""What stands in the board's cells: computed from rows, in every state."""

from datetime import date, timedelta

import pytest

from coverage.desk.board.grid import rows
from coverage.desk.board.reading import read
from coverage.desk.board.states import State
from coverage.newsroom.models import Publication
from coverage.newsroom.roles import Role
from coverage.newsroom.weeks import Week
from reviews import planning, verbs
from reviews.announcing import lateness
from reviews.models import Release, Review
from reviews.verbs import Act
from series.models import Episode
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_part,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WEEK, DAY = timedelta(days=7), timedelta(days=1)
# NOW is the Wednesday of W03, whose slot is FRIDAY.
W01, W02, W03, W04, W05 = (Week(2026, number) for number in range(1, 6))


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR)


@pytest.fixture
def series(db):
    return make_series("Moonlit Ferry")


def airing(series, number="7", weeks=0, **fields):
    """An episode that airs on the Tuesday of W03, so that its piece is due on FRIDAY; or weeks from that."""
    return make_episode(series, number, **{"airs_at": FRIDAY - 3 * DAY + weeks * WEEK} | fields)


def grid(*weeks, at=NOW, me=0):
    publication = Publication.objects.get()
    weeks = weeks or (W02, W03, W04)
    return rows(read(weeks, publication, at), weeks, publication, at, me)


def cell(week=W03, at=NOW, me=0):
    """Of the one show on the board."""
    (row,) = grid(week, at=at, me=me)
    return row.cells[0]


def states(*weeks, at=NOW):
    (row,) = grid(*weeks, at=at)
    return [each.state for each in row.cells]


def act(by, note=""):
    return Act(by, NOW, note=note)


def test_what_nobody_has_is_unassigned(series):
    airing(series)

    assert (cell().state, cell().what, cell().who) == (State.UNASSIGNED, "Episode 7", "")


def test_what_somebody_has_waits_to_be_begun(series, editor):
    airing(series)
    planning.assign(series, None, act(editor), make_reviewer("Ana"))

    assert (cell().state, cell().words, cell().who) == (State.ASSIGNED, "Not begun", "Ana")


@pytest.mark.both_databases
def test_a_piece_goes_from_drafting_to_live(series, editor):
    review = make_review(series, episodes=[airing(series)], reviewer=make_reviewer("Ana"))
    seen = [cell().state]
    verbs.submit(review, act(editor))
    seen.append(cell().state)
    approve(review)
    seen += [cell().state, cell(at=FRIDAY - timedelta.resolution).state, cell(at=FRIDAY).state]

    assert seen == [State.DRAFTING, State.SUBMITTED, State.APPROVED, State.APPROVED, State.LIVE]
    assert cell().who == "Ana"


def test_the_cell_leads_to_the_piece(series):
    review = make_review(series, episodes=[airing(series)])

    assert cell().url == f"/desk/reviews/review/{review.pk}/change/"


@pytest.mark.both_databases
@pytest.mark.parametrize("after", [timedelta(), DAY, 10 * WEEK])
def test_from_its_slot_on_what_is_not_live_is_late(series, editor, after):
    airing(series)
    before = cell(at=FRIDAY - timedelta.resolution)
    nobodys = cell(at=FRIDAY + after)
    planning.assign(series, None, act(editor), make_reviewer())
    not_begun = cell(at=FRIDAY + after)
    review = make_review(series, episodes=[Episode.objects.get()])
    drafting = cell(at=FRIDAY + after)
    verbs.submit(review, act(editor))
    submitted = cell(at=FRIDAY + after)

    assert before.state == State.UNASSIGNED
    assert {each.state for each in (nobodys, not_begun, drafting, submitted)} == {State.LATE}
    assert [each.words for each in (nobodys, not_begun, drafting, submitted)] == [
        "Late: unassigned",
        "Late: not begun",
        "Late: drafting",
        "Late: submitted",
    ]


def test_a_piece_that_is_planned_for_later_is_late_only_then(series):
    later = FRIDAY + 2 * DAY
    make_review(series, episodes=[airing(series)], planned_at=later)

    assert [cell(at=at).state for at in (FRIDAY, later)] == [State.DRAFTING, State.LATE]


@pytest.mark.parametrize(
    ("planned", "due"),
    [
        (None, FRIDAY),
        (FRIDAY - 2 * DAY, FRIDAY - 2 * DAY),
        # Before the airing on Tuesday: it can't be out then.
        (FRIDAY - 4 * DAY, FRIDAY),
        (FRIDAY + 2 * DAY, FRIDAY + 2 * DAY),
    ],
)
def test_the_board_and_the_mails_agree_on_when_a_piece_is_due(series, planned, due):
    review = make_review(series, episodes=[airing(series)], planned_at=planned)

    assert cell().due_at == due
    assert lateness.due_at(review, Publication.objects.get()) == due


def test_a_withdrawn_piece_says_so(series, editor):
    review = make_live_review(series, episodes=[airing(series, weeks=-1)])
    verbs.withdraw(review, act(editor, note="Wrong."))

    assert states(W02) == [State.WITHDRAWN]


def test_a_piece_that_was_taken_back_is_being_drafted_again(series, editor):
    verbs.withdraw(approve(make_review(series, episodes=[airing(series)])), act(editor))

    assert cell().state == State.DRAFTING


@pytest.mark.both_databases
def test_a_discarded_piece_is_none(series, editor):
    verbs.discard(make_review(series, episodes=[airing(series)]), act(editor))

    assert (cell().state, cell().url) == (State.UNASSIGNED, f"/desk/board/{series.pk}/2026-W03/")


@pytest.mark.both_databases
def test_a_skipped_week_is_neither_due_nor_late(series, editor):
    airing(series)
    planning.skip(series, W03, act(editor, note="Away."))

    assert [cell(at=at).state for at in (NOW, FRIDAY + WEEK)] == [State.SKIPPED, State.SKIPPED]
    assert cell().skip.reason == "Away."


def test_a_show_that_runs_on_without_an_episode_is_on_a_break(series):
    airing(series, "7")
    airing(series, "8", weeks=2)

    assert states(W02, W03, W04, W05) == [State.NOTHING, State.UNASSIGNED, State.BREAK, State.UNASSIGNED]


def test_a_show_is_on_a_break_until_the_day_it_is_back(series):
    airing(series)
    series.back_on = date(2026, 1, 27)
    series.save()

    assert states(W03, W04, W05) == [State.UNASSIGNED, State.BREAK, State.NOTHING]


def test_a_recap_is_due_only_when_somebody_has_this_very_week(series, editor):
    airing(series, kind="recap")
    seen = [cell().state]
    planning.assign(series, None, act(editor), make_reviewer())
    seen.append(cell().state)
    planning.assign(series, W03, act(editor), make_reviewer())
    seen.append(cell().state)
    planning.unassign(series, W03, act(editor))
    seen.append(cell().state)

    assert seen == [State.RECAP, State.RECAP, State.ASSIGNED, State.RECAP]
    assert cell(at=FRIDAY + WEEK).state == State.RECAP


def test_a_recap_that_has_its_piece_is_shown_with_it(series):
    make_review(series, episodes=[airing(series, kind="recap")])

    assert cell().state == State.DRAFTING


def test_two_episodes_of_a_week_stand_in_one_cell_and_the_open_one_counts(series):
    first, _second = airing(series, "1"), airing(series, "2")
    approve(make_review(series, episodes=[first]))

    assert (cell().state, cell().what) == (State.UNASSIGNED, "Episodes 1, 2")
    assert [episode.number for episode in cell().uncovered] == ["2"]


@pytest.mark.both_databases
def test_a_run_covers_every_week_that_it_goes_over(series):
    first, _inside, last = (airing(series, number, weeks) for number, weeks in [("7", 0), ("8", 1), ("9", 2)])
    make_part(make_review(series, planned_at=FRIDAY + 2 * WEEK), first, make_reviewer(), last_episode=last)

    assert states(W03, W04, W05) == [State.DRAFTING] * 3
    assert states(W04) == [State.DRAFTING]


@pytest.mark.both_databases
def test_a_roundup_covers_what_it_is_about(series):
    review = make_review(kind="roundup")
    Review.objects.filter(pk=review.pk).update(series=None)
    make_part(review, airing(series), make_reviewer())

    assert cell().state == State.DRAFTING


def test_a_weekly_draft_without_a_part_yet_stands_for_its_week(series):
    airing(series, "7")
    airing(series, "8", weeks=1)
    make_review(series)

    assert states(W03, W04) == [State.DRAFTING, State.UNASSIGNED]


def test_a_preview_stands_where_it_is_planned_and_is_no_weekly_piece(series):
    airing(series)
    make_review(series, kind="preview", planned_at=FRIDAY - WEEK)

    assert states(W02, W03) == [State.LATE, State.UNASSIGNED]
    assert cell(W02).what == "Preview"


def test_a_film_review_covers_its_film():
    film = make_series("The Film", format="film")
    airing(film, "")
    make_review(film, kind="feature", planned_at=FRIDAY)

    assert cell().state == State.DRAFTING


def test_an_embargo_moves_the_piece_to_the_slot_after_it(series):
    airing(series, embargo_until=FRIDAY + DAY)

    assert states(W03, W04) == [State.NOTHING, State.UNASSIGNED]


@pytest.mark.both_databases
def test_mine_is_what_i_am_to_write_and_what_i_write(series, editor):
    me, other = make_user(Role.WRITER), make_series("Other")
    mine = make_reviewer("Me", me)
    airing(series)
    planning.assign(series, None, act(editor), mine)
    make_review(other, episodes=[airing(other)], reviewer=mine)
    unrelated = make_series("Unrelated")
    airing(unrelated)

    found = {row.series.title: row.is_mine for row in grid(me=me.pk)}

    assert found == {"Moonlit Ferry": True, "Other": True, "Unrelated": False}


@pytest.mark.both_databases
def test_what_is_not_public_is_covered_once_somebody_has_it(series, editor):
    series.is_public = False
    series.save()
    airing(series)
    before = grid()
    planning.assign(series, None, act(editor), make_reviewer())

    assert (before, cell().state) == ([], State.ASSIGNED)


def test_a_show_with_nothing_in_these_weeks_has_no_row(series):
    airing(series, weeks=-30)

    assert grid() == []


def test_reading_asks_as_much_for_many_as_for_one(series, editor, django_assert_num_queries):
    def another():
        show = make_series()
        planning.assign(show, None, act(editor), make_reviewer())
        planning.skip(show, W05, act(editor, note="Away."))
        make_review(show, episodes=[airing(show, "1"), airing(show, "2", weeks=1)])

    publication = Publication.objects.get()
    another()
    with django_assert_num_queries(7):
        read((W02, W03, W04), publication, NOW)
    another()
    another()

    with django_assert_num_queries(7):
        assert len(read((W02, W03, W04), publication, NOW).shows) == 3


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_piece_that_would_be_live_before_its_delayed_episode_is_pointed_out(series, is_approved):
    seventh = airing(series)
    review = make_review(series, episodes=[seventh], planned_at=FRIDAY)
    if is_approved:
        approve(review, FRIDAY)
    before = cell()
    Episode.objects.update(airs_at=FRIDAY + DAY)

    delayed = cell(W04)

    assert before.overtaken is None
    assert (delayed.overtaken, delayed.piece.pk) == (seventh, review.pk)
    assert delayed.move_url.endswith(f"/2026-W04/move/?what=pieces&scope=alone&episode={seventh.pk}")


def test_once_it_has_aired_nothing_is_before_it(series):
    seventh = airing(series, airs_at=FRIDAY + DAY)
    make_review(series, episodes=[seventh], planned_at=FRIDAY)

    assert cell(W04, at=FRIDAY + DAY - timedelta.resolution).overtaken == seventh
    assert cell(W04, at=FRIDAY + DAY).overtaken is None


def test_a_piece_without_a_date_or_at_its_airing_is_not_before_it(series):
    seventh = airing(series, airs_at=FRIDAY + DAY)
    make_review(series, episodes=[seventh])
    make_review(series, episodes=[seventh], planned_at=FRIDAY + DAY)

    assert cell(W04).overtaken is None


def test_a_piece_without_a_date_is_due_at_the_first_slot_since_it_was_begun(series):
    """Begun after its episode's own slot, it is late from the next one on: on the board as in the mails."""
    review = make_review(series, episodes=[airing(series)], at=FRIDAY + DAY)

    assert cell(at=FRIDAY + 2 * DAY).state == State.DRAFTING
    assert cell(at=FRIDAY + WEEK).state == State.LATE
    assert cell().due_at == lateness.due_at(review, Publication.objects.get()) == FRIDAY + WEEK


def test_a_catch_up_is_due_when_the_last_of_its_episodes_may_be_spoken_of(series):
    """In each of its cells, as in the mails."""
    review = make_review(
        series, episodes=[airing(series), airing(series, "8", weeks=1)], planned_at=FRIDAY - WEEK
    )

    assert cell(W03).due_at == cell(W04).due_at == FRIDAY + WEEK
    assert lateness.due_at(review, Publication.objects.get()) == FRIDAY + WEEK


def test_what_a_chief_lets_out_early_is_an_exception_and_not_overtaken(series):
    episode = airing(series, weeks=1)
    review = make_review(series, episodes=[episode])
    chief = make_user(Role.CHIEF)
    verbs.approve(review, Act(chief, NOW), publish_at=FRIDAY, exception="A screening.")

    found = cell(W04)

    assert (found.overtaken, found.excepted) == (None, episode)
    Release.objects.update(exception_reason="")
    assert cell(W04).overtaken == episode
