"""How a critic rates beside the house."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.habits import Spread, habits_of
from reviews.models import Release
from reviews.models.releases import ReleaseQuerySet
from reviews.visibility import public_reviewers
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
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return make_reviewer("Ann")


@pytest.fixture
def ben():
    return make_reviewer("Ben")


def publish(review):
    last_friday = FRIDAY.replace(day=9)
    return approve(review, last_friday, at=last_friday.replace(hour=1))


def rate(critic, *ratings, at=None):
    """A live piece by `critic` with a part for each (episode, stars[, last episode])."""
    episode = ratings[0][0]
    review = make_review(episode.series, reviewer=critic)
    for rated, stars, *last in ratings:
        make_part(review, rated, critic, stars=stars, last_episode=last[0] if last else None)
    return approve(review, at) if at else publish(review)


def make_show(title, episodes=4, **fields):
    series = make_series(title)
    return [make_episode(series, str(number), **fields) for number in range(1, episodes + 1)]


def test_mean_and_count_are_of_their_rated_episodes(ann, ben):
    one, two, three, _four = make_show("Red")
    rate(ann, (one, "4.0"), (two, "4.5"), (three, None))
    rate(ben, (one, "1.0"))

    habits = habits_of(ann, NOW)

    assert (habits.own.mean, habits.own.total) == (Decimal("4.25"), 2)
    assert habits.house.total == 3
    assert round(habits.house.mean, 2) == Decimal("3.17")


def test_a_recap_counts_neither_for_them_nor_for_the_house(ann):
    one, *_ = make_show("Red")
    recap = make_episode(one.series, "1.5", kind="recap")
    rate(ann, (one, "4.0"), (recap, "1.0"))

    habits = habits_of(ann, NOW)

    assert habits.own.counts == habits.house.counts == {Decimal("4.0"): 1}


def test_every_half_step_has_its_share():
    spread = Spread({Decimal("0.5"): 1, Decimal("5.0"): 3})

    assert [step.count for step in spread.steps] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 3]
    assert [step.share for step in spread.steps][-1] == 0.75


def test_the_difference_is_to_the_others_mean_on_the_same_episodes(ann, ben):
    cleo = make_reviewer("Cleo")
    one, two, three, _four = make_show("Red")
    rate(ann, (one, "4.0"), (two, "3.0"), (three, "5.0"))
    rate(ben, (one, "2.0"), (two, "3.5"))
    rate(cleo, (one, "3.0"))

    habits = habits_of(ann, NOW)

    # 4 beside 2.5, and 3 beside 3.5; the third is nobody else's.
    assert (habits.shared, habits.difference) == (2, Decimal("0.5"))
    assert habits_of(ben, NOW).difference == Decimal("-0.5")


def test_their_own_second_rating_of_an_episode_is_not_the_houses(ann):
    one, *_ = make_show("Red")
    rate(ann, (one, "4.0"))
    rate(ann, (one, "2.0"))

    habits = habits_of(ann, NOW)

    assert (habits.own.total, habits.shared, habits.difference) == (2, 0, None)


def test_a_rating_of_a_run_stands_beside_the_same_run_only(ann, ben):
    one, _two, three, four = make_show("Red")
    rate(ann, (one, "4.0", three))
    rate(ben, (one, "1.0"))
    assert habits_of(ann, NOW).shared == 0

    cleo = make_reviewer("Cleo")
    rate(cleo, (one, "3.0", four))
    assert habits_of(ann, NOW).shared == 0

    rate(make_reviewer("Dee"), (one, "3.0", three))
    assert (habits_of(ann, NOW).shared, habits_of(ann, NOW).difference) == (1, Decimal(1))


def test_the_highest_rated_show_has_three_ratings_if_any_has(ann):
    rate(ann, *((episode, "4.0") for episode in make_show("Red", 3)))
    rate(ann, *((episode, "3.0") for episode in make_show("Blue", 3)))
    rate(ann, *((episode, "5.0") for episode in make_show("Brief", 2)))

    favourite = habits_of(ann, NOW).favourite

    assert (favourite.title, favourite.slug, favourite.mean, favourite.count) == ("Red", "red", 4, 3)


def test_or_else_the_highest_of_those_there_are(ann):
    rate(ann, *((episode, "5.0") for episode in make_show("Brief", 2)))

    assert habits_of(ann, NOW).favourite.title == "Brief"


def test_of_shows_rated_alike_the_most_rated_is_named_and_then_the_first_by_title(ann):
    for title, many in (("Red", 3), ("Blue", 3), ("Azure", 3)):
        rate(ann, *((episode, "4.0") for episode in make_show(title, many)))
    assert habits_of(ann, NOW).favourite.title == "Azure"

    rate(ann, *((episode, "4.0") for episode in make_show("Zinc", 4)))

    assert habits_of(ann, NOW).favourite.title == "Zinc"


def test_who_rated_nothing_has_no_habits(ann):
    make_live_review(reviewer=ann)

    habits = habits_of(ann, NOW)

    assert (habits.own.total, habits.own.mean, habits.difference, habits.favourite) == (0, None, None, None)


def test_what_waits_for_friday_changes_nothing(ann, ben, monkeypatch):
    one, two, *_ = make_show("Red")
    rate(ann, (one, "4.0"))
    without = habits_of(ann, NOW)

    rate(ann, (two, "0.5"), at=FRIDAY)
    rate(ben, (one, "0.5"), at=FRIDAY)

    assert habits_of(ann, NOW) == without
    assert habits_of(ann, FRIDAY).difference == Decimal("3.5")
    monkeypatch.setattr(ReleaseQuerySet, "live", lambda releases, at: releases.all())
    assert habits_of(ann, NOW) != without


def test_they_cost_two_queries(ann, ben):
    for title in ("Red", "Blue", "Green"):
        episodes = make_show(title)
        rate(ann, *((episode, "4.0") for episode in episodes))
        rate(ben, *((episode, "3.0") for episode in episodes))

    with CaptureQueriesContext(connection) as captured:
        habits_of(ann, NOW)

    assert len(captured) == 2


class TestPublicReviewers:
    def test_who_has_only_what_waits_is_not_there_yet(self, ann):
        approve(make_review(reviewer=ann))

        assert not public_reviewers(NOW).exists()
        assert public_reviewers(FRIDAY).get() == ann

    def test_a_part_is_enough(self, ann, ben):
        one, *_ = make_show("Red")
        review = make_review(one.series, reviewer=ann)
        make_part(review, one, ben)
        publish(review)

        assert set(public_reviewers(NOW)) == {ann, ben}
        assert Release.objects.live(NOW).by(ben).count() == 1

    def test_a_part_of_what_waits_is_not(self, ann, ben):
        one, *_ = make_show("Red")
        review = make_review(one.series, reviewer=ann)
        make_part(review, one, ben)
        approve(review)

        assert ben not in public_reviewers(FRIDAY - timedelta(seconds=1))
        assert ben in public_reviewers(FRIDAY)

    def test_a_draft_by_them_is_not(self, ann):
        make_review(reviewer=ann)

        assert not public_reviewers(FRIDAY).exists()
        assert not Release.objects.by(ann).exists()
