"""A review weighs at most 40 KB without its pictures, and waits for one stylesheet."""

import gzip
import re
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from coverage.newsroom.stylesheets import joined, minified
from tests.factories import NOW, make_episode, make_live_review, make_series
from tests.site.sweeps import answer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

STATIC = Path(settings.BASE_DIR) / "static"
NOTHING_KEPT = Path(settings.BASE_DIR) / "templates" / "components" / "nothing_kept.js"
MOST = 40 * 1024
WORDS = 900


def weight(text):
    return len(gzip.compress(text.encode(), mtime=0))


def prose(words, seed=3):
    """Paragraphs that pack no better than English does."""
    chance = Random(seed)
    letters = "etaoinshrdlcumwfgypbvk"
    known = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(600)]
    return "".join(f"<p>{' '.join(chance.choices(known, k=90))}.</p>" for _ in range(words // 90))


def review():
    show = make_series("Red", title_native="赤")
    make_live_review(show, slug="long", episodes=[make_episode(show)], introduction=prose(WORDS))
    return answer("/reviews/long/", NOW)[2].decode()


def test_a_long_review_with_its_style_and_scripts_weighs_at_most_forty_kilobytes():
    style = minified(joined("css/site.css", lambda name: (STATIC / name).read_text()))
    scripts = [path.read_text() for path in sorted((STATIC / "js" / "site").glob("*.js"))]

    whole = weight(review()) + weight(style) + sum(weight(script) for script in scripts)

    assert scripts
    assert whole <= MOST


def test_a_page_waits_for_one_stylesheet_and_no_script():
    page = review()

    assert len(re.findall(r'<link[^>]+rel="stylesheet"', page)) == 1
    known = page.replace(f"<script>{NOTHING_KEPT.read_text()}</script>", "", 1)
    assert known != page
    assert not re.search(r'<script(?![^>]*type="(module|application/ld\+json)")', known)
