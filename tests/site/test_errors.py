"""Pages for when something is wrong: shown with whatever is left to show them with."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client

from reviews.models.releases import ReleaseQuerySet


@pytest.fixture
def reader(settings):
    settings.DEBUG = False
    return Client(raise_request_exception=False)


def broken(error):
    def live(releases, at):
        raise error

    return live


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError("Canary"), 500), (PermissionDenied("Canary"), 403), (SuspiciousOperation("Canary"), 400)],
    ids=["500", "403", "400"],
)
def test_an_error_has_a_page_and_tells_no_secrets(error, status, reader, monkeypatch, caplog):
    monkeypatch.setattr(ReleaseQuerySet, "live", broken(error))

    response = reader.get("/")

    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Content-Security-Policy" in response.headers
    assert 'class="interval' in response.text
    assert "Canary" not in response.text


def test_the_page_for_a_broken_server_needs_no_database(reader, monkeypatch, caplog):
    # This test asks for no database, so that whoever reaches for it fails.
    monkeypatch.setattr(connection, "connect", broken(AssertionError("reached for the database")))

    response = reader.get("/")

    assert response.status_code == 500
    assert 'class="interval' in response.text


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500])
def test_an_error_page_needs_no_context(status):
    assert 'class="interval' in render_to_string(f"{status}.html")
