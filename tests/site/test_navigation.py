"""The header leads to what readers come for; week and season are those of the page's instant."""

import re
from datetime import timedelta

import pytest

from tests.factories import FRIDAY, NOW
from tests.site.sweeps import answer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def links(path, at=NOW):
    page = answer(path, at)[2].decode()
    nav = page[page.index('class="site-header__list"') :]
    return re.findall(r'href="([^"]+)"', nav[: nav.index("</ul>")])


def test_the_header_leads_to_this_week_and_this_season():
    assert links("/") == [
        "/reviews/",
        "/series/",
        "/seasons/2026/winter/",
        "/weeks/2026-W03/",
        "/my-shows/",
        "/search/",
    ]


def test_with_the_next_week_the_link_moves_on():
    assert "/weeks/2026-W04/" in links("/", FRIDAY + timedelta(days=4))


@pytest.mark.parametrize("path", ["/reviews/", "/series/", "/weeks/2026-W03/"])
def test_the_page_one_is_on_is_said_to_be_that(path):
    page = answer(path, NOW)[2].decode()

    here = re.findall(r'href="([^"]+)" aria-current="page"', page)
    assert path in here
