"""The Atom feeds, field by field."""

from datetime import timedelta

import feedparser
import pytest
from lxml import etree

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Correction, Review
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    make_episode,
    make_live_review,
    make_reviewer,
    make_series,
    make_user,
)
from tests.site.sweeps import answer
from tests.site.worlds import give_byline

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LAST_FRIDAY = FRIDAY - timedelta(days=7)
TYPE = "application/atom+xml; charset=utf-8"


def feed(path="/feed/", at=NOW):
    status, headers, body = answer(path, at)
    assert (status, headers["Content-Type"]) == (200, TYPE)
    etree.fromstring(body)
    return feedparser.parse(body)


def entry(path="/feed/", at=NOW):
    (only,) = feed(path, at).entries
    return only


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://reviews.example"


def test_the_feed_says_what_it_is():
    channel = feed().feed

    assert channel.title == "Eyecatch"
    assert channel.id == "tag:reviews.example,2024:feed"
    assert [(link.rel, link.href) for link in channel.links] == [
        ("self", "https://reviews.example/feed/"),
        ("alternate", "https://reviews.example/"),
    ]


def test_an_entry_has_show_headline_standfirst_authors_and_address():
    series = make_series("Red & <Blue>")
    review = make_live_review(
        series, headline="War & <peace>", standfirst="It's “good”.", slug="war", reviewer=make_reviewer("Ann")
    )
    give_byline(review, make_reviewer("Ben"))

    found = entry()

    assert found.title_detail.value == "Red & <Blue> · War & <peace>"
    assert found.title_detail.type == "text/plain"
    assert found.summary_detail.value == "It's “good”."
    assert found.link == "https://reviews.example/reviews/war/"
    assert [author.name for author in found.authors] == ["Ann", "Ben"]
    assert [tag.term for tag in found.tags] == ["Red & <Blue>"]
    assert "content" not in found


def test_instants_are_those_of_going_live_and_of_the_last_change():
    review = make_live_review(series := make_series(), episodes=[make_episode(series, airs_at=LAST_FRIDAY)])

    assert (entry().published, entry().updated) == ("2026-01-09T14:00:00+00:00",) * 2

    Review.objects.filter(pk=review.pk).update(standfirst="Put right.")
    act = Act(make_user(Role.CHIEF), NOW - timedelta(hours=1), note="A name.")
    verbs.correct(Review.objects.get(pk=review.pk), act, Correction.Kind.FACT)

    corrected = feed()
    assert corrected.entries[0].published == "2026-01-09T14:00:00+00:00"
    assert corrected.entries[0].updated == "2026-01-14T11:00:00+00:00"
    assert corrected.feed.updated == "2026-01-14T11:00:00+00:00"


def test_an_id_outlasts_a_change_of_address():
    review = make_live_review(slug="old")
    before = entry().id

    Review.objects.filter(pk=review.pk).update(slug="new")

    assert entry().link.endswith("/reviews/new/")
    assert entry().id == before == f"tag:reviews.example,2024:review/{review.pk}"


def test_no_character_breaks_the_feed():
    make_live_review(
        make_series("Red"),
        headline="Bell \x07 tab \t line \n end \x0b \ufffe ]]>",
        standfirst="\x1b[1mLoud\x1b[0m",
    )

    found = entry()

    assert found.title_detail.value == "Red · Bell tab line end ]]>"
    assert found.summary_detail.value == "[1mLoud[0m"


def test_a_feed_without_entries_is_valid_and_keeps_still():
    empty = feed()

    assert empty.entries == []
    assert empty.feed.updated == "2026-01-09T14:00:00+00:00"
    assert answer("/feed/", NOW) == answer("/feed/", NOW)


def test_newest_first_and_no_more_than_thirty():
    for number in range(32):
        make_live_review(slug=f"piece-{number}")

    entries = feed().entries

    assert len(entries) == 30
    assert entries[0].link.endswith("/piece-31/")


def test_a_series_feed_has_only_its_own_pieces():
    red, blue = make_series("Red"), make_series("Blue")
    make_live_review(red, slug="about-red", headline="War")
    make_live_review(blue, slug="about-blue")

    own = feed("/series/red/feed/")

    assert [each.link for each in own.entries] == ["https://reviews.example/reviews/about-red/"]
    assert [each.title for each in own.entries] == ["War"]
    assert own.feed.title == "Red · Eyecatch"
    assert own.feed.id == f"tag:reviews.example,2024:series/{red.pk}/feed"


@pytest.mark.parametrize(
    ("page", "feeds"), [("/", ["/feed/"]), ("/series/red/", ["/series/red/feed/", "/feed/"])]
)
def test_pages_lead_to_their_feeds(page, feeds):
    make_live_review(make_series("Red"))

    head = etree.HTML(answer(page, NOW)[2].decode())

    found = head.xpath("//head/link[@rel='alternate'][@type='application/atom+xml']/@href")
    assert found == feeds
