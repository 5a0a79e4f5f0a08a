"""The front page: what went out with the latest slot, what airs, what is recent, what comes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_review,
    make_series,
)
from tests.site.worlds import AFTER, BEFORE, make_picture

pytestmark = pytest.mark.django_db

LAST_FRIDAY = FRIDAY - timedelta(days=7)


def front(at):
    with time_machine.travel(at, tick=False):
        return Client().get("/").context


def slugs(releases):
    return [release.review.slug for release in releases]


def publish(slug, at, **fields):
    return approve(make_review(slug=slug, **fields), at, at=min(NOW, at - timedelta(hours=1)))


def test_an_empty_house_has_a_front_page():
    shown = front(NOW)

    assert (shown["lead"], shown["this_friday"], shown["recent"], shown["airing"]) == (None, [], [], [])


def test_the_latest_slot_stands_first_and_every_piece_once():
    publish("old", LAST_FRIDAY - timedelta(days=7))
    publish("tuesday", FRIDAY - timedelta(days=3))
    publish("first", LAST_FRIDAY)
    publish("second", LAST_FRIDAY)

    shown = front(NOW)

    assert shown["lead"].review.slug == "second"
    assert slugs(shown["this_friday"]) == ["first"]
    assert slugs(shown["recent"]) == ["tuesday", "old"]


def test_the_lead_is_the_newest_with_a_picture():
    publish("pictured", LAST_FRIDAY, lead_picture=make_picture("red"))
    publish("newer", LAST_FRIDAY)

    assert front(NOW)["lead"].review.slug == "pictured"


def test_where_a_slot_brought_nothing_the_newest_piece_leads():
    publish("older", LAST_FRIDAY - timedelta(days=14))
    publish("old", LAST_FRIDAY - timedelta(days=7))

    shown = front(NOW)

    assert shown["lead"].review.slug == "old"
    assert shown["this_friday"] == []
    assert slugs(shown["recent"]) == ["older"]


def test_at_the_slot_a_new_friday_begins():
    publish("last", LAST_FRIDAY)
    publish("this", FRIDAY)

    before, after = front(BEFORE), front(AFTER)

    assert (before["lead"].review.slug, before["upcoming_slot"]) == ("last", FRIDAY)
    assert (after["lead"].review.slug, after["upcoming_slot"]) == ("this", FRIDAY + timedelta(days=7))
    assert slugs(after["recent"]) == ["last"]


def test_the_weeks_programme_is_that_of_public_shows_without_titles():
    series = make_series("Red")
    aired = make_episode(series, "1", airs_at=NOW - timedelta(days=1))
    to_come = make_episode(series, "2", airs_at=NOW + timedelta(days=1))
    make_episode(series, "3", airs_at=NOW + timedelta(days=7))
    make_episode(series, "4", airs_at=NOW + timedelta(days=2), embargo_until=NOW + timedelta(days=3))
    make_episode(make_series("Private", is_public=False), airs_at=NOW)
    make_episode(make_series("Embargoed", embargo_until=FRIDAY), airs_at=NOW)

    airing = front(NOW)["airing"]

    assert airing == [(aired, series), (to_come, series)]
    assert {"title", "title_native"} <= airing[0][0].get_deferred_fields()


def test_the_season_so_far_ranks_its_shows_and_leads_to_them_all():
    winter = make_series("Red")
    winter.seasons.create(year=2026, season="winter")
    make_series("Elsewhere").seasons.create(year=2025, season="fall")
    publish(
        "rated", LAST_FRIDAY, series=winter, episodes=[make_episode(winter, airs_at=NOW - timedelta(days=9))]
    )

    shown = front(NOW)

    assert [entry.series for entry in shown["ranking"].entries] == [winter]


def test_a_card_says_how_far_it_goes_and_what_of_it_tells():
    series = make_series("Red")
    episodes = [make_episode(series, number, airs_at=NOW - timedelta(days=9)) for number in ("1", "2.5")]
    publish("red", LAST_FRIDAY, series=series, episodes=episodes)

    with time_machine.travel(NOW, tick=False):
        page = Client().get("/").text

    card = page[page.index('<article class="review-card') : page.index("</article>")]
    assert f'data-about="{series.pk}:2.5"' in card
    assert re.findall(r'data-veil="(\w+)"', card) == ["title", "title", "score", "score"]
