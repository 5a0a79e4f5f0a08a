"""JSON-LD: what every page says, held against what search engines ask for, and the checker itself."""

import json

import pytest
from lxml import html

from coverage.site import surfaces
from coverage.site.surfaces import Kind
from reviews.models import Kind as Piece
from series.models import Credit, Person, SeriesStudio, Studio
from tests.factories import NOW, make_live_review, make_reviewer, make_series
from tests.site.structured_data import structured_data_errors
from tests.site.sweeps import addresses, answer
from tests.site.worlds import AFTER, PROSE, add_the_piece, make_ordinary_world, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOME = "https://reviews.example"
PAGES = [each.name for each in surfaces.every() if each.kind is Kind.PAGE]


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = HOME


def page(path, at=NOW):
    return answer(path, at)[2].decode()


def graph(path, at=NOW):
    blocks = html.fromstring(page(path, at)).xpath("//script[@type='application/ld+json']/text()")
    return [node for block in blocks for node in json.loads(block)["@graph"]]


def node(path, kind):
    (only,) = [each for each in graph(path) if each["@type"] == kind]
    return only


def crumbs(path):
    return [(item["name"], item["item"]) for item in node(path, "BreadcrumbList")["itemListElement"]]


@pytest.fixture(scope="class")
def world_once(stand):
    with stand(lambda: add_the_piece(*make_ordinary_world()[:3])) as world:
        yield world


class TestEveryPage:
    @pytest.fixture(autouse=True)
    def world(self, world_once):
        return world_once.for_one_test()

    @pytest.mark.parametrize("name", PAGES)
    def test_it_says_nothing_that_search_engines_would_refuse(self, name):
        for path in addresses(AFTER, name):
            assert structured_data_errors(page(path, AFTER) or "<p>") == []

    def test_what_it_says_is_made_of_what_may_leave_it(self):
        paths = addresses(AFTER, "reviews:detail", "site:series")

        said = json.dumps([graph(path, AFTER) for path in paths])

        assert "Canaryheadline" in said
        assert not [canary for canary in PROSE if canary in said]


def test_the_front_page_names_the_paper_and_its_site():
    assert node("/", "WebSite") == {"@type": "WebSite", "name": "Eyecatch", "url": f"{HOME}/"}
    assert node("/", "Organization")["logo"]["url"].startswith(HOME)
    assert not [each for each in graph("/") if each["@type"] == "BreadcrumbList"]


def test_a_series_says_what_it_is_and_rates_nothing():
    picture = make_picture("red", credit="Studio Kite")
    series = make_series(
        "Red",
        title_native="赤",
        synopsis="Of paint.",
        key_visual=picture,
        premieres_on="2026-01-05",
        episode_count=12,
    )
    make_live_review(series)

    said = node("/series/red/", "TVSeries")

    assert said | {"image": ""} == {
        "@type": "TVSeries",
        "name": "Red",
        "alternateName": ["赤"],
        "url": f"{HOME}/series/red/",
        "description": "Of paint.",
        "image": "",
        "startDate": "2026-01-05",
        "numberOfEpisodes": 12,
    }
    assert said["image"]["creditText"] == "Studio Kite"
    assert said["image"]["caption"] == "A field of red"
    assert "AggregateRating" not in page("/series/red/")


def test_a_film_is_one():
    make_series("Long Red", format="film", premieres_on="2026-01-05")

    assert node("/series/long-red/", "Movie")["dateCreated"] == "2026-01-05"


def test_a_critic_has_a_profile_and_a_maker_is_a_person():
    ann = make_reviewer("Ann")
    ann.bio, ann.portrait = "Writes.", make_picture("yellow")
    ann.save()
    series = make_series("Red")
    make_live_review(series, reviewer=ann)
    aki = Person.objects.create(name="Aki", name_native="秋", slug="aki")
    Credit.objects.create(series=series, person=aki, role="director")
    SeriesStudio.objects.create(series=series, studio=Studio.objects.create(name="Kite", slug="kite"))

    profile = node("/reviewers/ann/", "ProfilePage")["mainEntity"]
    assert (profile["name"], profile["description"], profile["url"]) == (
        "Ann",
        "Writes.",
        f"{HOME}/reviewers/ann/",
    )
    assert profile["image"]["width"] == profile["image"]["height"]
    assert profile["worksFor"]["name"] == "Eyecatch"
    assert node("/people/aki/", "Person")["alternateName"] == "秋"
    assert node("/studios/kite/", "Organization")["url"] == f"{HOME}/studios/kite/"


def test_a_piece_stands_under_its_series_and_a_roundup_under_the_reviews():
    make_live_review(make_series("Red"), slug="war", headline="War")
    roundup = make_live_review(slug="three", headline="Three", kind=Piece.ROUNDUP)
    roundup.series = None
    roundup.save()

    assert crumbs("/reviews/war/") == [
        ("Series", f"{HOME}/series/"),
        ("Red", f"{HOME}/series/red/"),
        ("War", f"{HOME}/reviews/war/"),
    ]
    assert crumbs("/reviews/three/")[0] == ("Reviews", f"{HOME}/reviews/")
    assert crumbs("/series/red/") == [("Series", f"{HOME}/series/"), ("Red", f"{HOME}/series/red/")]
    assert [name for name, _address in crumbs("/series/red/reviews/")] == ["Series", "Red", "Red: reviews"]


def test_the_way_up_is_there_to_be_seen():
    make_live_review(make_series("Red"), slug="war", headline="War")

    (nav,) = html.fromstring(page("/reviews/war/")).find_class("breadcrumb")

    assert nav.xpath(".//a/@href") == ["/", "/series/", "/series/red/"]
    assert nav.xpath("string(.//*[@aria-current='page'])") == "War"
    assert not html.fromstring(page("/")).find_class("breadcrumb")


GOOD = {
    "@type": "Review",
    "name": "War",
    "url": f"{HOME}/reviews/war/",
    "author": [{"@type": "Person", "name": "Ann", "url": f"{HOME}/reviewers/ann/"}],
    "publisher": {"@type": "Organization", "name": "Eyecatch", "url": f"{HOME}/"},
    "datePublished": "2026-01-09T14:00:00+00:00",
    "itemReviewed": {"@type": "Movie", "name": "Red", "url": f"{HOME}/series/red/"},
    "reviewRating": {"@type": "Rating", "ratingValue": 4.5, "bestRating": 5, "worstRating": 0.5},
}
STEP = {"@type": "ListItem", "position": 1, "name": "Series", "item": f"{HOME}/series/"}


def errors_of(*nodes, context="https://schema.org"):
    data = json.dumps({"@context": context, "@graph": nodes})
    return structured_data_errors(f'<script type="application/ld+json">{data}</script>')


def test_the_checker_takes_what_is_right():
    assert errors_of(GOOD) == []
    assert errors_of({"@type": "BreadcrumbList", "itemListElement": [STEP, STEP | {"position": 2}]}) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"author": []},
        {"author": [{"@type": "Person", "name": "A" * 100, "url": HOME}]},
        {"author": [{"@type": "Thing", "name": "Ann"}]},
        {"reviewRating": None},
        {"reviewRating": GOOD["reviewRating"] | {"ratingValue": 6}},
        {"reviewRating": GOOD["reviewRating"] | {"ratingValue": "many"}},
        {"itemReviewed": {"@type": "Person", "name": "Ann", "url": HOME}},
        {"itemReviewed": {"@type": "Movie", "name": "", "url": HOME}},
        {"datePublished": "last Friday"},
        {"datePublished": "2026-01-09T14:00:00"},
        {"url": "/reviews/war/"},
        {"@type": "Opinion"},
    ],
    ids=str,
)
def test_the_checker_finds_a_fault(fault):
    assert errors_of(GOOD | fault)


def test_the_checker_finds_a_broken_block_and_a_broken_way():
    assert errors_of({"@type": "BreadcrumbList", "itemListElement": [STEP]})
    assert errors_of({"@type": "BreadcrumbList", "itemListElement": [STEP, STEP]})
    assert errors_of(GOOD, context="http://elsewhere.example")
    assert structured_data_errors('<script type="application/ld+json">{</script>')
