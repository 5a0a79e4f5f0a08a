"""What is told to whoever runs the site: whether it lives, whether it is ready, what it has answered."""

import json

import pytest
from django.db import DatabaseError
from django.test import Client

from coverage.newsroom import clock
from coverage.site import health
from tests.demo_site import free_port
from tests.factories import NOW
from tests.site.sweeps import answer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OK = {"ready": True, "database": "ok", "migrations": "ok", "cache": "ok", "storage": "ok"}


@pytest.fixture(autouse=True)
def looks_anew(monkeypatch):
    monkeypatch.setattr(health.migrations, "applied", False)


def ready():
    status, headers, body = answer("/readyz", NOW)
    assert "no-store" in headers["Cache-Control"]
    return status, json.loads(body)


def test_a_process_that_answers_is_alive(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert answer("/healthz", NOW)[::2] == (200, b"alive\n")


@pytest.mark.parametrize(("path", "asks"), [("/healthz", False), ("/readyz", True)])
def test_whether_it_lives_is_told_without_the_clock_of_the_database(path, asks, settings, monkeypatch):
    settings.CLOCK_BY_DATABASE = True
    asked = []

    def ask():
        asked.append(path)
        return NOW

    monkeypatch.setattr(clock, "_correction", clock.Correction(ask))

    status, _headers, _body = answer(path, NOW)

    assert (status, bool(asked)) == (200, asks)


def test_it_is_ready_when_everything_works():
    assert ready() == (200, OK)


@pytest.mark.parametrize("name", ["database", "migrations", "storage"])
def test_without_what_readers_need_it_is_not(name, monkeypatch, caplog):
    def fails():
        raise DatabaseError("connection to canary:secret@host failed")

    monkeypatch.setitem(health._CHECKS, name, fails)

    assert ready() == (503, OK | {"ready": False, name: "fails"})
    assert "canary" in caplog.text


def test_a_cache_that_is_dead_is_told_and_costs_no_readiness(settings):
    from coverage import environment

    settings.CACHES = {"default": environment.redis_cache(f"redis://127.0.0.1:{free_port()}/0")}

    assert ready() == (200, OK | {"cache": "fails"})


def test_a_migration_that_is_not_applied_makes_it_unready():
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="site").delete()

    assert ready() == (503, OK | {"ready": False, "migrations": "fails"})


def test_a_folder_that_is_nobodys_to_write_makes_it_unready(settings, monkeypatch):
    monkeypatch.setattr(health.os, "access", lambda path, mode: False)

    assert ready() == (503, OK | {"ready": False, "storage": "fails"})


def test_a_probe_is_not_sent_to_https(settings):
    settings.SECURE_SSL_REDIRECT = True

    assert [answer(path, NOW)[0] for path in ("/healthz", "/readyz", "/")] == [200, 200, 301]


class TestMetrics:
    @pytest.mark.parametrize(
        ("token", "given"),
        [("", ""), ("", "Bearer "), ("right", ""), ("right", "Bearer wrong"), ("right", "Bearer ")],
    )
    def test_without_the_token_there_is_no_such_page(self, token, given, settings):
        settings.METRICS_TOKEN = token

        assert answer("/metrics", NOW, Client(headers={"Authorization": given}))[0] == 404

    def test_with_it_answers_are_counted_by_surface(self, settings, page_cache):
        settings.METRICS_TOKEN = "right"
        client = Client(headers={"Authorization": "Bearer right"})
        line = 'eyecatch_answers_total{kept="yes",status="200",surface="site:front"}'

        def counted():
            told = answer("/metrics", NOW, client)[2].decode().splitlines()
            return sum(float(each.rpartition(" ")[2]) for each in told if each.startswith(line))

        before = counted()
        answer("/", NOW)
        answer("/", NOW)

        assert counted() == before + 2

    def test_no_address_is_in_them(self, settings):
        settings.METRICS_TOKEN = "right"
        answer("/canary-address/", NOW)

        told = answer("/metrics", NOW, Client(headers={"Authorization": "Bearer right"}))[2]

        assert b"eyecatch_answers_total" in told
        assert b"canary" not in told
