"""Shows of one season side by side."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from coverage.newsroom.models import Publication
from coverage.site.seasons import TOP, season_so_far
from coverage.site.sparklines import sparkline
from reviews.scoreboard import scores
from series.models import Episode, Series, SeriesSeason
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


def publish(review, at=LAST_FRIDAY):
    return approve(review, at, at=min(NOW, at - timedelta(hours=1)))


def make_show(title, *stars, at=LAST_FRIDAY, seasons=((2026, "winter"),), **fields):
    """A show whose episodes, from 1, are given these stars by one critic."""
    show, critic = make_series(title, **fields), make_reviewer()
    for year, season in seasons:
        SeriesSeason.objects.create(series=show, year=year, season=season)
    review = make_review(show, reviewer=critic)
    for number, given in enumerate(stars, 1):
        make_part(review, make_episode(show, str(number), airs_at=AIRED), critic, stars=given)
    if stars:
        publish(review, at)
    return show


def asked(at=NOW):
    request = RequestFactory().get("/")
    request.now, request.publication = at, Publication.objects.current(at)
    return request


def so_far(at=NOW):
    return [(entry.rank, entry.series.title) for entry in season_so_far(asked(at)).entries]


def test_the_season_so_far_ranks_what_is_rated():
    make_show("Fair", "3.0", "3.5")
    make_show("Good", "4.5")
    make_show("Unrated", None)
    make_show("Film", "5.0", format="film")
    make_show("Earlier", "5.0", seasons=[(2025, "fall")])

    assert so_far() == [(1, "Good"), (2, "Fair")]
    assert str(season_so_far(asked()).season) == "Winter 2026"


def test_of_equal_averages_more_ratings_come_first_and_equals_share_a_rank():
    make_show("Once", "4.0")
    make_show("Twice", "3.5", "4.5")
    make_show("Again", "4.0")
    make_show("Last", "1.0")

    assert so_far() == [(1, "Twice"), (2, "Again"), (2, "Once"), (4, "Last")]


@pytest.mark.one_database
def test_the_season_so_far_is_ten_at_most_and_two_queries():
    for number in range(TOP + 2):
        make_show(f"Show {number}", "4.0")
    request = asked()

    with CaptureQueriesContext(connection) as captured:
        html = render_to_string("components/season_ranking.html", {"ranking": season_so_far(request)})

    assert html.count("<li") == TOP
    assert len(captured) == 2


def test_an_embargoed_score_does_not_move_it():
    make_show("Fair", "3.0")
    make_show("Canary", "5.0", at=FRIDAY)

    assert so_far(FRIDAY - timedelta(seconds=1)) == [(1, "Fair")]
    assert so_far(FRIDAY) == [(1, "Canary"), (2, "Fair")]


def test_a_ranked_show_says_how_far_its_average_goes():
    show = make_show("Fair", "3.0", "3.5")

    html = render_to_string("components/season_ranking.html", {"ranking": season_so_far(asked())})

    assert f'<li class="season-ranking__entry {"accent-"}' in html
    assert f'data-about="{show.pk}:2"' in html
    assert "3.3 out of 5 stars, from 2 ratings" in html


# The pages


def shown(path="/seasons/2026/winter/", at=NOW):
    with time_machine.travel(at, tick=False):
        return Client().get(path)


def ranks(at=NOW):
    return [(entry.rank, entry.series.title) for entry in shown(at=at).context["entries"]]


def test_a_season_ranks_its_shows_and_puts_the_unrated_last():
    make_show("Fair", "3.0", "3.5")
    make_show("Unrated", None)
    make_show("Good", "4.5")
    make_show("Film", format="film")
    make_show("Earlier", "5.0", seasons=[(2025, "fall")])

    assert ranks() == [(1, "Good"), (2, "Fair"), (None, "Unrated")]
    assert [entry.series.title for entry in shown().context["films"]] == ["Film"]
    assert "Not rated yet" in shown().content.decode()


def test_films_stand_apart_with_the_best_first():
    for title, stars in (("Fair", "3.0"), ("None", None), ("Good", "4.5")):
        film = make_show(title, format="film")
        publish(make_review(film, kind="feature", stars=stars))

    assert [entry.series.title for entry in shown().context["films"]] == ["Good", "Fair", "None"]


def test_a_two_cour_show_stands_in_both_seasons_and_continues_in_the_later():
    # Noted in the wrong order: what counts is the calendar.
    make_show("Two cours", "4.0", seasons=[(2026, "spring"), (2026, "winter")])

    winter, spring = (shown(f"/seasons/2026/{season}/") for season in ("winter", "spring"))

    assert [entry.continues for entry in winter.context["entries"]] == [False]
    assert [entry.continues for entry in spring.context["entries"]] == [True]
    assert b"Continuing" in spring.content
    assert b"Continuing" not in winter.content


@pytest.mark.one_database
def test_an_entry_says_what_comes_next_and_what_was_best():
    show = make_show("Fair", "3.0", "4.5", "3.5")
    make_episode(show, "4", airs_at=NOW + timedelta(days=1), title="Canarytitle")

    (entry,) = shown().context["entries"]
    html = shown().content.decode()

    assert (entry.best.score.number, entry.coming.airing.number) == ("2", "4")
    assert "Episode 4 airs" in html
    assert "Canarytitle" not in html
    assert f'data-about="{show.pk}:3"' in html


def test_a_season_leads_to_the_ones_on_either_side_that_have_shows():
    for year, season in ((2024, "fall"), (2026, "winter"), (2026, "summer")):
        make_show(f"{season} {year}", seasons=[(year, season)])

    page = shown().context

    assert (str(page["earlier"]), str(page["later"])) == ("Fall 2024", "Summer 2026")
    assert shown("/seasons/2026/summer/").context["later"] is None


def test_todays_season_has_a_page_before_it_has_shows():
    assert shown().status_code == 200
    assert "No shows yet" in shown().content.decode()
    assert shown("/seasons/2025/fall/").status_code == 404


@pytest.mark.one_database
@pytest.mark.parametrize(
    "path",
    ["2026/monsoon", "2026/WINTER", "0/winter", "0000/winter", "1916/fall", "2201/fall", "9999/fall",
     "99999/fall", "-1/fall", "2026/%00", "2026/" + "w" * 5000, "9" * 5000 + "/winter", "2026.0/winter",
     "\uff12\uff10\uff12\uff16/winter"],
    ids=lambda path: path[:20],
)  # fmt: skip
def test_what_is_no_season_is_not_found(path):
    make_show("Fair", "3.0")

    assert shown(f"/seasons/{path}/").status_code == 404


def test_the_index_counts_the_shows_of_each_season():
    make_show("One")
    make_show("Two", seasons=[(2026, "winter"), (2026, "spring")])
    make_show("Old", seasons=[(2024, "fall")])
    make_show("Hidden", is_public=False, seasons=[(2023, "fall")])

    years = shown("/seasons/").context["years"]

    assert [year.year for year in years] == [2026, 2024]
    assert [many for _season, many in years[0].seasons] == [2, 1, 0, 0]
    assert [many for _season, many in years[1].seasons] == [0, 0, 0, 1]
    assert [str(season) for season, _many in years[0].seasons] == [
        "Winter 2026", "Spring 2026", "Summer 2026", "Fall 2026",
    ]  # fmt: skip


@pytest.mark.one_database
def test_the_index_without_a_show_says_so():
    assert "No seasons yet" in shown("/seasons/").content.decode()


@pytest.mark.parametrize("path", ["/seasons/", "/seasons/2026/winter/", "/seasons/2026/spring/"])
def test_an_embargoed_show_or_score_changes_no_season(path):
    make_show("Fair", "3.0", seasons=[(2026, "winter"), (2026, "spring")])
    just_before = FRIDAY - timedelta(seconds=1)
    before = shown(path, just_before).content

    make_show("Canary", seasons=[(2026, "spring"), (2027, "fall"), (2026, "winter")], embargo_until=FRIDAY)
    make_show("Blue", seasons=[(1999, "fall")], embargo_until=FRIDAY)
    fair = Series.objects.get(title="Fair")
    critic = make_reviewer()
    review = make_review(fair, reviewer=critic)
    make_part(review, Episode.objects.get(series=fair), critic, stars="0.5")
    approve(review, FRIDAY)

    assert shown(path, just_before).content == before
    assert shown(path, FRIDAY).content != before


@pytest.mark.one_database
def test_a_page_asks_as_often_for_thirty_shows_as_for_one():
    def queries(path):
        with time_machine.travel(NOW, tick=False), CaptureQueriesContext(connection) as captured:
            assert Client().get(path).status_code == 200
        return len(captured)

    paths = ["/", "/seasons/", "/seasons/2026/winter/", "/series/show-0/"]
    first = make_show("Show 0", "4.0", "3.0", "2.0")
    at_one = {path: queries(path) for path in paths}
    for number in range(1, 30):
        make_show(f"Show {number}", "4.0", "3.0", prequel=first if number < 3 else None)

    assert {path: queries(path) for path in paths} == at_one
    assert max(at_one.values()) <= 8


# Sparklines


def drawn(show):
    line = sparkline(scores([show], NOW)[show.pk])
    return line.width, [(bar.x, bar.width, bar.height and float(bar.height)) for bar in line.bars]


@pytest.mark.one_database
def test_a_sparkline_has_a_bar_for_an_episode_and_a_gap_for_none():
    show, critic = make_series(), make_reviewer()
    review = make_review(show)
    for number, stars in (("1", "2.5"), ("2", None), ("5", "4.0")):
        make_part(review, make_episode(show, number, airs_at=AIRED), critic, stars=stars)
    publish(review)

    assert drawn(show) == (12, [(0, 1, 5), (1, 1, None), (4, 1, 8)])


@pytest.mark.one_database
def test_a_sparkline_takes_a_run_whole_and_two_critics_together():
    show, ann, ben = make_series(), make_reviewer(), make_reviewer()
    first, last, after = (make_episode(show, number, airs_at=AIRED) for number in ("1", "12", "13"))
    review = make_review(show)
    make_part(review, first, ann, last_episode=last, stars="3.0")
    make_part(review, after, ann, stars="5.0")
    make_part(review, after, ben, stars="4.0")
    publish(review)

    assert drawn(show) == (13, [(0, 12, 6), (12, 1, 9)])


@pytest.mark.one_database
def test_a_sparkline_stays_within_bounds_however_odd_the_numbers():
    show, critic = make_series(), make_reviewer()
    review = make_review(show)
    for number in ("0", "0.5", "1", "999"):
        make_part(review, make_episode(show, number, airs_at=AIRED), critic, stars="1.0")
    publish(review)

    assert drawn(show) == (29, [(0, 1, 2), (1, 1, 2), (2, 1, 2), (28, 1, 2)])
