"""What each filter of the reviews leaves over."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from reviews.filters import STARS, choices_among
from reviews.models import Kind, Release
from series.models import Platform, SeriesSeason, SeriesStudio, Streaming, Studio
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_review,
    make_reviewer,
    make_series,
)
from tests.site.sweeps import answer

pytestmark = pytest.mark.django_db

LAST_FRIDAY = FRIDAY - timedelta(days=7)
AIRED = LAST_FRIDAY - timedelta(days=2)


def publish(slug, series, *, stars=(), own=None, spoilers="none", reviewer=None, **fields):
    """A live piece with a part for each of `stars`."""
    reviewer = reviewer or make_reviewer()
    kind = {"kind": Kind.SEASON, "stars": own} if own else {}
    review = make_review(series, slug=slug, reviewer=reviewer, spoiler_level=spoilers, **{**kind, **fields})
    for each in stars:
        episode = make_episode(series, str(series.episodes.count() + 1), airs_at=AIRED)
        make_part(review, episode, reviewer, stars=each)
    return approve(review, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))


def found(page="/reviews/", **asked):
    body = answer(f"{page}?{urlencode(asked)}", NOW)[2].decode()
    return {slug for slug in ("one", "two", "three", "both") if f'"/reviews/{slug}/"' in body}


@pytest.fixture
def red():
    return make_series("Red")


@pytest.fixture
def blue():
    return make_series("Blue")


def test_by_series_finds_roundups_too(red, blue):
    publish("one", red)
    publish("two", blue)
    roundup = make_review(make_series("Green"), slug="both", kind=Kind.ROUNDUP)
    type(roundup).objects.filter(pk=roundup.pk).update(series=None)
    make_part(roundup, make_episode(red, airs_at=AIRED), make_reviewer())
    approve(roundup, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))

    assert found(series="red") == {"one", "both"}
    assert found(series="blue") == {"two"}
    assert found("/series/red/reviews/") == {"one", "both"}


def test_by_any_of_its_studios_and_platforms_once(red, blue):
    for name in ("A", "B"):
        studio = Studio.objects.create(name=name, slug=name.lower())
        platform = Platform.objects.create(name=name, slug=name.lower())
        SeriesStudio.objects.create(series=red, studio=studio)
        Streaming.objects.create(series=red, platform=platform, language="Japanese")
        Streaming.objects.create(series=red, platform=platform, language="English")
    publish("one", red)
    publish("two", blue)

    body = answer("/reviews/?studio=b&platform=a", NOW)[2].decode()

    assert found(studio="a") == found(platform="b") == {"one"}
    assert body.count('href="/reviews/one/"') == 1


def test_by_either_season_of_two_cours(red, blue):
    for season in ("winter", "spring"):
        SeriesSeason.objects.create(series=red, year=2024, season=season)
    SeriesSeason.objects.create(series=blue, year=2023, season="winter")
    publish("one", red)
    publish("two", blue)

    assert found(season="2024-winter") == found(season="2024-spring") == {"one"}
    assert found(season="2023-winter") == {"two"}


def test_by_a_reviewer_of_the_whole_or_of_a_part(red):
    ann, ben = make_reviewer("Ann"), make_reviewer("Ben")
    publish("one", red, reviewer=ann)
    publish("two", red, reviewer=ben)
    shared = make_review(red, slug="three", reviewer=ann)
    make_part(shared, make_episode(red, "9", airs_at=AIRED), ben)
    approve(shared, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))

    assert found(reviewer="ann") == {"one", "three"}
    assert found(reviewer="ben") == {"two", "three"}


def test_by_the_best_stars_it_gives(red):
    publish("one", red, stars=["2.0", "4.5"])
    publish("two", red, own="4.0")
    publish("three", red, stars=[None])

    assert found(stars="4.5") == {"one"}
    assert found(stars="4") == {"one", "two"}
    assert found(stars="0.5") == {"one", "two"}
    assert found(stars="5") == set()


def test_by_how_much_it_spoils(red):
    for slug, level in (("one", "none"), ("two", "mild"), ("three", "heavy")):
        publish(slug, red, spoilers=level)

    assert found(spoilers="none") == {"one"}
    assert found(spoilers="mild") == {"one", "two"}
    assert found(spoilers="heavy") == {"one", "two", "three"}


def test_filters_narrow_one_another(red, blue):
    ann = make_reviewer("Ann")
    publish("one", red, reviewer=ann, stars=["4.0"])
    publish("two", red, stars=["4.0"])
    publish("three", blue, reviewer=ann, stars=["4.0"])

    assert found(series="red", reviewer="ann", stars="3.5") == {"one"}
    assert found("/series/red/reviews/", reviewer="ann") == {"one"}


def test_choices_are_those_of_live_pieces_in_reading_order(red, blue):
    for year, season in ((2024, "spring"), (2024, "fall"), (2023, "winter")):
        SeriesSeason.objects.create(series=red, year=year, season=season)
    publish("one", red, reviewer=make_reviewer("Zoë"))
    publish("two", blue, reviewer=make_reviewer("ann"))
    approve(make_review(make_series("Secret"), reviewer=make_reviewer("Nobody")))

    choices = choices_among(Release.objects.live(NOW))

    assert choices["series"] == [("blue", "Blue"), ("red", "Red")]
    assert choices["reviewer"] == [("ann", "ann"), ("zoe", "Zoë")]
    assert [str(label) for _key, label in choices["season"]] == ["Fall 2024", "Spring 2024", "Winter 2023"]


def test_stars_are_offered_in_half_steps():
    assert [key for key, _label in STARS] == ["5", "4.5", "4", "3.5", "3", "2.5", "2", "1.5", "1", "0.5"]
