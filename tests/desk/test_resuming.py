"""A login that ends or changes while somebody writes costs them no word."""

import pytest
from django.test import Client

from coverage.newsroom.roles import Role
from reviews.models import Review
from tests.desk.forms import address_of, fields_of, opened
from tests.factories import make_episode, make_review, make_series, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def review():
    series = make_series("Moonlit Ferry")
    return make_review(series, episodes=[make_episode(series, "1")])


@pytest.fixture
def editor(db):
    user = make_user(Role.EDITOR)
    user.set_password("tide table")
    user.save()
    return user


def test_what_is_sent_after_the_login_has_ended_is_saved_with_the_next_login(client, editor, review):
    client.force_login(editor)
    typed = opened(client, review) | {"headline": "Typed\N{HORIZONTAL ELLIPSIS} & kept", "_continue": ""}
    client.logout()

    asked = client.post(address_of(review), typed)
    assert "Nothing you wrote is lost" in asked.content.decode()
    wrong = client.post(
        address_of(review), fields_of(asked) | {"again-username": editor.username, "again-password": "no"}
    )
    answer = client.post(
        address_of(review),
        fields_of(wrong) | {"again-username": editor.username, "again-password": "tide table"},
    )

    assert answer.status_code == 302
    assert Review.objects.get().headline == "Typed\N{HORIZONTAL ELLIPSIS} & kept"


def test_who_may_not_edit_it_saves_nothing_by_logging_in(client, editor, review):
    client.force_login(editor)
    typed = opened(client, review) | {"headline": "Typed"}
    client.logout()
    writer = make_user(Role.WRITER)
    writer.set_password("tide table")
    writer.save()

    answer = client.post(
        address_of(review), typed | {"again-username": writer.username, "again-password": "tide table"}
    )

    assert answer.status_code == 403
    assert Review.objects.get().headline != "Typed"


def test_a_page_that_is_older_than_the_login_can_be_sent_again(editor, review):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    typed = opened(browser, review) | {"headline": "Typed"}
    browser.cookies.pop("csrftoken")  # as a login in another tab changes it

    refused = browser.post(address_of(review), typed, **OURS)
    assert refused.status_code == 403
    assert Review.objects.get().headline != "Typed"
    browser.post(address_of(review), fields_of(refused), **OURS)

    assert Review.objects.get().headline == "Typed"


def test_what_a_strangers_page_sends_cannot_be_sent_again(editor, review):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)

    refused = browser.post(
        address_of(review), {"headline": "A canary"}, HTTP_ORIGIN="https://elsewhere.example"
    )

    assert refused.status_code == 403
    assert b"A canary" not in refused.content


def test_a_password_never_waits_on_a_page(client, db):
    answer = client.post("/desk/password_change/", {"old_password": "canary", "new_password1": "canary"})

    assert answer.status_code == 302
    assert "/desk/login/" in answer["Location"]
