"""Shows of one season side by side."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from coverage.newsroom.models import Publication
from coverage.site.seasons import TOP, season_so_far
from coverage.site.sparklines import sparkline
from reviews.scoreboard import scores
from series.models import SeriesSeason
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


def drawn(show):
    line = sparkline(scores([show], NOW)[show.pk])
    return line.width, [(bar.x, bar.width, bar.height and float(bar.height)) for bar in line.bars]


def test_a_sparkline_has_a_bar_for_an_episode_and_a_gap_for_none():
    show, critic = make_series(), make_reviewer()
    review = make_review(show)
    for number, stars in (("1", "2.5"), ("2", None), ("5", "4.0")):
        make_part(review, make_episode(show, number, airs_at=AIRED), critic, stars=stars)
    publish(review)

    assert drawn(show) == (12, [(0, 1, 5), (1, 1, None), (4, 1, 8)])


def test_a_sparkline_takes_a_run_whole_and_two_critics_together():
    show, ann, ben = make_series(), make_reviewer(), make_reviewer()
    first, last, after = (make_episode(show, number, airs_at=AIRED) for number in ("1", "12", "13"))
    review = make_review(show)
    make_part(review, first, ann, last_episode=last, stars="3.0")
    make_part(review, after, ann, stars="5.0")
    make_part(review, after, ben, stars="4.0")
    publish(review)

    assert drawn(show) == (13, [(0, 12, 6), (12, 1, 9)])


def test_a_sparkline_stays_within_bounds_however_odd_the_numbers():
    show, critic = make_series(), make_reviewer()
    review = make_review(show)
    for number in ("0", "0.5", "1", "999"):
        make_part(review, make_episode(show, number, airs_at=AIRED), critic, stars="1.0")
    publish(review)

    assert drawn(show) == (29, [(0, 1, 2), (1, 1, 2), (2, 1, 2), (28, 1, 2)])
