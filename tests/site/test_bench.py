"""The bench measures what it says. How long anything takes is never asserted."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.urls import path

from coverage.desk.corpus import making
from coverage.desk.corpus.making import Size
from coverage.site import surfaces
from coverage.site.surfaces import Kind, Surface
from tests.bench import urls
from tests.bench.__main__ import table
from tests.bench.copydesk import copy_desk_ms
from tests.bench.measuring import Bench, Unanswered, spread
from tests.factories import NOW, make_episode, make_review, make_series

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def kept_connection():
    """Requests end without ending the test's transaction, as with the test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def surface(name, *addresses):
    return Surface(name, Kind.PAGE, lambda at: addresses)


def ask_twice(request):
    for _ in range(2):
        connection.cursor().execute("SELECT 1")
    return HttpResponse(b"x" * 1234)


@pytest.fixture
def known_costs(monkeypatch):
    """A page that asks the database twice and has 1,234 bytes, and one that breaks."""
    gone = path("gone/", lambda request: HttpResponse(status=410))
    # In front: the site's last address takes any one word.
    monkeypatch.setattr(urls, "urlpatterns", [path("twice/", ask_twice), gone, *urls.urlpatterns])


def test_queries_and_bytes_are_those_of_the_answer(known_costs):
    found, _empty = Bench(requests=2).measure([surface("twice", "/twice/"), surface("bare", "/bare/")], NOW)

    assert [(each.surface, each.addresses, each.queries, each.bytes) for each in found] == [
        ("twice", 1, 2, 1234),
        ("bare", 1, 0, 0),
    ]


def test_an_answer_that_is_an_error_is_never_taken_for_a_quick_one(known_costs):
    with pytest.raises(Unanswered, match="/gone/ answered 410"):
        Bench(requests=1).measure([surface("gone", "/gone/")], NOW)


def test_a_surface_without_an_address_is_named():
    assert Bench(requests=1).measure([surface("empty")], NOW) == ([], ["empty"])


def test_every_surface_is_measured_on_a_corpus():
    making.make(Size(series=6, reviews=24, part_words=40), NOW, tell=lambda line: None)
    bench = Bench(requests=1)

    found, empty = bench.measure(surfaces.every(), NOW)

    assert [each.surface for each in found] == [each.name for each in surfaces.every()]
    assert empty == []
    assert all(each.cpu_ms > 0 for each in found)
    assert bench.baseline_ms > 0


@pytest.mark.parametrize(
    ("count", "chosen"), [(1, "a"), (2, "ah"), (3, "adh"), (8, "abcdefgh"), (20, "abcdefgh")]
)
def test_a_sample_is_spread_over_all_addresses(count, chosen):
    assert "".join(spread("abcdefgh", count)) == chosen


def test_the_table_has_a_line_for_every_surface():
    row = {"surface": "site:front", "addresses": 1, "queries": 5, "cpu_ms": 5.0, "ratio": 10.0, "bytes": 99}
    report = {"database": "sqlite", "series": 6, "reviews": 24, "requests": 1, "baseline_ms": 0.5}

    desk = {"words": 3000, "ms": 40.2, "limit_ms": 150}
    found = {"surfaces": [row], "without_address": ["site:media"], "copy_desk": desk}
    lines = table(report | found).splitlines()

    assert lines[-4].split() == ["site:front", "1", "5", "5.00", "10.0x", "99"]
    assert lines[-3].split()[:2] == ["site:media", "0"]
    assert lines[-1] == "The copy desk checks 3000 words in 40 ms of 150 ms of CPU."


def test_the_copy_desk_is_measured_where_there_is_a_text():
    assert copy_desk_ms() is None

    show = make_series()
    make_review(show, episodes=[make_episode(show)])

    assert copy_desk_ms() > 0
