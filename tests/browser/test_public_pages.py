"""Every public page in a browser: nothing blocked, nothing inaccessible, nothing too wide."""

import json
from datetime import timedelta

import pytest
import time_machine

from coverage.site import surfaces
from coverage.site.surfaces import Kind
from tests.site.worlds import AFTER, add_the_piece, make_ordinary_world

PAGES = [surface.name for surface in surfaces.every() if surface.kind is Kind.PAGE]
NARROW = 320


@pytest.fixture
def at_friday(transactional_db):
    """A world with a piece that went live a moment ago."""
    with time_machine.travel(AFTER, tick=True):
        series, second, unaired, _review = make_ordinary_world()
        add_the_piece(series, second, unaired)
        yield AFTER + timedelta(seconds=1)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_policy_fits_a_phone_and_is_accessible(
    name, at_friday, page, assert_fits, assert_accessible
):
    path = list(surfaces.named(name).addresses(at_friday))[-1]

    assert page.goto(path).status == 200

    assert_fits(NARROW)
    assert_accessible()


def test_structured_data_is_let_through_and_not_executed(at_friday, page):
    page.goto("/reviews/canary-slug/")

    block = page.locator("script[type='application/ld+json']")

    assert {node["@type"] for node in json.loads(block.text_content())["@graph"]} == {"Review"}


@pytest.mark.parametrize(("path", "status"), [("/no-such-page/", 404), ("/reviews/no-such-piece/", 404)])
def test_an_error_page_is_clean_and_accessible(path, status, transactional_db, page, assert_accessible):
    assert page.goto(path).status == status

    assert_accessible()
