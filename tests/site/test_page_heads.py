"""What pages say about themselves: links, previews, structured data."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from reviews.models import Kind, Review
from series.models import Series
from tests.factories import (
    FRIDAY,
    NOW,
    make_episode,
    make_live_review,
    make_part,
    make_review,
    make_reviewer,
    make_series,
)
from tests.factories import approve as approve_for
from tests.site.sweeps import answer
from tests.site.worlds import make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LAST_FRIDAY = FRIDAY - timedelta(days=7)
AIRED = LAST_FRIDAY - timedelta(days=2)


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://reviews.example"


def head(path):
    status, _headers, body = answer(path, NOW)
    assert status == 200
    return html.fromstring(body.decode()).find("head")


def meta(path):
    found = {}
    for tag in head(path).iter("meta"):
        found[tag.get("property") or tag.get("name")] = tag.get("content")
    return found


def graph(path):
    blocks = head(path).xpath("script[@type='application/ld+json']/text()")
    return [node for block in blocks for node in json.loads(block)["@graph"]]


def reviews(path):
    return [node for node in graph(path) if node["@type"] == "Review"]


def publish(review):
    return approve_for(review, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/", "/"),
        ("/?utm_source=elsewhere", "/"),
        ("/reviews/?page=1", "/reviews/"),
        ("/reviews/?series=red", "/reviews/"),
        ("/reviews/?page=99", "/reviews/"),
        ("/reviews/piece/", "/reviews/piece/"),
        ("/series/", "/series/"),
        ("/series/red/", "/series/red/"),
        ("/series/red/reviews/", "/series/red/reviews/"),
    ],
)
def test_every_page_names_its_one_address(asked, canonical):
    make_live_review(make_series("Red"), slug="piece")

    assert head(asked).xpath("link[@rel='canonical']/@href") == [f"https://reviews.example{canonical}"]


def test_only_what_is_filtered_is_kept_out_of_indexes():
    make_live_review(make_series("Red"))

    assert "robots" not in meta("/reviews/")
    assert "robots" not in meta("/reviews/?utm_source=elsewhere&series=")
    assert meta("/reviews/?series=red")["robots"] == "noindex, follow"


def way_on(path):
    return html.document_fromstring(answer(path, NOW)[2]).find(".//a[@rel='next']").get("href")


def test_every_page_of_the_list_has_an_address_of_its_own():
    for number in range(25):
        make_live_review(slug=f"piece-{number}")
    whole = "https://reviews.example/reviews/"
    older = way_on("/reviews/")

    asked = [f"{older}&utm_source=x", "/reviews/?before=end", "/reviews/?sort=stars", "/reviews/?after=junk"]
    named = [(head(path).xpath("link[@rel='canonical']/@href")[0], "robots" in meta(path)) for path in asked]

    assert named == [(f"https://reviews.example{older}", False), *[(whole, True)] * 3]


def test_a_review_previews_with_headline_standfirst_and_picture():
    series = make_series("Red", key_visual=make_picture("red"))
    make_live_review(series, slug="piece", headline="“War” & <peace>", standfirst="Good.")

    found = meta("/reviews/piece/")

    assert found["og:title"] == "“War” & <peace>"
    assert found["og:description"] == found["description"] == "Good."
    assert found["og:type"] == "article"
    assert found["og:url"] == "https://reviews.example/reviews/piece/"
    assert found["og:image"].startswith("https://reviews.example/cards/reviews/piece/")
    assert answer(found["og:image"].removeprefix("https://reviews.example"), NOW)[0] == 200
    assert (found["og:image:width"], found["og:image:height"], found["og:image:type"]) == (
        "1200",
        "630",
        "image/jpeg",
    )
    assert found["og:image:alt"] == "Eyecatch on Red"
    assert found["article:published_time"] == "2026-01-09T14:00:00+00:00"
    assert found["twitter:card"] == "summary_large_image"


def test_links_that_share_a_piece_are_plain_and_name_its_one_address():
    make_live_review(slug="piece", headline="War & “peace” 100 %?")

    page = html.fromstring(answer("/reviews/piece/", NOW)[2].decode())
    links = [urlsplit(link) for link in page.xpath("//*[@data-share]/a/@href")]

    assert page.xpath("//@data-share") == ["https://reviews.example/reviews/piece/"]
    assert [link.netloc for link in links] == ["", "bsky.app", "www.reddit.com"]
    for link in links:
        said = " ".join(value for values in parse_qs(link.query).values() for value in values)
        assert "War & “peace” 100 %?" in said
        assert "https://reviews.example/reviews/piece/" in said


def test_a_review_is_titled_with_what_it_is_about():
    series = make_series("Red")
    episodes = [make_episode(series, number) for number in ("1", "2")]
    make_live_review(series, slug="piece", headline="War", episodes=episodes)

    assert head("/reviews/piece/").findtext("title") == "War · Red, Episodes 1, 2 · Eyecatch"


def test_a_picture_that_spoils_is_never_a_preview():
    make_live_review(make_series("Red", key_visual=make_picture("red", spoils=True)), slug="piece")

    assert "/cards/" in meta("/reviews/piece/")["og:image"]
    assert "/cards/" in meta("/series/red/")["og:image"]


def test_each_rated_part_is_a_review_of_an_episode():
    series = make_series("Red")
    first, second, third = (make_episode(series, number, airs_at=AIRED) for number in ("1", "2", "12.5"))
    ann, ben = make_reviewer("Ann"), make_reviewer("Ben")
    review = make_review(series, slug="piece", headline="Three of them", standfirst="Good.", reviewer=ann)
    make_part(review, first, ann, stars="3.5")
    make_part(review, second, ann, stars=None)
    make_part(review, third, ben, stars="0.5")
    publish(review)

    one, two = reviews("/reviews/piece/")

    assert one == {
        "@type": "Review",
        "url": "https://reviews.example/reviews/piece/",
        "name": "Three of them",
        "description": "Good.",
        "author": [{"@type": "Person", "name": "Ann", "url": "https://reviews.example/reviewers/ann/"}],
        "publisher": {
            "@type": "Organization",
            "name": "Eyecatch",
            "url": "https://reviews.example/",
            "logo": {"@type": "ImageObject", "url": "https://reviews.example/static/img/favicon.svg"},
        },
        "datePublished": "2026-01-09T14:00:00+00:00",
        "dateModified": "2026-01-09T14:00:00+00:00",
        "itemReviewed": {
            "@type": "TVEpisode",
            "name": "Title of 1",
            "episodeNumber": "1",
            "partOfSeries": {
                "@type": "TVSeries",
                "name": "Red",
                "url": "https://reviews.example/series/red/",
            },
        },
        "reviewRating": {"@type": "Rating", "ratingValue": 3.5, "bestRating": 5, "worstRating": 0.5},
    }
    assert two["itemReviewed"]["episodeNumber"] == "12.5"
    assert two["author"] == [
        {"@type": "Person", "name": "Ben", "url": "https://reviews.example/reviewers/ben/"}
    ]
    assert two["reviewRating"]["ratingValue"] == 0.5


def test_a_film_is_a_movie():
    film = make_series("Long Red", format="film")
    publish(make_review(film, slug="film", kind=Kind.FEATURE, stars="4.5"))

    (node,) = reviews("/reviews/film/")

    assert node["itemReviewed"] == {
        "@type": "Movie",
        "name": "Long Red",
        "url": "https://reviews.example/series/long-red/",
    }
    assert node["reviewRating"]["ratingValue"] == 4.5


def test_a_season_is_a_series():
    publish(make_review(make_series("Red"), slug="season", kind=Kind.SEASON, stars="4.0"))

    (node,) = reviews("/reviews/season/")

    assert node["itemReviewed"]["@type"] == "TVSeries"


def test_a_run_of_episodes_is_named_as_such():
    series = make_series("Red")
    first, last = (make_episode(series, number, airs_at=AIRED) for number in ("25", "27"))
    review = make_review(series, slug="run")
    make_part(review, first, make_reviewer(), last_episode=last)
    publish(review)

    (node,) = reviews("/reviews/run/")

    assert node["itemReviewed"]["name"] == "Episodes 25–27"
    assert "episodeNumber" not in node["itemReviewed"]


def test_what_is_unrated_is_no_review():
    publish(make_review(make_series("Red"), slug="preview", kind=Kind.PREVIEW))

    assert reviews("/reviews/preview/") == []


def test_no_title_ends_the_block():
    series = make_series("Red")
    episode = make_episode(series, airs_at=AIRED, title="</script><script>alert(1)</script>")
    Series.objects.filter(pk=series.pk).update(title="<!-- & -->")
    review = make_review(series, slug="piece", headline='"]}</script>')
    make_part(review, episode, make_reviewer())
    publish(review)

    (node,) = reviews("/reviews/piece/")

    assert node["itemReviewed"]["name"] == "</script><script>alert(1)</script>"
    assert node["itemReviewed"]["partOfSeries"]["name"] == "<!-- & -->"
    assert "alert" not in {(script.text or "")[:5] for script in head("/reviews/piece/").iter("script")}


def test_heads_are_made_of_what_cannot_reach_prose():
    make_live_review(slug="piece", introduction="<p>Canary</p>")
    Review.objects.update(headline="Canary")

    _status, _headers, body = answer("/reviews/piece/", NOW)

    assert "Canary" not in body.decode().partition("</head>")[0]
