"""Pictures: public with what they belong to, and no sooner."""

import pytest
from django.test import Client

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_live_review,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)
from tests.site.sweeps import answer
from tests.site.worlds import AFTER, BEFORE, make_picture

pytestmark = pytest.mark.django_db


def status(picture, at=NOW, client=None):
    return answer(picture.file.url, at, client)[0]


@pytest.fixture
def picture():
    return make_picture("red")


def test_a_picture_of_nothing_is_private(picture):
    assert status(picture) == 404


def test_a_key_visual_is_public_with_its_series(picture):
    make_series(key_visual=picture, embargo_until=FRIDAY)

    assert [status(picture, at) for at in (BEFORE, AFTER)] == [404, 200]


def test_a_picture_that_turns_out_to_spoil_is_private_though_it_is_still_a_key_visual(picture):
    make_series(key_visual=picture)
    type(picture).objects.update(spoils=True)

    assert status(picture) == 404


def test_the_key_visual_of_a_private_series_is_private(picture):
    make_series(key_visual=picture, is_public=False)

    assert status(picture) == 404


def test_a_lead_is_public_with_its_piece(picture):
    review = approve(make_review(lead_picture=picture))
    assert [status(picture, at) for at in (BEFORE, AFTER)] == [404, 200]

    verbs.withdraw(review, Act(make_user(Role.CHIEF), AFTER, note="Wrong."))

    assert status(picture, AFTER) == 404


def test_a_lead_that_is_not_approved_is_private(picture):
    review = make_live_review()

    type(review).objects.update(lead_picture=picture)

    assert status(picture) == 404


def test_a_portrait_is_public_with_a_live_piece(picture):
    critic = make_reviewer()
    critic.portrait = picture
    critic.save()
    assert status(picture) == 404

    approve(make_review(reviewer=critic))

    assert [status(picture, at) for at in (BEFORE, AFTER)] == [404, 200]


def test_the_desk_may_see_them_all_and_keeps_none(picture):
    for role, expected in ((Role.WRITER, 200), (None, 404)):
        client = Client()
        client.force_login(make_user(role))

        found, headers, _body = answer(picture.file.url, NOW, client)

        assert found == expected
        assert headers["Cache-Control"] == "private, no-store"


def test_a_picture_comes_as_what_it_is(picture):
    make_series(key_visual=picture)

    found, headers, body = answer(picture.file.url, NOW)

    assert found == 200
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert body.startswith(b"\xff\xd8\xff")
    assert answer(picture.file.url, NOW, Client(headers={"If-None-Match": headers["ETag"]}))[0] == 304


def test_the_web_server_may_send_the_file(picture, settings):
    make_series(key_visual=picture)
    settings.MEDIA_ACCEL_PREFIX = "/protected/"

    found, headers, body = answer(picture.file.url, NOW)

    assert (found, body) == (200, b"")
    assert headers["X-Accel-Redirect"] == f"/protected/{picture.file.name}"
    assert headers["Content-Type"] == "image/jpeg"


def test_the_web_server_sends_nothing_that_is_private(picture, settings):
    settings.MEDIA_ACCEL_PREFIX = "/protected/"

    found, headers, _body = answer(picture.file.url, NOW)

    assert found == 404
    assert "X-Accel-Redirect" not in headers


def test_a_file_that_is_missing_is_not_found(picture):
    make_series(key_visual=picture)
    picture.file.storage.delete(picture.file.name)

    assert status(picture) == 404


def test_the_same_bytes_are_public_if_either_picture_is(picture):
    make_series(key_visual=make_picture("red"))

    assert status(picture) == 200
