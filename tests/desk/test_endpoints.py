"""Endpoints at the desk: a chief's rows, and a secret that is shown once."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews.models import Endpoint
from tests.factories import make_endpoint, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]


@pytest.fixture
def chief(client):
    user = make_user(Role.CHIEF)
    client.force_login(user)
    return user


def secret_page(endpoint):
    return reverse("admin:reviews_endpoint_secret", args=[endpoint.pk])


def add(client, **what):
    given = {
        "name": "Shop window",
        "url": "https://hooks.example/",
        "is_on": "on",
        "tells_live": "on",
    }
    return client.post(reverse("admin:reviews_endpoint_add"), given | what)


def test_a_new_endpoint_leads_to_its_secret(client, chief):
    response = add(client)

    endpoint = Endpoint.objects.get()
    assert response["Location"] == secret_page(endpoint)
    assert (endpoint.tells_live, endpoint.tells_changes, endpoint.is_on) == (True, False, True)


def test_a_secret_is_made_and_shown_once(client, chief):
    endpoint = make_endpoint()

    shown = client.post(secret_page(endpoint)).context["secret"]

    after = Endpoint.objects.get()
    assert shown.startswith("whsec_")
    assert after.secret != endpoint.secret
    assert shown not in client.get(secret_page(endpoint)).content.decode()
    assert AuditEntry.objects.about(endpoint).get().verb == "new_secret"


def test_a_secret_that_cant_be_kept_is_not_written_down_as_new(client, chief, monkeypatch):
    endpoint = make_endpoint()

    def fail(endpoint):
        raise DatabaseError("no room")

    monkeypatch.setattr(Endpoint, "renew_secret", fail)
    with pytest.raises(DatabaseError):
        client.post(secret_page(endpoint))

    assert not AuditEntry.objects.about(endpoint).exists()


def test_a_first_secret_is_no_new_one(client, chief):
    endpoint = make_endpoint()

    first = client.get(secret_page(endpoint)).content.decode()
    client.post(secret_page(endpoint))
    later = client.get(secret_page(endpoint)).content.decode()

    assert "Show its secret" in first
    assert "Make a new secret" not in first
    assert "Make a new secret" in later


def test_the_list_says_what_one_is_and_when_there_is_none(client, chief):
    changelist = reverse("admin:reviews_endpoint_changelist")

    empty = client.get(changelist).content.decode()
    make_endpoint()
    filled = client.get(changelist).content.decode()

    assert "told when a piece goes live" in empty
    assert "told when a piece goes live" in filled
    assert "There is none yet" in empty
    assert "There is none yet" not in filled


def test_nothing_in_the_database_signs_anything(client, chief, settings):
    endpoint = make_endpoint()
    before = endpoint.secret

    settings.SECRET_KEY = "another house's"

    assert endpoint.secret != before


@pytest.mark.parametrize(
    "url",
    [
        "ftp://hooks.example/",
        "https://ida:secret@hooks.example/",
        "hooks",
        "javascript:alert(1)",
        "https://hooks.example:99999/",
        "https://hooks.example:0/",
    ],
)
def test_what_cant_be_asked_is_refused_with_a_sentence(client, chief, url):
    response = add(client, url=url)

    assert response.status_code == 200
    assert not Endpoint.objects.exists()
    assert response.context["adminform"].form.errors["url"]
