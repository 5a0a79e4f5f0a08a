"""The pieces about an airing that moves: drafts go with it, approved ones when they are ticked."""

from datetime import timedelta

import pytest

from coverage.newsroom.models import AuditEntry, Publication
from reviews.models import Kind, Release
from reviews.moving.proposing import propose
from reviews.moving.reading import World
from reviews.rules import VerbRefused
from series.airings import Shift
from tests.factories import (
    FRIDAY,
    NOW,
    make_episode,
    make_review,
    make_series,
)
from tests.reviews.moving.asking import (
    DAY,
    NEW_YORK,
    WEEK,
    airings,
    airs,
    do,
    draft,
    episode,
    everything,
    planned,
    proposed,
    publish_at,
    scheduled,
)

pytestmark = pytest.mark.django_db


def test_the_draft_about_it_goes_with_it_by_whole_weeks(series, chief):
    odd = draft(series, 8, FRIDAY + WEEK + timedelta(hours=3))

    do(airings(series), chief)

    assert planned(odd) == FRIDAY + 2 * WEEK + timedelta(hours=3)


def test_within_its_week_a_delay_moves_no_draft_that_stands_after_it(series, chief):
    eighth = draft(series, 8)

    do(airings(series, 8, Shift(NEW_YORK, 2)), chief)

    assert planned(eighth) == FRIDAY + WEEK


def test_a_draft_without_a_date_follows_by_itself(series, chief):
    undated = make_review(series, episodes=[episode(series, 8)])

    done = do(airings(series), chief)

    assert done.pieces == ()
    assert planned(undated) is None
    assert undated.next_slot(Publication.objects.current(NOW), NOW) == FRIDAY + 2 * WEEK


def test_a_draft_that_says_not_yet_what_it_is_about_stands_for_its_week(series, chief):
    bare = make_review(series, planned_at=FRIDAY + WEEK)
    preview = make_review(series, planned_at=FRIDAY + WEEK, kind=Kind.PREVIEW)

    do(airings(series), chief)

    assert planned(bare) == FRIDAY + 2 * WEEK
    assert planned(preview) == FRIDAY + WEEK


def test_a_piece_about_a_run_and_one_about_several_shows_go_with_their_latest_episode(series, chief):
    other = make_episode(make_series(), airs_at=FRIDAY + 2 * WEEK - DAY)
    roundup = make_review(
        series, kind=Kind.ROUNDUP, episodes=[episode(series, 8), other], planned_at=FRIDAY + 2 * WEEK
    )
    run = draft(series, 7, FRIDAY + WEEK)
    run.parts.update(last_episode=episode(series, 8))

    do(airings(series), chief)

    assert planned(roundup) == FRIDAY + 2 * WEEK
    assert planned(run) == FRIDAY + 2 * WEEK


def test_an_approved_piece_moves_only_when_it_is_ticked(series, chief):
    eighth = scheduled(series, 8)
    before = everything()

    with pytest.raises(VerbRefused, match="Tick it, or withdraw it first"):
        do(airings(series), chief)
    left = everything()
    do(airings(series), chief, eighth)

    assert left == before
    assert publish_at(eighth) == planned(eighth) == FRIDAY + 2 * WEEK
    assert airs(series)["8"] == FRIDAY - 3 * DAY + 2 * WEEK
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "approve", "reschedule", "move_airing", "move",
    ]  # fmt: skip


def test_it_is_rescheduled_as_by_hand_with_a_new_round(series, chief):
    eighth = scheduled(series, 8)

    do(airings(series), chief, eighth)

    assert Release.objects.get(review=eighth).round == 2
    assert AuditEntry.objects.get(verb="reschedule").actor == chief


def test_where_it_may_stay_an_approved_piece_stays_unless_it_is_ticked(series, chief):
    """Episode 9 airs a week earlier: its piece may wait, or come earlier too."""
    ninth, shift = scheduled(series, 9), Shift(NEW_YORK, -7)
    (asked,) = proposed(airings(series, 9, shift)).pieces

    do(airings(series, 9, shift), chief)
    stayed = publish_at(ninth)

    assert (asked.must, asked.is_ticked) == (False, False)
    assert stayed == FRIDAY + 2 * WEEK


def test_an_earlier_airing_takes_its_ticked_piece_along(series, chief):
    ninth = scheduled(series, 9)

    do(airings(series, 9, Shift(NEW_YORK, -7)), chief, ninth)

    assert publish_at(ninth) == FRIDAY + WEEK


def test_what_an_approved_piece_is_about_its_edition_says(series, chief):
    """On the desk its part is gone already; what goes out still has it."""
    eighth = scheduled(series, 8)
    eighth.parts.all().delete()

    (found,) = proposed(airings(series)).pieces

    assert found.piece.review == eighth
    assert found.must


@pytest.mark.one_database
@pytest.mark.parametrize("many", [1, 4])
def test_reading_asks_as_often_for_one_piece_as_for_many(series, django_assert_num_queries, many):
    for _piece in range(many):
        draft(series, 8)
        scheduled(series, 9)
    wish, world = airings(series, 8, onward=True), (series, Publication.objects.current(NOW), NOW)

    with django_assert_num_queries(4):
        propose(wish, World.read(*world))
