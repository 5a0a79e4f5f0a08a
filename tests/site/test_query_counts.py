"""A page asks the database as often for thirty rows as for one, and eight times at most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coverage.newsroom.roles import Role
from reviews.models import Correction
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)
from tests.site.sweeps import addresses, answer
from tests.site.worlds import furnish, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MOST, ROWS = 8, 30
LAST_FRIDAY = FRIDAY - timedelta(days=7)
AIRED = LAST_FRIDAY - timedelta(days=2)

SURFACES = {
    "front": "/",
    "reviews": "/reviews/",
    "reviews filtered": "/reviews/?series=show-0&studio=studio-1&platform=stream-1&season=2026-winter"
    "&reviewer=first-critic&stars=0.5&spoilers=mild",
    "reviews by stars": "/reviews/?sort=stars&before=end",
    "reviews of a season": "/reviews/?season=2026-winter",
    "reviews of one": "/series/show-0/reviews/",
    "reviews of one by episode": "/series/show-0/reviews/?sort=episode",
    "reviews of one filtered": "/series/show-0/reviews/?studio=studio-0&reviewer=first-critic&stars=4",
    "review": "/reviews/first/",
    "all series": "/series/",
    "series": "/series/show-0/",
    "week": "/weeks/2026-W02/",
    "this week": "/weeks/",
    "people": "/people/",
    "people of an initial": "/people/?initial=P",
    "person": "/people/person-0/",
    "studios": "/studios/",
    "studio": "/studios/studio-0/",
    "critics": "/reviewers/",
    "critic": "/reviewers/first-critic/",
    "corrections": "/corrections/",
    "feed": "/feed/",
    "feed of one": "/series/show-0/feed/",
    "feed as JSON": "/feed.json",
    "feed of a critic": "/reviewers/first-critic/feed/",
    "feed of one as JSON": "/series/show-0/feed.json",
    "sitemap": "/sitemap.xml",
    "sitemap of pages": "/sitemap-pages.xml",
    "sitemap of series": "/sitemap-series-1.xml",
    "sitemap of their reviews": "/sitemap-series-reviews-1.xml",
    "sitemap of people": "/sitemap-people-1.xml",
    "sitemap of reviews": "/sitemap-reviews-2026-1.xml",
    "news sitemap": "/sitemap-news.xml",
    "by mail": "/mail/",
    "one by mail": "/mail/?series=show-0",
    "robots": "/robots.txt",
    "favicon": "/favicon.ico",
}


def make_show(number, **fields):
    series = furnish(make_series(f"Show {number}", **fields))
    make_episode(series, "4", airs_at=NOW)
    return series, [make_episode(series, str(each), airs_at=AIRED) for each in (1, 2, 3)]


def publish(series, episodes, chief, **fields):
    review = make_review(series, episodes=episodes, **fields)
    approve(review, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1), by=chief)
    edition = review.editions.get()
    Correction.objects.create(review=review, edition=edition, kind="fact", note="It was so.", made_at=NOW)


def make_one_row(chief, critic):
    series, episodes = make_show(0, key_visual=make_picture("red"))
    publish(series, episodes, chief, reviewer=critic, slug="first")
    return series, episodes


def add_rows(first, chief, critic):
    """As many shows, each with a piece, and as many pieces of the first of them."""
    series, episodes = first
    for number in range(1, ROWS):
        publish(series, episodes, chief, reviewer=critic)
        show, shown = make_show(number, prequel=series)
        publish(show, shown, chief)


def queries(path):
    with CaptureQueriesContext(connection) as captured:
        status, _headers, _body = answer(path, NOW)
    assert status in (200, 302)
    return len(captured)


def test_one_row_and_thirty_cost_the_same():
    chief, critic = make_user(Role.CHIEF), make_reviewer("First critic")
    first = make_one_row(chief, critic)
    paths = SURFACES | {"picture": addresses(NOW, "site:media")[0]}
    at_one = {name: queries(path) for name, path in paths.items()}

    add_rows(first, chief, critic)

    assert {name: queries(path) for name, path in paths.items()} == at_one
    assert {name: count for name, count in at_one.items() if count > MOST} == {}


def test_a_reader_costs_neither_a_session_nor_a_user():
    make_one_row(make_user(Role.CHIEF), make_reviewer("First critic"))

    for path in SURFACES.values():
        with CaptureQueriesContext(connection) as captured:
            _status, headers, _body = answer(path, NOW)

        asked = " ".join(query["sql"] for query in captured)
        assert "django_session" not in asked
        assert "newsroom_user" not in asked
        assert "Set-Cookie" not in headers
