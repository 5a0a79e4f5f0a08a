"""What search engines are told: every public page once, its pictures, and the news of two days."""

from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from coverage.newsroom.models import Picture
from coverage.newsroom.pages import Preview
from coverage.newsroom.roles import Role
from coverage.newsroom.weeks import Week
from coverage.site import sitemaps, surfaces
from coverage.site.surfaces import Kind
from reviews import verbs
from reviews.models import Correction, Review
from reviews.verbs import Act
from tests.factories import FRIDAY, NOW, approve, make_live_review, make_review, make_series, make_user
from tests.site.sweeps import addresses, answer, sweep
from tests.site.worlds import BEFORE, add_the_piece, make_ordinary_world, make_picture

pytestmark = pytest.mark.django_db

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
LAST_FRIDAY = FRIDAY - timedelta(days=7)
HOME = "https://reviews.example"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = HOME


def read(path, at=NOW):
    status, headers, body = answer(path, at)
    assert (status, headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return etree.fromstring(body)


def texts(tree, path):
    return [node.text for node in tree.iterfind(path, SPACES)]


def part_names(prefix="", at=NOW):
    names = [loc.removeprefix(f"{HOME}/sitemap-").removesuffix(".xml") for loc in index(at)]
    return [name for name in names if name.startswith(prefix)]


def index(at=NOW):
    return texts(read("/sitemap.xml", at), "s:sitemap/s:loc")


def listed(at=NOW):
    paths = [loc.removeprefix(HOME) for loc in index(at)]
    return [loc for path in paths for loc in texts(read(path, at), "s:url/s:loc")]


def news(at):
    return texts(read("/sitemap-news.xml", at), "s:url/s:loc")


def published(publish_at, **fields):
    return approve(make_review(**fields), publish_at, at=publish_at - timedelta(hours=1))


def is_indexed(path):
    status, _headers, body = answer(path, NOW)
    if status != 200:
        return False  # an address that leads on to another
    head = etree.HTML(body.decode()).find("head")
    if head.xpath("meta[@name='robots']"):
        return False
    assert head.xpath("link[@rel='canonical']/@href") == [f"{HOME}{path}"]
    return True


def test_every_page_that_may_be_indexed_stands_in_one_part_and_nothing_else_does():
    make_ordinary_world()
    pages = {each.name for each in surfaces.every() if each.kind is Kind.PAGE}

    found = listed()

    assert sorted(found) == sorted(f"{HOME}{path}" for path in addresses(NOW, *pages) if is_indexed(path))
    assert len(found) == len(set(found)) > 5
    assert f"{HOME}/weeks/{Week.of(NOW, UTC)}/" not in found  # nothing airs in it


def test_a_new_kind_of_page_joins_by_itself(monkeypatch):
    surface = surfaces.Surface("site:new", Kind.PAGE, lambda at: ["/new/"])
    private = surfaces.Surface("site:own", Kind.PAGE, lambda at: ["/own/"], indexed=False)
    monkeypatch.setitem(surfaces._register, surface.name, surface)
    monkeypatch.setitem(surfaces._register, private.name, private)

    pages = texts(read("/sitemap-pages.xml"), "s:url/s:loc")

    assert f"{HOME}/new/" in pages
    assert f"{HOME}/own/" not in pages


def test_pieces_are_listed_by_year_and_in_the_order_of_going_live():
    published(LAST_FRIDAY, slug="newer")
    published(datetime(2025, 12, 31, 23, 59, tzinfo=UTC), slug="last-year")
    published(LAST_FRIDAY - timedelta(days=1), slug="older")

    assert part_names("reviews") == [
        "reviews-2025-1",
        "reviews-2026-1",
    ]
    assert texts(read("/sitemap-reviews-2026-1.xml"), "s:url/s:loc") == [
        f"{HOME}/reviews/older/",
        f"{HOME}/reviews/newer/",
    ]


def test_a_part_holds_no_more_than_it_may_and_an_older_one_stays(monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_PART", 2)
    for number in range(3):
        published(LAST_FRIDAY + timedelta(hours=number), slug=f"piece-{number}")
    first = answer("/sitemap-reviews-2026-1.xml", NOW)

    published(LAST_FRIDAY + timedelta(hours=4), slug="piece-4")

    assert part_names("reviews") == [
        "reviews-2026-1",
        "reviews-2026-2",
    ]
    assert answer("/sitemap-reviews-2026-1.xml", NOW) == first
    assert texts(read("/sitemap-reviews-2026-2.xml"), "s:url/s:loc") == [
        f"{HOME}/reviews/piece-2/",
        f"{HOME}/reviews/piece-4/",
    ]


def test_what_waits_moves_no_part(monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_PART", 1)
    series, second, unaired, _review = make_ordinary_world()
    names = ("site:sitemap", "site:sitemap_part", "site:news_sitemap")
    paths = addresses(BEFORE, *names)
    without = sweep(BEFORE, paths)

    add_the_piece(series, second, unaired)

    assert addresses(BEFORE, *names) == paths
    assert sweep(BEFORE, paths) == without


def test_no_part_is_empty_and_no_other_name_answers():
    assert part_names() == ["pages"]
    names = [
        "series-1", "reviews-2026-1", "series-0", "series--1", "series-01", "reviews-0-1", "reviews-0000-1",
        "reviews-99999-1", "reviews-2026-" + "9" * 400, "reviews", "reviews-1", "pages-1", "site", "-",
        "series-٣",
    ]  # fmt: skip

    assert {answer(f"/sitemap-{name}.xml", NOW)[0] for name in names} == {404}


def test_a_piece_says_when_it_changed_and_what_picture_it_has():
    picture = make_picture("red")
    review = make_live_review(make_series("Red"), slug="piece", lead_picture=picture)
    Review.objects.filter(pk=review.pk).update(standfirst="Put right.")
    act = Act(make_user(Role.CHIEF), NOW - timedelta(hours=1), note="A name.")
    verbs.correct(Review.objects.get(pk=review.pk), act, Correction.Kind.FACT)

    tree = read("/sitemap-reviews-2026-1.xml")

    assert texts(tree, "s:url/s:lastmod") == ["2026-01-14T11:00:00+00:00"]
    assert texts(tree, "s:url/image:image/image:loc") == [Preview.of(picture).url]
    by_part = dict(zip(part_names(), read("/sitemap.xml").iterfind("s:sitemap", SPACES), strict=True))
    assert by_part["reviews-2026-1"].findtext("s:lastmod", namespaces=SPACES) == "2026-01-14T11:00:00+00:00"


def test_a_picture_that_spoils_is_in_no_sitemap():
    lead = make_picture("green")
    make_live_review(make_series("Red", key_visual=make_picture("red", spoils=True)), lead_picture=lead)
    Picture.objects.filter(pk=lead.pk).update(spoils=True)

    for part in ("reviews-2026-1", "series-1"):
        assert not texts(read(f"/sitemap-{part}.xml"), "s:url/image:image")


def test_a_series_changes_with_its_newest_piece():
    picture = make_picture("red")
    make_live_review(make_series("Red", key_visual=picture))
    make_series("Blue")

    tree = read("/sitemap-series-1.xml")

    assert texts(tree, "s:url/s:loc") == [f"{HOME}/series/red/", f"{HOME}/series/blue/"]
    assert texts(tree, "s:url/s:lastmod") == ["2026-01-09T14:00:00+00:00"]
    assert texts(tree, "s:url/image:image/image:loc") == [Preview.of(picture).url]


def test_the_news_are_of_two_days():
    make_live_review(slug="piece")
    end = LAST_FRIDAY + timedelta(hours=48)

    assert news(LAST_FRIDAY - timedelta(seconds=1)) == []
    assert news(LAST_FRIDAY) == news(end - timedelta(seconds=1)) == [f"{HOME}/reviews/piece/"]
    assert news(end) == []


def test_a_piece_of_news_has_all_that_is_asked_of_it():
    make_live_review(slug="piece", headline="War & <peace> \x0b!")

    (url,) = read("/sitemap-news.xml", LAST_FRIDAY).iterfind("s:url", SPACES)

    said = {node.tag.partition("}")[2]: node.text for node in url.iterfind("news:news//*", SPACES)}
    assert said | {"publication": None} == {
        "publication": None,
        "name": "Eyecatch",
        "language": "en",
        "publication_date": "2026-01-09T14:00:00+00:00",
        "title": "War & <peace> !",
    }


def test_robots_are_told_of_both():
    lines = answer("/robots.txt", NOW)[2].decode().splitlines()

    assert lines == [
        "User-agent: *",
        "Disallow: /desk/",
        "",
        f"Sitemap: {HOME}/sitemap.xml",
        f"Sitemap: {HOME}/sitemap-news.xml",
    ]
