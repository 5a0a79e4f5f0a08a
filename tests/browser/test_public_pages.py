"""A page of every kind, in a browser: nothing blocked, nothing inaccessible, nothing too wide.

The short form of `make audit`, on the demo newsroom as readers get it: a phone by day and a desk by night
take turns.
"""

import json
from itertools import cycle

import pytest

from coverage.site import surfaces
from coverage.site.surfaces import Kind
from tests.audit.browsing import Look, page_findings, readers

KINDS = [surface.name for surface in surfaces.every() if surface.kind is Kind.PAGE]
# Beside one of each kind: what is odd about some of them. These are to fit with doubled type, too.
ODD = [
    "/",
    "/reviews/",
    "/series/metallic-rouge/",
    "/reviews/?before=end",
    "/reviews/?stars=5&spoilers=none&platform=telescreen",
    "/reviews/?stars=many",
    "/series/the-surveyors-winter/",
    "/series/the-lighthouse-keeps-no-hours/",
    "/series/last-night-bus/reviews/",
    "/reviews/metallic-rouge-episode-5/",  # two critics
    "/reviews/the-three-episode-test/",  # a roundup
    "/reviews/salt-and-cinnabar-second-fire-episodes-15-16/",  # corrected
    "/reviews/the-lighthouse-keeps-no-hours-episode-6-5/",  # unrated
]
SHOWN = {"reviews:detail": "review", "site:series": "series"}
# A phone by day and a desk by night; `make audit` has every width in both schemes.
LOOKS = (("light", 390), ("dark", 1440))
# The narrowest there is, and a phone for a reader who has doubled the type.
NARROWEST, DOUBLED = 320, 195


def taking_turns(names):
    return [(name, *look) for name, look in zip(names, cycle(LOOKS))]


@pytest.fixture(scope="module")
def pages(browser, demo_site):
    with readers(browser, demo_site.address) as pages:
        yield pages


@pytest.fixture
def assert_clean(pages):
    """`assert_clean(path, scheme, width)`: the audit finds nothing, and the page fits at `narrowest` px."""

    def check(path, scheme, width, status=200, narrowest=NARROWEST):
        look = Look(path, status, (width,), (scheme,), narrowest, closed_too=False)
        assert page_findings(pages, look) == []

    return check


@pytest.mark.parametrize(("name", "scheme", "width"), taking_turns(KINDS))
def test_a_page_of_each_kind_is_clean(name, scheme, width, demo_site, assert_clean):
    shown = demo_site.shown.get(SHOWN.get(name, ""))

    assert_clean(shown or demo_site.addresses(name)[-1], scheme, width, narrowest=DOUBLED)


@pytest.mark.parametrize(("path", "scheme", "width"), taking_turns(ODD))
def test_so_is_an_odd_one(path, scheme, width, assert_clean):
    assert_clean(path, scheme, width, narrowest=DOUBLED)


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_so_is_what_a_reader_gets_who_went_astray(scheme, width, demo_site, assert_clean):
    assert_clean("/no-such-page/", scheme, width, status=404)
    assert_clean(demo_site.shown["gone"], scheme, width, status=410)


def test_structured_data_is_let_through_and_not_executed(browser, demo_site):
    page = browser.new_page()
    page.goto(demo_site.url(demo_site.shown["review"]))

    block = page.locator("script[type='application/ld+json']")

    assert "Review" in {node["@type"] for node in json.loads(block.text_content())["@graph"]}
    page.context.close()
