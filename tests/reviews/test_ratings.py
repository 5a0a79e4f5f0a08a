from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Release
from reviews.models.releases import ReleaseQuerySet
from reviews.ratings import with_average
from reviews.verbs import Act
from series.models import Episode, Series
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def show():
    return make_series()


def rate(show, stars, number="1", at=FRIDAY - timedelta(days=7), **episode):
    review = make_review(show)
    make_part(review, make_episode(show, number, **episode), make_reviewer(), stars=stars)
    return approve(review, at, at=at - timedelta(hours=1))


@dataclass
class Average:
    stars: float | None
    count: int


def average(show, at=NOW):
    row = with_average(Series.objects.all(), at).get(pk=show.pk)
    return Average(row.average and float(row.average), row.rated_count or 0)


def test_it_is_the_mean_of_the_live_rated_parts(show):
    for number, stars in enumerate(["4.0", "2.5", "5.0"]):
        rate(show, stars, str(number))

    assert average(show) == Average(pytest.approx(11.5 / 3), 3)


def test_nothing_rated_is_no_average_and_not_zero(show):
    assert average(show) == Average(None, 0)


def test_unrated_counts_neither_as_zero_nor_at_all(show):
    rate(show, "4.0")
    rate(show, None, "2")

    assert average(show) == Average(4.0, 1)


def test_a_recap_does_not_count_and_a_special_does(show):
    rate(show, "4.0")
    rate(show, "0.5", "6.5", kind=Episode.Kind.RECAP)
    rate(show, "2.0", "13", kind=Episode.Kind.SPECIAL)

    assert average(show) == Average(3.0, 2)


def test_two_critics_of_one_episode_count_twice(show):
    review = make_review(show)
    episode = make_episode(show)
    for stars in ("5.0", "4.0"):
        make_part(review, episode, make_reviewer(), stars=stars)
    approve(review, NOW)

    assert average(show) == Average(4.5, 2)


def test_a_roundups_part_counts_for_its_own_series(show):
    other = make_series()
    make_live_review(other, kind="roundup", episodes=[make_episode(show), make_episode(other)])

    assert average(show) == average(other) == Average(4.0, 1)


def test_a_scheduled_score_counts_from_its_instant(show):
    rate(show, "4.0")
    rate(show, "1.0", "2", at=FRIDAY)

    assert average(show, FRIDAY - timedelta(seconds=1)) == Average(4.0, 1)
    assert average(show, FRIDAY) == Average(2.5, 2)


def test_a_withdrawn_score_does_not_count(show):
    rate(show, "4.0")
    review = rate(show, "1.0", "2")

    verbs.withdraw(review, Act(make_user(Role.EDITOR), NOW, note="An error."))

    assert average(show) == Average(4.0, 1)


def test_a_correction_counts_and_an_unapproved_change_does_not(show):
    review = rate(show, "4.0")
    review.parts.update(stars="1.0")
    assert average(show) == Average(4.0, 1)

    verbs.correct(review, Act(make_user(Role.EDITOR), NOW, note="Miscounted."), kind="score")

    assert average(show) == Average(1.0, 1)


def test_the_stars_of_a_whole_season_are_no_part_of_it(show):
    make_live_review(show, kind="season", stars="1.0")

    assert average(show) == Average(None, 0)


def test_without_live_an_embargoed_score_would_count(show, monkeypatch):
    """A control."""
    rate(show, "1.0", at=FRIDAY)
    monkeypatch.setattr(ReleaseQuerySet, "live", lambda self, _at: self.all())

    assert Release.objects.live(NOW).exists()
    assert average(show, NOW).count == 1


def test_a_list_with_averages_is_one_query(show, django_assert_num_queries):
    rate(show, "4.0")
    rate(make_series(), "2.0")

    with django_assert_num_queries(1):
        assert len(with_average(Series.objects.all(), NOW)) == 2


def test_a_film_has_the_stars_of_its_newest_review_once_that_is_live():
    film = make_series(format="film")
    make_live_review(film, kind="feature", stars="3.0")
    approve(make_review(film, kind="feature", stars="4.5"), FRIDAY)

    before, after = (
        with_average(Series.objects.all(), at).get() for at in (FRIDAY - timedelta(seconds=1), FRIDAY)
    )

    assert (before.film_stars, after.film_stars) == (Decimal("3.0"), Decimal("4.5"))
    assert after.average is None


def test_a_film_keeps_its_newest_stars_whatever_comes_without(show):
    film = make_series(format="film")
    for weeks, stars in ((3, "2.0"), (1, "3.0"), (2, "4.0"), (0, None)):
        at = NOW - timedelta(weeks=weeks)
        approve(make_review(film, kind="feature", stars=stars), at, at=at - timedelta(hours=1))

    assert with_average(Series.objects.filter(pk=film.pk), NOW).get().film_stars == Decimal("3.0")


def test_only_a_film_has_stars_of_its_own(show):
    make_live_review(show, kind="season", stars="4.5")

    assert with_average(Series.objects.all(), NOW).get().film_stars is None
