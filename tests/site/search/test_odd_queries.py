"""Whatever is asked, the answer is a page, and costs the database little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coverage.newsroom.search.query import LONGEST, MOST_TERMS, Query
from tests.factories import NOW, make_episode, make_live_review, make_series
from tests.site.search.asking import headlines, of_class, page, texts
from tests.site.sweeps import answer

pytestmark = pytest.mark.django_db

ODD = [
    "",
    " ",
    "\x00",
    "kite\x00",
    '"',
    '""',
    'foo "bar',
    '"kite',
    "*",
    "kite*",
    "NEAR(",
    "NEAR(kite, 5)",
    "kite AND OR NOT",
    "NOT",
    "headline:kite",
    "{headline} : kite",
    "-",
    "-kite",
    '-"red kite"',
    "- -- ---",
    "^kite",
    "kite & | ! <-> ( ) :*A",
    "'kite'",
    "\\'kite",
    "%",
    "_",
    "kite%",
    "\ud800kite",
    "kite\udfff",
    "\ufffe\uffff",
    "…!?。、「」",
    "ー",
    "々〇",
    "\u0301",
    "e\u0301" * 300,
    "🎏 kite",
    "\U00020000\U00020001",
    "ßﬁⅣ①㍿",
    "kite " * 2_000,
    "k" * 10_000,
    "k " * 5_000,
    "'; DROP TABLE newsroom_name; --",
    "\u202ekite\u2066",
    "1e5 0x1f 12e3abc 7.5 -1",
    "\n\t kite \r",
]


def make_world():
    show = make_series("Red Kite", title_native="赤い凧")
    make_live_review(show, headline="A kite", episodes=[make_episode(show)])


@pytest.fixture(scope="module")
def world_once(stand):
    with stand(make_world) as world:
        yield world


@pytest.fixture
def world(world_once):
    return world_once.for_one_test()


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_an_odd_query_gets_a_page(world, query):
    tree = page(query)

    assert texts(of_class(tree, "page-head__title")) == ["Search"]


PIECES = st.sampled_from([*ODD[:36], "kite", "red", "赤い"])


@given(query=st.text(max_size=60) | st.lists(PIECES).map(" ".join))
@example(query="12e3abc")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gets_a_page(world, query):
    page(query)


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "monsters"},
        {"kind": "\x00"},
        {"kind": "k" * 10_000},
        {"kind": "series", "page": 10**9},
    ],
)
def test_a_kind_that_there_is_not_finds_nothing_more(world, more):
    assert headlines("kite", **more) == []


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "x", "", "\x00", str(10**9), "9" * 5_000])
def test_an_odd_page_number_shows_a_page_that_there_is(world, number):
    assert headlines("kite", page=number) == ["A kite"]


def test_only_the_beginning_of_a_very_long_query_is_looked_for_and_it_says_so(world):
    long, short = page("kite " * 200), page("kite")

    assert len(of_class(long, "search-form__note")) == 1
    assert of_class(short, "search-form__note") == []
    assert len(Query.of("kite " * 200).text) <= LONGEST
    assert len(Query.of("kite " * 200).terms) == MOST_TERMS


def test_a_query_without_a_word_says_so(world):
    assert texts(of_class(page("?!"), "empty__hint")) == ["There is no word in this to look for."]


def test_the_query_stands_in_the_page_as_text_only(world):
    status, _headers, body = answer('/search/?q="><script>alert(1)</script>', NOW)

    assert status == 200
    assert b"<script>alert" not in body


def test_search_engines_keep_no_searches(world):
    robots = page("kite").xpath("//meta[@name='robots']/@content")

    assert robots == ["noindex, follow"]


def queries(address):
    with CaptureQueriesContext(connection) as captured:
        status, _headers, _body = answer(address, NOW)
    assert status == 200
    return len(captured)


ASKED = [f"/search/{query}" for query in ("", "?q=kite", "?q=kyte", "?q=kite&kind=reviews", "?q=red+kite+1")]


@pytest.mark.one_database
def test_one_find_and_many_cost_the_same(world):
    at_one = {address: queries(address) for address in ASKED}
    for number in range(6):
        show = make_series(f"Kite {number}")
        make_live_review(show, headline=f"Kite {number}", episodes=[make_episode(show, title="Kite")])

    assert {address: queries(address) for address in ASKED} == at_one
    assert max(at_one.values()) <= 8


def test_a_second_page_goes_on_where_the_first_ends(world):
    for number in range(23):
        make_live_review(headline=f"Kite {number}")

    first, second = headlines("kite"), headlines("kite", page=2)

    assert (len(first), len(second)) == (20, 4)
    assert not set(first) & set(second)
    assert of_class(page("kite", page=2), "search-hit") == []
