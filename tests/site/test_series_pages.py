"""A series' page: its facts in order, its episodes with their stars."""

from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client

from series.models import (
    Credit,
    Episode,
    Person,
    Platform,
    SeriesSeason,
    SeriesStudio,
    Streaming,
    Studio,
)
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

pytestmark = pytest.mark.django_db

LAST_FRIDAY = FRIDAY - timedelta(days=7)
AIRED = LAST_FRIDAY - timedelta(days=2)


@pytest.fixture
def red():
    return make_series("Red")


def shown(path="/series/red/", at=NOW):
    with time_machine.travel(at, tick=False):
        return Client().get(path).context


def publish(review, at=LAST_FRIDAY):
    return approve(review, at, at=min(NOW, at - timedelta(hours=1)))


def test_every_public_episode_in_order(red):
    for number in ("10", "6.5", "1"):
        make_episode(red, number, airs_at=AIRED)
    make_episode(red, "11", airs_at=NOW + timedelta(seconds=1))

    assert [row.episode.number for row in shown()["episodes"]] == ["1", "6.5", "10"]
    later = shown(at=NOW + timedelta(seconds=1))["episodes"]
    assert [row.episode.number for row in later] == ["1", "6.5", "10", "11"]


def test_an_episode_has_the_stars_of_every_critic(red):
    first, second, third = (make_episode(red, number, airs_at=AIRED) for number in ("1", "2", "3"))
    ann, ben = make_reviewer("Ann"), make_reviewer("Ben")
    review = make_review(red, slug="piece", reviewer=ann)
    make_part(review, first, ann, stars="4.5")
    make_part(review, first, ben, stars=None)
    make_part(review, second, ann, last_episode=third, stars="2.0")
    publish(review)

    rows = {row.episode.number: row.parts for row in shown()["episodes"]}

    assert [(score.reviewer.byline, score.stars) for score in rows["1"]] == [("Ann", 4.5), ("Ben", None)]
    assert [score.stars for score in rows["2"]] == [score.stars for score in rows["3"]] == [2]
    assert [score.run for number in "123" for score in rows[number]] == ["", "", "2–3", "2–3"]
    assert rows["1"][0].url == f"/reviews/piece/#part-{first.pk}-{ann.pk}"


def test_the_average_leaves_out_recaps_and_the_unrated(red):
    kinds = {"1": "regular", "1.5": "recap", "2": "special", "3": "regular"}
    stars = {"1": "4.0", "1.5": "0.5", "2": "3.0", "3": None}
    review, critic = make_review(red), make_reviewer()
    for number, kind in kinds.items():
        make_part(review, make_episode(red, number, kind=kind, airs_at=AIRED), critic, stars=stars[number])
    publish(review)

    page = shown()

    assert (float(page["average"]), page["rated_count"]) == (3.5, 2)
    (card,) = shown("/series/")["series_list"]
    assert (float(card.average), card.rated_count) == (3.5, 2)


def test_facts_come_in_their_order_and_whole(red):
    for year, season in ((2025, "winter"), (2024, "fall")):
        SeriesSeason.objects.create(series=red, year=year, season=season)
    for name, is_main in (("Second", False), ("Main", True)):
        studio = Studio.objects.create(name=name, slug=name.lower(), name_native="社")
        SeriesStudio.objects.create(series=red, studio=studio, is_main=is_main)
    platforms = [Platform.objects.create(name=name, slug=name.lower()) for name in ("Zed", "alpha")]
    Streaming.objects.create(
        series=red,
        platform=platforms[0],
        url="https://zed.example/red",
        language="Japanese with subtitles",
        region="North America",
        first_episode="0",
        weekday=2,
        wall_time=time(0, 55),
        time_zone="Asia/Tokyo",
    )
    Streaming.objects.create(series=red, platform=platforms[1])

    page = shown()

    assert [str(season) for season in page["seasons"]] == ["Fall 2024", "Winter 2025"]
    assert [(link.studio.name, link.is_main) for link in page["studios"]] == [
        ("Main", True),
        ("Second", False),
    ]
    alpha, zed = page["streams"]
    assert (alpha.platform.name, alpha.wall_time, alpha.weekday) == ("alpha", None, None)
    stored = Streaming.objects.get(platform=platforms[0])
    for field in ("url", "language", "region", "first_episode", "weekday", "wall_time", "time_zone"):
        assert getattr(zed, field) == getattr(stored, field)


def test_credits_come_by_role_in_the_vocabularys_order(red):
    episode = make_episode(red, airs_at=AIRED)
    for role, name in (("voice", "Cee"), ("director", "Bee"), ("original_creator", "Ay")):
        person = Person.objects.create(name=name, slug=name.lower())
        Credit.objects.create(series=red, person=person, role=role, character="Rouge")
    Credit.objects.create(episode=episode, person=person, role="storyboard")

    roles = shown()["credits_by_role"]

    assert [(japanese, [credit.person.name for credit in held]) for _role, japanese, held in roles] == [
        ("原作", ["Ay"]),
        ("監督", ["Bee"]),
        ("声の出演", ["Cee"]),
    ]


def test_a_review_names_the_credits_of_its_own_episodes(red):
    first, second = (make_episode(red, number, airs_at=AIRED) for number in ("1", "2"))
    for episode, name in ((first, "Ay"), (second, "Bee")):
        person = Person.objects.create(name=name, slug=name.lower())
        Credit.objects.create(episode=episode, person=person, role="storyboard")
    publish(make_review(red, slug="piece", episodes=[second]))

    assert [credit.person.name for credit in shown("/reviews/piece/")["credits"]] == ["Bee"]


def test_a_series_without_anything_has_a_page(red):
    page = shown()

    assert Episode.objects.count() == 0
    assert (page["average"], page["rated_count"], page["episodes"], page["streams"]) == (None, None, [], [])
