"""A show's stars drawn episode by episode, and told in a table."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from coverage.site.rating_arc import DEPTH, FEWEST, MOST, OPEN, STEP, TOP, rating_arc
from reviews.scoreboard import scoreboard, scores
from series.models import Episode
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


def rate(show, *given, critic=None, first=1, at=LAST_FRIDAY, **fields):
    """One piece that gives these stars to the episodes from `first` on."""
    critic = critic or make_reviewer()
    review = make_review(show, reviewer=critic)
    for number, stars in enumerate(given, first):
        episode = Episode.objects.filter(series=show, number=str(number)).first()
        episode = episode or make_episode(show, str(number), airs_at=AIRED, **fields)
        make_part(review, episode, critic, stars=stars)
    approve(review, at, at=at - timedelta(hours=1))
    return critic


def arc_of(show, at=NOW):
    episodes = Episode.objects.public(at).filter(series=show).order_by("sort_key", "pk")
    return rating_arc(show, scoreboard(episodes, scores([show], at)[show.pk]))


def page(path="/series/red/", at=NOW):
    with time_machine.travel(at, tick=False):
        return Client().get(path).content.decode()


@pytest.mark.both_databases
def test_stars_stand_on_their_lines(red):
    rate(red, "5.0", "1.0", "0.5")

    (sheet,) = arc_of(red).sheets

    assert [[mark.y for mark in column.marks] for column in sheet.columns] == [
        [TOP],
        [TOP + 4 * STEP],
        [TOP + 4.5 * STEP],
    ]
    assert all(TOP <= mark.y < DEPTH for column in sheet.columns for mark in column.marks)


def test_a_short_show_has_a_cours_room_and_a_planned_one_its_own(red):
    rate(red, "4.0")
    assert arc_of(red).sheets[0].columns[0].x == f"{50 / FEWEST:.2f}%"
    assert len(arc_of(red).sheets[0].blanks) == FEWEST - 1

    red.episode_count = 24

    assert len(arc_of(red).sheets[0].blanks) == 23


def test_a_long_show_takes_several_sheets_to_one_scale(red):
    rate(red, *["4.0"] * 60)

    arc = arc_of(red)

    assert [len(sheet.columns) for sheet in arc.sheets] == [20, 20, 20]
    assert {sheet.columns[0].x for sheet in arc.sheets} == {"2.50%"}
    assert arc.folded == []


def test_of_a_very_long_show_only_the_latest_sheets_stand_open(red):
    rate(red, *["4.0"] * (MOST * OPEN + 1))

    arc = arc_of(red)

    assert (len(arc.folded), len(arc.sheets)) == (3, 2)
    assert arc.sheets[-1].columns[-1].episode.number == str(MOST * OPEN + 1)
    assert "Earlier episodes" in page()


def test_what_is_unrated_is_a_gap_in_the_line(red):
    rate(red, "4.0", None, "3.0", "3.5")
    make_episode(red, "5", airs_at=AIRED)

    arc = arc_of(red)
    (sheet,) = arc.sheets

    assert [column.is_rated for column in sheet.columns] == [True, False, True, True, False]
    assert [column.line is not None for column in sheet.columns] == [False, False, False, True, False]
    assert arc.has_gaps


def test_a_recap_is_marked_and_the_line_passes_it_by(red):
    rate(red, "4.0", "3.0")
    recap = make_episode(red, "1.5", airs_at=AIRED, kind="recap")
    critic = make_reviewer()
    review = make_review(red, reviewer=critic)
    make_part(review, recap, critic, stars="0.5")
    approve(review, NOW)

    (sheet,) = arc_of(red).sheets

    assert [column.is_recap for column in sheet.columns] == [False, True, False]
    assert sheet.columns[2].line.x1 == sheet.columns[0].x
    assert (sheet.columns[2].line.y1, sheet.columns[2].line.y2) == (TOP + STEP, TOP + 2 * STEP)


@pytest.mark.both_databases
def test_two_critics_are_two_marks_of_two_shapes(red):
    ann = rate(red, "4.0", "4.0", critic=make_reviewer("Ann"))
    rate(red, "3.0", critic=make_reviewer("Ben"))

    arc = arc_of(red)
    first = arc.sheets[0].columns[0].marks

    assert {(mark.score.reviewer.byline, mark.shape) for mark in first} == {(ann.byline, 0), ("Ben", 1)}
    assert [(critic.bylines, critic.shape) for critic in arc.critics] == [(["Ann"], 0), (["Ben"], 1)]


def test_the_line_goes_through_the_mean_of_two(red):
    rate(red, "4.0", "4.0")
    rate(red, "3.0")

    assert arc_of(red).sheets[0].columns[1].line.y1 == TOP + 1.5 * STEP


def test_equal_marks_stand_side_by_side(red):
    rate(red, "4.0")
    rate(red, "4.0")

    assert sorted(mark.shift for mark in arc_of(red).sheets[0].columns[0].marks) == [-5, 5]


def test_critics_beyond_the_third_share_a_shape(red):
    for name in ("Ann", "Ben", "Cas", "Dot", "Eve"):
        rate(red, "4.0", critic=make_reviewer(name))

    assert [critic.shape for critic in arc_of(red).critics] == [0, 1, 2, 3]
    assert arc_of(red).critics[3].bylines == ["Dot", "Eve"]


def test_a_run_spans_its_episodes(red):
    first, _second, last = (make_episode(red, str(number), airs_at=AIRED) for number in (1, 2, 3))
    critic = make_reviewer()
    review = make_review(red, reviewer=critic)
    make_part(review, first, critic, last_episode=last, stars="2.0")
    approve(review, NOW)

    (sheet,) = arc_of(red).sheets
    (run,) = sheet.runs

    assert (run.line.x1, run.line.x2) == (sheet.columns[0].x, sheet.columns[2].x)
    assert [column.marks for column in sheet.columns] == [[], [], []]
    assert all(column.is_rated for column in sheet.columns)
    assert f'data-about="{red.pk}:3"' in page()


def test_without_stars_or_of_a_film_there_is_no_arc(red):
    rate(red, None)
    film = make_series("Film", format="film")
    rate(film, "4.0")

    assert arc_of(red) is None
    assert arc_of(film) is None
    assert "rating-arc" not in page("/series/film/")


def test_every_mark_and_every_cell_can_be_closed_for_a_reader_who_is_behind(red):
    rate(red, "4.0", "3.0")
    html = page()

    plot = re.search(r'<svg class="rating-arc__plot".*?</table>', html, re.DOTALL)[0]
    groups = re.findall(r'<g data-about="(\d+:\d+)">(.*?)</g>\s*</g>', plot, re.DOTALL)

    assert [about for about, _inner in groups] == [f"{red.pk}:1", f"{red.pk}:2"]
    assert all('<g data-veil="score"' in inner for _about, inner in groups)
    assert "rating-arc__mark" not in re.sub(
        r'<g data-veil="score".*?</g>', "", plot.split("rating-arc__legend")[0], flags=re.DOTALL
    )


def test_the_drawing_is_silent_and_the_table_says_the_same(red):
    rate(red, "4.5", None, critic=make_reviewer("Ann"))
    make_episode(red, "3", airs_at=AIRED)
    html = page()

    for svg in re.findall(r'<svg class="rating-arc__\w+"[^>]*>', html):
        assert 'aria-hidden="true"' in svg
    plot = re.search(r'<svg class="rating-arc__plot".*?rating-arc__legend', html, re.DOTALL)[0]
    assert re.findall(r"<a (?![^>]*tabindex=\"-1\")", plot) == []
    table = re.search(r'<table class="rating-arc__table">.*?</table>', html, re.DOTALL)[0]
    said = " ".join(re.sub(r"<[^>]+>", " ", table).split())
    assert "Red, episode by episode: what each critic gives it, out of 5 stars" in said
    assert "1 7 Jan 2026 Ann: 4.5 2 7 Jan 2026 Ann: unrated 3 7 Jan 2026 not reviewed" in said


def test_a_mark_leads_to_the_part(red):
    critic = rate(red, "4.5")
    (part,) = scores([red], NOW)[red.pk]

    assert page().count(f'href="{part.url}"') >= 3
    assert part.url.endswith(f"#part-{part.episode_id}-{critic.pk}")


@pytest.mark.both_databases
def test_an_embargoed_score_is_not_drawn(red):
    rate(red, "4.0", "4.0")
    before = page(at=FRIDAY - timedelta(seconds=1))

    rate(red, "0.5", critic=make_reviewer("Canary"), at=FRIDAY)

    assert page(at=FRIDAY - timedelta(seconds=1)) == before
    assert "Canary" in page(at=FRIDAY)
