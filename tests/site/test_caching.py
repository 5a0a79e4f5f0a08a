"""How long an answer may be kept, and by whom."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from coverage.newsroom.roles import Role
from coverage.site import surfaces
from tests.factories import FRIDAY, NOW, approve, make_episode, make_review, make_series, make_user
from tests.site.sweeps import addresses, answer, sweep
from tests.site.worlds import make_ordinary_world, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def public(seconds):
    """For browsers until then; for shared caches, which cut seconds off, one less."""
    return f"public, max-age={seconds}, s-maxage={max(seconds - 1, 0)}"


def kept(path, at=NOW, client=None):
    return answer(path, at, client)[1]["Cache-Control"]


@pytest.mark.parametrize(
    ("before", "seconds"),
    [(3600, 60), (61, 60), (60, 60), (59, 59), (1, 1), (0.5, 0)],
)
def test_a_page_is_kept_for_a_minute_or_until_the_next_boundary(before, seconds):
    approve(make_review(), FRIDAY - timedelta(days=1))
    boundary = FRIDAY - timedelta(days=1)

    assert kept("/", boundary - timedelta(seconds=before)) == public(seconds)
    assert kept("/", boundary) == public(60)


@pytest.fixture(scope="class")
def world_once(stand):
    """Thirty seconds before a boundary."""

    def make():
        make_ordinary_world()
        make_episode(make_series(), "9", airs_at=NOW + timedelta(seconds=30))

    with stand(make) as world:
        yield world


@pytest.fixture(scope="class")
def answers(world_once):
    """What every address answers to a reader."""
    return sweep(NOW, addresses(NOW))


@pytest.fixture
def world(world_once):
    world_once.for_one_test()


@pytest.mark.usefixtures("world")
class TestEveryAnswer:
    @pytest.mark.parametrize("surface", surfaces.every(), ids=lambda surface: surface.name)
    def test_no_surface_outlives_a_boundary(self, surface, answers):
        for path in addresses(NOW, surface.name):
            _status, headers, _body = answers[path]

            assert headers["Cache-Control"].removesuffix(", immutable") == public(30)

    def test_pages_are_the_same_for_everyone(self, answers):
        editor = Client()
        editor.force_login(make_user(Role.EDITOR))

        for path, to_a_reader in answers.items():
            status, headers, body = answer(path, NOW, editor)

            assert (status, body) == to_a_reader[::2]
            assert headers["Cache-Control"] == "private, no-store"
            assert "Vary" not in headers

    def test_head_is_get_without_its_body(self, answers):
        for path, (status, headers, _body) in answers.items():
            assert answer(path, NOW, method="HEAD") == (status, headers, b""), path

    def test_a_reader_gets_no_cookie_no_nonce_and_the_policy(self, answers):
        for _status, headers, body in answers.values():
            assert "Set-Cookie" not in headers
            assert "nonce" not in headers["Content-Security-Policy"]
            assert b"nonce=" not in body
            assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_picture_may_be_kept_for_an_hour():
    make_series(key_visual=make_picture("red"))

    (path,) = addresses(NOW, "site:media")

    assert kept(path) == public(3600)


def test_an_answer_with_a_cookie_is_not_kept(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "forged"

    assert kept("/", NOW, client) == "private, no-store"


@pytest.mark.parametrize("path", ["/desk/", "/desk/login/", "/no-such-page/", "/reviews/none/"])
def test_the_desk_and_errors_are_never_kept(path):
    assert "no-store" in kept(path)
    assert "public" not in kept(path)


def test_a_page_says_its_names_to_caches_that_are_purged(settings):
    assert "Surrogate-Key" not in answer("/", NOW)[1]

    settings.CACHE_PURGE = ["nginx:http://192.0.2.1"]

    assert answer("/", NOW)[1]["Surrogate-Key"] == "lists front"
    assert answer("/", NOW)[1]["Cache-Tag"] == "lists,front"
    assert "Surrogate-Key" not in answer("/no-such-page/", NOW)[1]


@pytest.mark.parametrize("path", ["/", "/feed/", "/sitemap.xml", "/robots.txt"])
def test_the_same_bytes_are_not_sent_twice(path):
    _status, headers, _body = answer(path, NOW)

    status, again, body = answer(path, NOW, Client(headers={"If-None-Match": headers["ETag"]}))

    assert (status, body) == (304, b"")
    assert again["Cache-Control"] == headers["Cache-Control"]
    assert again["ETag"] == headers["ETag"]
