"""Public answers are packed for browsers that can unpack them; what is for one person never is."""

import gzip

import brotli
import pytest
from django.test import Client

from tests.factories import NOW, make_user
from tests.site.sweeps import answer
from tests.site.worlds import make_ordinary_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(scope="module")
def world_once(stand):
    with stand(make_ordinary_world) as world:
        yield world


@pytest.fixture(autouse=True)
def world(world_once):
    world_once.for_one_test()


def ask(path, accepted, client=None):
    client = client or Client()
    client.defaults["HTTP_ACCEPT_ENCODING"] = accepted
    return answer(path, NOW, client)


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
        ("GZIP;q=0.5", "gzip", gzip.decompress),
    ],
)
@pytest.mark.parametrize("path", ["/", "/feed/", "/sitemap.xml", "/reviews/ordinary/"])
def test_a_public_answer_is_packed_as_asked(path, accepted, encoding, unpack):
    _status, plainly, plain = answer(path, NOW)

    status, headers, body = ask(path, accepted)

    assert status == 200
    assert headers["Content-Encoding"] == encoding
    assert unpack(body) == plain
    assert headers["ETag"] == f"W/{plainly['ETag']}"


@pytest.mark.parametrize("accepted", ["", "identity", "br;q=0, gzip; q=0.0"])
def test_who_can_unpack_nothing_gets_it_plain(accepted):
    _status, headers, body = ask("/", accepted)

    assert "Content-Encoding" not in headers
    assert "Accept-Encoding" in headers["Vary"]
    assert body.lower().startswith(b"<!doctype html>") or b"<!DOCTYPE html>" in body


def test_who_has_it_packed_is_told_that_nothing_changed():
    _status, headers, _body = ask("/", "br")

    assert ask("/", "br", Client(headers={"If-None-Match": headers["ETag"]}))[0] == 304


@pytest.mark.parametrize("path", ["/robots.txt", "/favicon.ico"])
def test_what_is_short_is_left_alone(path):
    assert "Content-Encoding" not in ask(path, "br")[1]


def test_an_answer_to_somebody_signed_in_is_never_packed():
    client = Client()
    client.force_login(make_user())

    assert "Content-Encoding" not in ask("/", "br", client)[1]
