"""Pictures: public with what they belong to, and no sooner."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from coverage.newsroom.pictures import renditions
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

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def status(picture, at=NOW, client=None):
    return answer(picture.file.url, at, client)[0]


@pytest.fixture
def picture():
    return make_picture("red")


def test_a_picture_of_nothing_is_private(picture):
    assert status(picture) == 404


@pytest.mark.both_databases
def test_a_key_visual_is_public_with_its_series(picture):
    make_series(key_visual=picture, embargo_until=FRIDAY)

    assert [status(picture, at) for at in (BEFORE, AFTER)] == [404, 200]


@pytest.mark.both_databases
def test_a_picture_that_turns_out_to_spoil_is_private_though_it_is_still_a_key_visual(picture):
    make_series(key_visual=picture)
    type(picture).objects.update(spoils=True)

    assert status(picture) == 404


@pytest.mark.both_databases
def test_the_key_visual_of_a_private_series_is_private(picture):
    make_series(key_visual=picture, is_public=False)

    assert status(picture) == 404


@pytest.mark.both_databases
def test_a_lead_is_public_with_its_piece(picture):
    review = approve(make_review(lead_picture=picture))
    assert [status(picture, at) for at in (BEFORE, AFTER)] == [404, 200]

    verbs.withdraw(review, Act(make_user(Role.CHIEF), AFTER, note="Wrong."))

    assert status(picture, AFTER) == 404


@pytest.mark.both_databases
def test_a_lead_that_is_not_approved_is_private(picture):
    review = make_live_review()

    type(review).objects.update(lead_picture=picture)

    assert status(picture) == 404


@pytest.mark.both_databases
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


@pytest.mark.both_databases
def test_the_same_bytes_are_public_if_either_picture_is(picture):
    make_series(key_visual=make_picture("red"))

    assert status(picture) == 200


def wide(picture):
    return renditions.shown(picture, "wide").plain


@pytest.mark.both_databases
def test_a_size_is_public_with_its_picture_and_no_sooner(picture):
    make_series(key_visual=picture, embargo_until=FRIDAY)

    assert [answer(wide(picture).url, at)[0] for at in (BEFORE, AFTER)] == [404, 200]


def test_what_is_private_is_not_even_made(picture):
    assert answer(wide(picture).url, NOW)[0] == 404

    assert not default_storage.exists(wide(picture).name)


def test_a_size_of_a_picture_that_spoils_is_private(picture):
    make_series(key_visual=picture)
    type(picture).objects.update(spoils=True)

    assert answer(wide(picture).url, NOW)[0] == 404


def test_a_size_is_kept_by_browsers_as_long_as_nothing_turns(picture):
    make_series(key_visual=picture)

    found, headers, body = answer(wide(picture).url, NOW)

    assert found == 200
    assert headers["Content-Type"] == "image/webp"
    assert body.startswith(b"RIFF")
    # NOW is seven in the morning in New York: seventeen hours to midnight.
    assert headers["Cache-Control"] == "public, max-age=61200, s-maxage=61199, immutable"
    assert answer(wide(picture).url, NOW, Client(headers={"If-None-Match": headers["ETag"]}))[0] == 304


def test_sizes_of_one_picture_have_etags_of_their_own(picture):
    make_series(key_visual=picture)
    addresses = [rendition.url for rendition in renditions.every(picture)]

    assert len({answer(address, NOW)[1]["ETag"] for address in addresses}) == len(addresses) > 4


def test_a_size_outside_the_closed_set_is_not_found_and_not_made(picture):
    make_series(key_visual=picture)
    address = wide(picture).url

    for other in (
        address.replace("-16.", "-15."),
        address.replace("-50-", "-51-"),
        address.replace("wide", "tall"),
    ):
        assert other != address
        assert answer(other, NOW)[0] == 404
    assert not default_storage.exists("renditions")


def test_the_desk_sees_the_sizes_of_what_is_private_and_keeps_none(picture):
    client = Client()
    client.force_login(make_user(Role.WRITER))

    found, headers, _body = answer(wide(picture).url, NOW, client)

    assert (found, headers["Cache-Control"]) == (200, "private, no-store")


def test_the_web_server_may_send_a_size(picture, settings):
    make_series(key_visual=picture)
    settings.MEDIA_ACCEL_PREFIX = "/protected/"

    _found, headers, _body = answer(wide(picture).url, NOW)

    assert headers["X-Accel-Redirect"] == f"/protected/{wide(picture).name}"


def test_a_size_of_a_file_that_is_missing_is_not_found(picture):
    make_series(key_visual=picture)
    picture.file.storage.delete(picture.file.name)

    assert answer(wide(picture).url, NOW)[0] == 404
