"""Who has a piece open, and when they last changed it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coverage.newsroom.roles import Role
from reviews.models import Presence, Review
from tests.desk.forms import address_of, opened
from tests.factories import NOW, make_review, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def review():
    return make_review()


@pytest.fixture
def mika():
    """Another editor, at a browser of her own."""
    browser = Client()
    browser.force_login(make_user(Role.EDITOR, "mika"))
    return browser


def sign(client, review, **more):
    """A sign of life of an open form."""
    version = Review.objects.get(pk=review.pk).version
    signs = {"version": version} | more
    return client.post(f"/desk/reviews/review/{review.pk}/presence/", query_params=signs)


def asks(deed):
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as queries:
        deed()
    return len(queries)


def later(**by):
    return time_machine.travel(NOW + timedelta(**by), tick=False)


def test_opening_a_piece_says_who_has_it_open(client, editor, review, mika):
    mika.get(address_of(review))

    page = client.get(address_of(review)).content.decode()

    assert "<strong>mika</strong> has this open and has not changed it." in page


def test_one_does_not_see_oneself(client, editor, review):
    client.get(address_of(review))

    assert client.get(address_of(review)).context["others"] == []
    assert "has this open" not in sign(client, review).content.decode()


def test_an_open_form_is_told_who_comes_and_when_they_changed_it(client, editor, review, mika):
    assert "mika" not in sign(client, review).content.decode()

    with later(minutes=12):
        sign(mika, review, changed="1")
        said = sign(client, review).content.decode()

    assert "<strong>mika</strong> has this open and last changed it at 07:12." in said


def test_a_later_sign_without_a_change_keeps_when_it_was(client, editor, review, mika):
    sign(mika, review, changed="1")
    with later(seconds=25):
        sign(mika, review)

        assert "last changed it at 07:00" in sign(client, review).content.decode()


def test_who_leaves_is_gone_at_once(client, editor, review, mika):
    mika.get(address_of(review))
    assert sign(mika, review, leaving="1").status_code == 204

    assert client.get(address_of(review)).context["others"] == []


@pytest.mark.parametrize(("seconds", "there"), [(69, 1), (70, 0)])
def test_who_gives_no_sign_is_gone_after_a_minute(client, editor, review, mika, seconds, there):
    mika.get(address_of(review))

    with later(seconds=seconds):
        assert len(client.get(address_of(review)).context["others"]) == there


def test_the_list_says_who_has_what_open(client, editor, review, mika):
    make_review()
    mika.get(address_of(review))
    client.get(address_of(review))

    page = client.get("/desk/reviews/review/").content.decode()

    assert page.count("Open at") == 1
    assert "Open at mika" in page


def test_the_list_asks_as_much_for_one_piece_as_for_three(client, editor):
    def asked():
        Presence.objects.tell(make_review(), make_user(Role.WRITER), NOW)
        return asks(lambda: client.get("/desk/reviews/review/"))

    assert len({asked() for _each in range(3)}) == 1


def test_nothing_is_kept_of_who_was_there(client, editor, review, mika):
    mika.get(address_of(review))
    with later(hours=1):
        client.get(address_of(review))

    assert [presence.user for presence in Presence.objects.all()] == [editor]


def test_an_open_form_is_told_that_another_has_saved(client, editor, review, mika):
    before = review.version
    mika.post(address_of(review), opened(mika, review) | {"headline": "Theirs"})

    said = sign(client, review, version=before).content.decode()

    assert "mika saved it at 07:00" in said
    assert "saved it" not in sign(client, review).content.decode()


def test_a_sign_of_life_changes_nothing_of_the_piece(client, editor, review):
    before = Review.objects.values().get()

    sign(client, review, changed="1")

    assert Review.objects.values().get() == before


def test_a_reader_has_no_way_in(client, review):
    client.force_login(make_user(None))

    assert sign(client, review).status_code == 302
    assert not Presence.objects.exists()


def test_a_piece_that_is_not_there_is_not_found(client, editor):
    assert client.post("/desk/reviews/review/999/presence/").status_code == 404


def test_a_sign_asks_as_much_for_one_other_as_for_three(client, editor, review):
    sign(client, review)

    def asked():
        Presence.objects.tell(review, make_user(Role.WRITER), NOW)
        return asks(lambda: sign(client, review))

    assert len({asked() for _each in range(3)}) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_board_learns_of_all_its_pieces_in_one_query(django_assert_num_queries, count):
    reviews = [make_review() for _each in range(count)]
    user = make_user(Role.WRITER, "ren")
    for review in reviews:
        Presence.objects.tell(review, user, NOW)

    with django_assert_num_queries(1):
        found = Presence.objects.on([review.pk for review in reviews], NOW)
        assert {pk: [str(one) for one in there] for pk, there in found.items()} == {
            review.pk: ["ren"] for review in reviews
        }
