"""A series' page: its facts in order, its episodes with their stars."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from coverage.site.series import NEWEST
from series.models import (
    Credit,
    Episode,
    Person,
    Platform,
    Series,
    SeriesSeason,
    SeriesStudio,
    SeriesTitle,
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

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LAST_FRIDAY = FRIDAY - timedelta(days=7)
AIRED = LAST_FRIDAY - timedelta(days=2)


@pytest.fixture
def red():
    return make_series("Red")


def shown(path="/series/red/", at=NOW):
    with time_machine.travel(at, tick=False):
        return Client().get(path).context


def read(at=NOW):
    with time_machine.travel(at, tick=False):
        return Client().get("/series/red/").content.decode()


def publish(review, at=LAST_FRIDAY):
    return approve(review, at, at=min(NOW, at - timedelta(hours=1)))


@pytest.mark.both_databases
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


@pytest.mark.both_databases
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


@pytest.mark.both_databases
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


def test_a_renamed_show_says_what_it_was_called(red):
    SeriesTitle.objects.create(series=red, title="Crimson", kind="former", language="en")
    SeriesTitle.objects.create(series=red, title="Aka", kind="alias", language="ja-Latn")
    red.keep_former_slug("crimson", NOW)

    page = shown()
    with time_machine.travel(NOW, tick=False):
        redirect, html = Client().get("/series/crimson/"), Client().get("/series/red/").content.decode()

    assert [(other.title, other.kind) for other in page["other_titles"]] == [
        ("Crimson", "former"),
        ("Aka", "alias"),
    ]
    assert 'formerly <span lang="en">Crimson</span>' in html
    assert '<dd lang="ja-Latn">Aka</dd>' in html
    assert (redirect.status_code, redirect["Location"]) == (301, "/series/red/")


@pytest.mark.both_databases
def test_the_whole_story_stands_in_order(red):
    later = make_series("Blue", prequel=red)
    last = make_series("White", prequel=later)
    make_series("Hidden", prequel=last, is_public=False)

    for path in ("/series/red/", "/series/white/"):
        assert [show.title for show in shown(path)["line"]] == ["Red", "Blue", "White"]
    make_series("Alone")
    assert shown("/series/alone/")["line"] == []


def test_an_embargoed_show_in_between_breaks_the_story_until_it_is_known(red):
    between = make_series("Canary", prequel=red, embargo_until=FRIDAY)
    make_series("White", prequel=between)

    assert shown("/series/white/")["line"] == []
    assert [show.title for show in shown("/series/white/", FRIDAY)["line"]] == ["Red", "Canary", "White"]


@pytest.mark.both_databases
def test_seasons_stand_in_the_order_of_the_year_whenever_they_were_noted(red):
    for season in ("summer", "spring"):
        SeriesSeason.objects.create(series=red, year=2026, season=season)

    assert [str(season) for season in shown()["seasons"]] == ["Spring 2026", "Summer 2026"]


@pytest.mark.both_databases
def test_what_comes_next_is_said_in_the_newsrooms_zone(red):
    make_episode(red, "7", airs_at=AIRED)
    make_episode(red, "8", title="Canarytitle", airs_at=datetime(2026, 1, 15, 6, tzinfo=UTC))

    html = read()

    assert "Episode 8 airs" in html
    assert "Thursday 15 January, 01:00" in html
    assert "Canarytitle" not in html


def test_a_break_and_a_late_review_are_said(red):
    Series.objects.filter(pk=red.pk).update(back_on=date(2026, 2, 12))
    make_episode(red, "7", airs_at=AIRED, review_due_on=date(2026, 1, 17))

    html = " ".join(re.sub(r"<[^>]+>", " ", read()).split())

    assert "On a break, back 12 February" in html
    assert "Episode 7: review late, due Saturday" in html


def test_a_day_passes_at_midnight_in_the_newsroom(red):
    Series.objects.filter(pk=red.pk).update(back_on=date(2026, 1, 15))
    midnight = datetime(2026, 1, 15, 5, tzinfo=UTC)

    assert "On a break" in read(midnight - timedelta(seconds=1))
    assert "On a break" not in read(midnight)
    with time_machine.travel(midnight - timedelta(seconds=30), tick=False):
        assert Client().get("/series/red/").headers["Cache-Control"] == "public, max-age=30, s-maxage=29"


@pytest.mark.both_databases
def test_the_best_and_the_weakest_stand_out_from_three_on(red):
    critic = make_reviewer()
    review = make_review(red, reviewer=critic)
    for number, stars in (("1", "4.0"), ("2", "1.5")):
        make_part(review, make_episode(red, number, airs_at=AIRED), critic, stars=stars)
    publish(review)
    assert shown()["best"] is None

    more = make_review(red, reviewer=critic)
    make_part(more, make_episode(red, "3", airs_at=AIRED), critic, stars="4.0")
    recap = make_episode(red, "3.5", airs_at=AIRED, kind="recap")
    make_part(more, recap, critic, stars="0.5")
    publish(more)

    page = shown()
    assert (page["best"].score.number, page["best"].stars) == ("1", 4)
    assert (page["worst"].score.number, page["worst"].stars) == ("2", 1.5)


def test_all_alike_are_neither_best_nor_weakest(red):
    publish(make_review(red, episodes=[make_episode(red, str(each), airs_at=AIRED) for each in (1, 2, 3)]))

    assert (shown()["best"], shown()["worst"]) == (None, None)


def test_a_long_show_is_folded_and_stays_whole(red):
    Episode.objects.bulk_create(
        Episode(series=red, number=str(number), sort_key=number, airs_at=AIRED) for number in range(1, 61)
    )

    html = read()

    assert [len(rows) for rows in shown()["folds"]] == [25, 25, 10]
    assert re.findall(r"Episodes \d+–\d+", html) == ["Episodes 1–25", "Episodes 26–50", "Episodes 51–60"]
    assert html.count('<details class="episode-fold" open>') == 1
    assert html.count('<li class="episode-row') == 60


@pytest.mark.both_databases
def test_only_the_newest_pieces_stand_on_the_page(red):
    for number in range(NEWEST + 1):
        publish(make_review(red, slug=f"piece-{number}"), LAST_FRIDAY - timedelta(days=number))

    assert [release.review.slug for release in shown()["releases"]] == [
        f"piece-{number}" for number in range(NEWEST)
    ]


def test_everything_of_an_episode_says_how_far_it_goes(red):
    publish(make_review(red, episodes=[make_episode(red, "6.5", airs_at=AIRED)]))
    html = read()

    assert f'<li class="episode-row " data-about="{red.pk}:6.5">' in html
    assert f'<div class="average" data-about="{red.pk}:6.5">' in html
    assert f'<tr data-about="{red.pk}:6.5">' in html
    assert '<span data-veil="title">Title of 6.5</span>' in html


@pytest.mark.parametrize(("count", "typed"), [(50, False), (51, True), (130, True)])
def test_a_place_in_a_long_show_can_be_typed_up_to_its_last_episode(red, count, typed):
    for number in range(1, count + 1):
        make_episode(red, str(number))

    assert (f'type="number" inputmode="decimal" min="0.5" max="{count}"' in read()) is typed


def test_of_a_film_it_is_asked_whether_it_was_seen(red):
    assert "How far are you?" in read()

    Series.objects.update(format="film")

    assert "Have you seen it?" in read()
    assert "How far are you?" not in read()


def test_a_late_night_is_said_again_only_where_it_changes(red):
    for number, label in enumerate(("Tuesdays 25:05", "Tuesdays 25:05", "Tuesdays 26:05"), start=1):
        make_episode(red, str(number), late_night_label=label)

    assert re.findall(r"\d\d:\d\d in Japan", read()) == ["25:05 in Japan", "26:05 in Japan"]
