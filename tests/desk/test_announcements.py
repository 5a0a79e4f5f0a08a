"""The outbox at the desk: who is told of what, in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coverage.newsroom.roles import Role
from tests.factories import make_announcement, make_endpoint, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]


@pytest.fixture
def chief(client):
    user = make_user(Role.CHIEF)
    client.force_login(user)
    return user


def outbox(client, **asked):
    return client.get(reverse("admin:reviews_announcement_changelist"), asked).content.decode()


def test_rows_say_who_is_told_of_what(client, chief):
    editor, shop = make_user(Role.EDITOR, first_name="Maren", last_name="Oake"), make_endpoint(name="Shop")
    make_announcement(editor, detail={"about": "Ferry, Episode 3"})
    make_announcement(destination=f"endpoint:{shop.pk}")
    make_announcement(destination="endpoint:0")

    page = outbox(client)

    for words in ("Maren Oake", "Ferry, Episode 3", "Shop", "endpoint:0"):
        assert f">{words}</td>" in page, words
    assert f"user:{editor.pk}" not in page


def test_rows_are_found_by_what_they_are_about(client, chief):
    make_announcement(detail={"about": "Ferry, Episode 3"})
    make_announcement(detail={"about": "Lantern, Episode 1"})

    page = outbox(client, q="ferry")

    assert "Ferry, Episode 3" in page
    assert "Lantern" not in page


def test_names_cost_as_much_for_three_rows_as_for_one(client, chief):
    counts = []

    for rows in (1, 2):
        for _ in range(rows):
            make_announcement(make_user(Role.EDITOR))
        with CaptureQueriesContext(connection) as queries:
            outbox(client)
        counts.append(len(queries))

    assert counts[0] == counts[1]
