"""What a page's statement was first composed for decides nothing about its later answers."""

from datetime import datetime
from itertools import product

import pytest
from django.db.models import Model

from coverage.newsroom import composing
from coverage.newsroom.composing import composed_once
from tests.factories import NOW
from tests.site.sweeps import answer
from tests.site.worlds import make_ordinary_world

pytestmark = pytest.mark.django_db

PAGES = (
    "/", "/reviews/", "/reviews/ordinary/", "/series/red/", "/series/red/reviews/", "/seasons/2026/winter/",
    "/weeks/2026-W03/",
)  # fmt: skip


def told(rows):
    return sorted(repr(row.pk if isinstance(row, Model) else row) for row in rows)


def test_every_statement_answers_like_one_composed_anew():
    series, *_rest = make_ordinary_world()
    for page in PAGES:
        assert answer(page, NOW)[0] == 200
    examples = {
        datetime: (NOW, NOW.replace(year=2020)),
        str: ("red", "ordinary", "winter", ""),
        int: (2026, series.pk, 0),
        tuple: ((series.pk,), ()),
    }

    kept = [key for key in composing._kept if not key[0].__module__.startswith("tests.")]

    assert len(kept) > len(PAGES)
    for build, *kinds in kept:
        for given in product(*(examples[kind] for kind in kinds)):
            assert told(composed_once(build)(*given)) == told(build(*given)), build
