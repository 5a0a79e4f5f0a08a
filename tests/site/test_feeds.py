"""The feeds, in both forms and field by field: what a lenient reader forgives is asserted too."""

import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

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
from tests.site.worlds import give_byline, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SPACES = {"a": "http://www.w3.org/2005/Atom", "media": "http://search.yahoo.com/mrss/"}
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


def as_json(path="/feed.json", at=NOW):
    status, headers, body = answer(path, at)
    assert (status, headers["Content-Type"]) == (200, "application/feed+json")
    return json.loads(body)


def item(path="/feed.json", at=NOW):
    (only,) = as_json(path, at)["items"]
    return only


def tree(path="/feed/"):
    return etree.fromstring(answer(path, NOW)[2])


def texts(node, path):
    return [found if isinstance(found, str) else found.text for found in node.xpath(path, namespaces=SPACES)]


def is_absolute(address):
    parts = urlsplit(address)
    return parts.scheme == "https" and parts.netloc == "reviews.example" and parts.path.startswith("/")


def is_instant(text):
    """RFC 3339, with its offset."""
    return "T" in text and datetime.fromisoformat(text).utcoffset() is not None


def make_ordinary_piece(**fields):
    series = make_series("Red", key_visual=make_picture("red"))
    return make_live_review(series, slug="war", headline="War", standfirst="Good.", **fields)


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
        ("alternate", "https://reviews.example/feed.json"),
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


def test_a_critics_feed_has_the_pieces_that_they_have_a_hand_in():
    ann = make_reviewer("Ann")
    make_live_review(make_series("Red"), slug="by-ann", headline="War", reviewer=ann)
    guest = make_live_review(make_series("Blue"), slug="with-ann")
    give_byline(guest, ann)
    make_live_review(slug="without")

    own = feed("/reviewers/ann/feed/")

    assert {each.link.rsplit("/", 2)[1] for each in own.entries} == {"by-ann", "with-ann"}
    assert "Red · War" in [each.title for each in own.entries]
    assert own.feed.title == "Ann · Eyecatch"
    assert own.feed.id == f"tag:reviews.example,2024:reviewer/{ann.pk}/feed"
    assert as_json("/reviewers/ann/feed.json")["home_page_url"] == "https://reviews.example/reviewers/ann/"


@pytest.mark.parametrize("form", ["feed/", "feed.json"])
def test_the_feed_of_a_renamed_critic_leads_on(form):
    ann = make_reviewer("Ann")
    make_live_review(reviewer=ann)
    ann.slug = "anna"
    ann.save()
    ann.keep_former_slug("ann", NOW)

    status, headers, _body = answer(f"/reviewers/ann/{form}", NOW)

    assert (status, headers["Location"]) == (301, f"/reviewers/anna/{form}")


def test_authors_lead_to_their_pages():
    make_live_review(reviewer=make_reviewer("Ann"))

    assert texts(tree(), "//a:entry/a:author/a:uri") == ["https://reviews.example/reviewers/ann/"]
    assert item()["authors"] == [{"name": "Ann", "url": "https://reviews.example/reviewers/ann/"}]


FEEDS = {"/feed/": "/feed.json", "/series/red/feed/": "/series/red/feed.json"}


@pytest.mark.parametrize("path", FEEDS)
def test_every_field_that_atom_asks_for_is_there_and_well_formed(path):
    make_ordinary_piece()

    feed = tree(path)

    assert len(texts(feed, "a:title")) == len(texts(feed, "a:id")) == len(texts(feed, "a:updated")) == 1
    assert texts(feed, "a:author/a:name") == ["Eyecatch"]
    (entry,) = feed.findall("a:entry", SPACES)
    for name in ("id", "title", "updated", "published", "summary"):
        assert len(texts(entry, f"a:{name}")) == 1
    assert texts(entry, "a:author/a:name")
    assert all(map(is_instant, texts(feed, "//a:updated | //a:published")))
    assert all(map(is_absolute, texts(feed, "//a:link/@href | //media:content/@url")))
    assert all(identifier.startswith("tag:reviews.example,2024:") for identifier in texts(feed, "//a:id"))


@pytest.mark.parametrize("path", FEEDS.values())
def test_every_field_that_json_feed_asks_for_is_there_and_well_formed(path):
    make_ordinary_piece()

    feed = as_json(path)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == f"https://reviews.example{path}"
    assert is_absolute(feed["home_page_url"])
    assert feed["language"] == "en"
    (only,) = feed["items"]
    assert set(only) == {
        "id", "url", "title", "content_text", "image", "date_published", "date_modified", "authors", "tags"
    }  # fmt: skip
    assert is_absolute(only["url"])
    assert is_absolute(only["image"])
    assert is_instant(only["date_published"])
    assert is_instant(only["date_modified"])
    assert all(author["name"] for author in only["authors"])


def test_both_forms_say_the_same():
    review = make_ordinary_piece(reviewer=make_reviewer("Ann"))
    give_byline(review, make_reviewer("Ben"))

    atom, plain = entry(), item()

    assert (plain["id"], plain["url"], plain["title"]) == (atom.id, atom.link, atom.title)
    assert plain["content_text"] == atom.summary == "Good."
    assert (plain["date_published"], plain["date_modified"]) == (atom.published, atom.updated)
    assert [author["name"] for author in plain["authors"]] == [author.name for author in atom.authors]
    assert plain["tags"] == [tag.term for tag in atom.tags] == ["Red"]
    assert plain["image"] == atom.media_content[0]["url"]
    assert as_json()["title"] == feed().feed.title


def test_a_picture_comes_with_its_size_and_its_words():
    make_ordinary_piece()

    (picture,) = tree().xpath("//media:content", namespaces=SPACES)

    assert {name: picture.get(name) for name in ("medium", "width", "height")} == {
        "medium": "image",
        "width": "16",
        "height": "9",
    }
    assert picture.findtext("media:description", namespaces=SPACES) == "A field of red"


def test_a_picture_that_spoils_is_in_no_feed():
    make_live_review(make_series(key_visual=make_picture("red", spoils=True)))

    assert not tree().xpath("//media:content", namespaces=SPACES)
    assert "image" not in item()


def test_no_picture_breaks_the_feed():
    picture = make_picture("red")
    picture.alt = "Bell \x0b"
    picture.save()
    make_live_review(make_series(key_visual=picture))

    assert texts(tree(), "//media:description") == ["Bell"]


def test_ids_are_unique_and_outlast_a_change_of_address_in_both_forms():
    reviews = [make_live_review(slug=f"piece-{number}") for number in range(3)]
    before = [each["id"] for each in as_json()["items"]]

    for review in reviews:
        Review.objects.filter(pk=review.pk).update(slug=f"moved-{review.slug}")

    assert [each["id"] for each in as_json()["items"]] == before == texts(tree(), "//a:entry/a:id")
    assert len(set(before)) == 3


def test_an_empty_feed_is_a_feed():
    make_series("Red")

    for path in ("/feed.json", "/series/red/feed.json"):
        assert as_json(path)["items"] == []
    assert as_json()["title"] == "Eyecatch"


@pytest.mark.parametrize("form", ["feed/", "feed.json"])
def test_the_feed_of_a_renamed_series_leads_on(form):
    series = make_series("Red")
    series.slug = "blue"
    series.save()
    series.keep_former_slug("red", NOW)

    status, headers, _body = answer(f"/series/red/{form}", NOW)

    assert (status, headers["Location"]) == (301, f"/series/blue/{form}")


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ("/", ["/feed/"]),
        ("/series/red/", ["/series/red/feed/", "/feed/"]),
        ("/reviewers/ann/", ["/reviewers/ann/feed/", "/feed/"]),
    ],
)
def test_pages_lead_to_their_feeds(page, feeds):
    make_live_review(make_series("Red"), reviewer=make_reviewer("Ann"))

    head = etree.HTML(answer(page, NOW)[2].decode())

    found = {
        kind: head.xpath(f"//head/link[@rel='alternate'][@type='application/{kind}']/@href")
        for kind in ("atom+xml", "feed+json")
    }
    assert found == {"atom+xml": feeds, "feed+json": [path.replace("feed/", "feed.json") for path in feeds]}
