"""The demo newsroom as readers have it, in light and in dark, on a phone: pages with much on them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from coverage.site import surfaces
from coverage.site.surfaces import Kind

PHONE = 320
# As wide as a phone of 390 px is for a reader who has doubled the type.
DOUBLED = 195
# One of each sort of piece and of list; all others are only measured.
LOOKED_AT = [
    "/",
    "/reviews/",
    "/reviews/?before=end",
    "/reviews/?stars=5&spoilers=none&platform=telescreen",
    "/reviews/?stars=many",
    "/series/",
    "/series/metallic-rouge/",
    "/series/the-surveyors-winter/",
    "/series/last-night-bus/reviews/",
    "/reviews/metallic-rouge-episode-5/",  # two critics
    "/reviews/the-three-episode-test/",  # a roundup
    "/reviews/salt-and-cinnabar-second-fire-episodes-15-16/",  # corrected
    "/reviews/the-lighthouse-keeps-no-hours-episode-6-5/",  # unrated
]
GONE = "/reviews/salt-and-cinnabar-second-fire-episode-14/"


@pytest.fixture
def demo(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("load_demo", picture_width=48, stdout=StringIO())


def test_its_pages_break_no_policy_fit_a_phone_and_are_accessible(demo, page, assert_fits, assert_accessible):
    now = timezone.now()
    pages = [surface for surface in surfaces.every() if surface.kind is Kind.PAGE]
    every = [path for surface in pages for path in surface.addresses(now)]

    for path in [*every, *LOOKED_AT]:
        assert page.goto(path).status == 200, path
        assert_fits(PHONE)

    for path in LOOKED_AT:
        page.goto(path)
        assert_fits(DOUBLED)

    page.set_viewport_size({"width": PHONE, "height": 800})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in LOOKED_AT:
            page.goto(path)
            assert_accessible()


def test_what_was_withdrawn_says_so_accessibly(demo, page, assert_fits, assert_accessible):
    assert page.goto(GONE).status == 410

    assert_fits(PHONE)
    assert_accessible()
