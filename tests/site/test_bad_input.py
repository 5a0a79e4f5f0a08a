"""Whatever an address asks for, the answer is a page, and never more than was asked for."""

import pytest

from tests.factories import NOW
from tests.site.sweeps import answer
from tests.site.worlds import make_ordinary_world

pytestmark = pytest.mark.django_db

NOTHING = [
    "series=no-such-show",
    "series=%00",
    "series=red%00",
    "series=" + "r" * 10_000,
    "series=1",
    "series=Red",
    "studio='%20OR%201=1--",
    "platform=%ff%fe",
    "season=winter",
    "season=2026-monsoon",
    "season=99999-winter",
    "season=0-winter",
    "reviewer=%F0%9F%8D%BF",
    "stars=6",
    "stars=-1",
    "stars=NaN",
    "stars=Infinity",
    "stars=4.25",
    "stars=1e400",
    "spoilers=everything",
    "series=red&stars=many",
]
SOMETHING = [
    "",
    "page=",
    "page=0",
    "page=-1",
    "page=1.5",
    "page=1000000000",
    "page=" + "9" * 5000,
    "page=%00",
    "page=last",
    "series=",
    "unheard-of=1",
    "stars=0.5",
    "stars=4",
    "season=2026-winter",
    "series=no-such-show&series=red",
    "&".join(f"a{number}=1" for number in range(900)),
]


def shown(path):
    status, _headers, body = answer(path, NOW)
    assert status == 200
    return "/reviews/ordinary/" in body.decode()


@pytest.fixture(scope="module")
def world_once(stand):
    with stand(make_ordinary_world) as world:
        yield world


@pytest.fixture(autouse=True)
def world(world_once):
    return world_once.for_one_test()


@pytest.mark.parametrize("query", NOTHING, ids=lambda query: query[:30])
def test_what_makes_no_sense_finds_nothing(query):
    assert not shown(f"/reviews/?{query}")


@pytest.mark.parametrize(
    "query", [query for query in NOTHING if not query.startswith("series=")], ids=lambda query: query[:30]
)
def test_nor_among_the_reviews_of_one_series(query):
    assert not shown(f"/series/red/reviews/?{query}")


@pytest.mark.parametrize("page", ["/reviews/", "/series/red/reviews/"])
@pytest.mark.parametrize("query", SOMETHING, ids=lambda query: query[:30])
def test_what_says_nothing_about_pieces_hides_none(page, query):
    assert shown(f"{page}?{query}")


def test_the_form_says_what_is_wrong_without_repeating_it():
    _status, _headers, body = answer("/reviews/?series=" + "q" * 10_000, NOW)

    assert "There is nothing like that to choose." in body.decode()
    assert "q" * 100 not in body.decode().replace(f"series={'q' * 10_000}", "")


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page/",
        "/reviews/no-such-piece/",
        "/reviews/%00/",
        "/reviews/" + "a" * 5000 + "/",
        "/series/no-such-show/",
        "/series/no-such-show/feed/",
        "/series/no-such-show/reviews/",
        "/media/pictures/../../manage.py",
        "/media/pictures/ab/nothing.png",
        "/media/pictures/ab/" + "a" * 64 + ".png",
        "/media/%2e%2e/eyecatch.sqlite3",
    ],
)
def test_what_is_not_there_is_not_found(path):
    status, headers, _body = answer(path, NOW)

    assert status == 404
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/reviews/", "/series/red/", "/feed/", "/sitemap.xml"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_readers_only_read(path, method, client):
    response = getattr(client, method)(path)

    assert response.status_code == 405
    assert "no-store" in response.headers["Cache-Control"]
