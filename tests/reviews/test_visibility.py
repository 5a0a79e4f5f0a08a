"""What of a series and of its episodes is public, and what a live review reveals."""

from datetime import timedelta

import pytest

from reviews import verbs
from reviews.models.releases import ReleaseQuerySet
from reviews.verbs import Act
from series.models import Episode, Series
from series.visibility import Reveals, reveals
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_review,
    make_series,
)

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MONTH = timedelta(days=30)


def episodes(at):
    return [episode.number for episode in Episode.objects.public(at).order_by("sort_key")]


def series(at):
    return {show.title for show in Series.objects.public(at)}


def approve_early(review, chief, at=FRIDAY):
    return verbs.approve(review, Act(chief, NOW), publish_at=at, exception="Screener")


def test_a_series_is_public_when_the_desk_says_so():
    make_series("Shown")
    make_series("Hidden", is_public=False)

    assert series(NOW) == {"Shown"}


def test_an_embargo_holds_back_what_the_desk_has_shown_until_its_instant():
    make_series("Shown", embargo_until=FRIDAY)

    assert series(FRIDAY - SECOND) == set()
    assert series(FRIDAY) == {"Shown"}


def test_an_episode_is_public_once_it_has_aired():
    make_episode(make_series(), airs_at=FRIDAY)

    assert episodes(FRIDAY - SECOND) == []
    assert episodes(FRIDAY) == ["1"]


def test_one_whose_airing_nobody_knows_is_not():
    make_episode(make_series(), airs_at=None)

    assert episodes(NOW + MONTH) == []


def test_an_embargo_outlasts_its_airing():
    make_episode(make_series(), airs_at=NOW - MONTH, embargo_until=FRIDAY)

    assert episodes(FRIDAY - SECOND) == []
    assert episodes(FRIDAY) == ["1"]


@pytest.mark.parametrize("hidden", [{"is_public": False}, {"embargo_until": FRIDAY + MONTH}])
def test_an_episode_is_as_hidden_as_its_series(hidden):
    make_episode(make_series(**hidden))

    assert episodes(FRIDAY) == []


def test_a_live_review_reveals_its_episode_and_no_other(chief):
    show = make_series()
    reviewed = make_episode(show, "2", airs_at=FRIDAY + MONTH)
    make_episode(show, "3", airs_at=FRIDAY + MONTH)
    approve_early(make_review(show, episodes=[reviewed]), chief)

    assert episodes(FRIDAY - SECOND) == []
    assert episodes(FRIDAY) == ["2"]


def test_a_chiefs_exception_ends_the_embargoes_it_sets_aside(chief):
    show = make_series("Early", embargo_until=FRIDAY + MONTH)
    episode = make_episode(show, embargo_until=FRIDAY + MONTH)
    approve_early(make_review(show, episodes=[episode]), chief)

    assert (series(FRIDAY - SECOND), episodes(FRIDAY - SECOND)) == (set(), [])
    assert (series(FRIDAY), episodes(FRIDAY)) == ({"Early"}, ["1"])
    assert [Episode.objects.announced(at).count() for at in (FRIDAY - SECOND, FRIDAY)] == [0, 1]


def test_a_run_reveals_every_episode_in_it_and_none_beside(chief):
    show = make_series()
    numbers = ["24", "25", "25.5", "26", "27", "28"]
    made = {number: make_episode(show, number, airs_at=FRIDAY + MONTH) for number in numbers}
    make_episode(make_series(), "26", airs_at=FRIDAY + MONTH)
    review = make_review(show, episodes=[made["25"]])
    review.parts.update(last_episode=made["27"])

    approve_early(review, chief)

    assert episodes(FRIDAY - SECOND) == []
    assert episodes(FRIDAY) == ["25", "25.5", "26", "27"]


def test_a_roundup_reveals_each_of_its_series_and_episodes(chief):
    shows = [make_series(name, embargo_until=FRIDAY + MONTH) for name in ("One", "Two")]
    made = [make_episode(show, str(n), airs_at=FRIDAY + MONTH) for n, show in enumerate(shows, 1)]
    review = make_review(make_series("Own"), kind="roundup", episodes=made)
    type(review).objects.update(series=None)

    approve_early(review, chief)

    assert (series(FRIDAY - SECOND), episodes(FRIDAY - SECOND)) == ({"Own"}, [])
    assert (series(FRIDAY), episodes(FRIDAY)) == ({"Own", "One", "Two"}, ["1", "2"])


def test_what_a_withdrawn_review_revealed_is_hidden_again(chief):
    show = make_series(embargo_until=FRIDAY + MONTH)
    review = approve_early(make_review(show, episodes=[make_episode(show, airs_at=FRIDAY + MONTH)]), chief)

    verbs.withdraw(review, Act(chief, FRIDAY + SECOND, note="An error."))

    assert (series(FRIDAY + SECOND), episodes(FRIDAY + SECOND)) == (set(), [])


def test_a_part_on_the_desk_reveals_nothing():
    show = make_series()
    review = approve(make_review(show))
    review.parts.create(
        episode=make_episode(show, airs_at=FRIDAY + MONTH), reviewer=review.bylines.get().reviewer
    )
    review.keep(by=None, at=NOW)

    assert episodes(FRIDAY) == []


def test_a_series_that_runs_in_two_seasons_is_found_once_for_each(chief):
    show = make_series("Two cours")
    for season in ("winter", "spring"):
        show.seasons.create(year=2026, season=season)

    assert Series.objects.public(NOW).filter(seasons__season="winter").get() == show
    assert Series.objects.public(NOW).filter(seasons__season="spring").get() == show
    assert Series.objects.public(NOW).count() == 1


def test_a_review_that_stays_hidden_reveals_nothing_of_a_hidden_series():
    """A live review is no way around “public”: only embargoes end with it."""
    show = make_series()
    approve(make_review(show), NOW)
    Series.objects.update(is_public=False)

    assert series(NOW) == set()


def test_without_live_a_scheduled_review_would_reveal_its_episode(chief, monkeypatch):
    """A control."""
    show = make_series()
    approve_early(make_review(show, episodes=[make_episode(show, airs_at=FRIDAY + MONTH)]), chief)

    monkeypatch.setattr(ReleaseQuerySet, "live", lambda self, _at: self.all())

    assert episodes(NOW) == ["1"]


def test_without_the_reviews_nothing_is_revealed(chief, monkeypatch):
    """A control: the hook is what reveals."""
    show = make_series()
    approve_early(make_review(show, episodes=[make_episode(show, airs_at=FRIDAY + MONTH)]), chief)

    monkeypatch.setattr(reveals, "episode", Reveals().episode)

    assert episodes(FRIDAY) == []
