"""No word inside a spoiler, in a note or in any prose is found but where its readers asked for it."""

import os
import sys
from dataclasses import replace
from itertools import batched

import hypothesis
import pytest
from django.db import transaction

from reviews import markup
from reviews.cards import Card
from reviews.markup.writing import ReaderForm
from reviews.models import Release
from tests.leaks.pieces import STILLS, Part, Piece, piles
from tests.leaks.reading import EVERYWHERE, leaks

pytestmark = pytest.mark.django_db

# `make leaks` asks for more, beginning elsewhere at every run.
EXAMPLES = int(os.environ.get("LEAKS", "500"))
FIRST_SEED = int(os.environ.get("LEAKS_SEED", "1"))
SHARES = 5
# Pieces are drawn by the pile, and read two piles at a time: lists are asked for half as often.
PILE, AT_A_TIME = 50, 100


def leaks_of(pieces, on=EVERYWHERE):
    """In a newsroom that is gone afterwards."""
    with transaction.atomic():
        wrong = leaks(pieces, on)
        transaction.set_rollback(True)
    return wrong


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("share", range(SHARES))
def test_no_piece_leaks_a_word_onto_any_surface(share):
    piles_each = max(EXAMPLES // PILE // SHARES, 1)
    drawn: list[Piece] = []

    @hypothesis.seed(FIRST_SEED + share)
    @hypothesis.settings(max_examples=piles_each, phases=[hypothesis.Phase.generate])
    @hypothesis.given(piles(PILE))
    def draw(pieces):
        # Hypothesis begins with the simplest of all, over and over.
        hypothesis.assume(len(set(pieces)) > 1)
        drawn.extend(pieces)

    draw()
    assert len(drawn) == PILE * piles_each

    wrong: list[str] = []
    for pieces in batched(drawn, AT_A_TIME):
        wrong.extend(leaks_of(pieces))
        if "LEAKS" in os.environ:
            print(".", end="", file=sys.stderr, flush=True)

    assert wrong == []


PROSE = '<p>PROSE <span class="spoiler">SPOILER</span> PROSE</p><div class="spoiler"><p>SPOILER</p></div>'
PIECE_PROSE = PROSE + "".join(STILLS)
PIECE = Piece(
    kind="weekly",
    level="heavy",
    spoils_source=False,
    horizon=1,
    stars=None,
    introduction=PIECE_PROSE,
    conclusion="",
    verdict="",
    parts=(Part(0, is_run=False, stars="4.0", body=PROSE, verdict=PROSE),),
    has_lead=True,
    correction="fact",
    edited=True,
)


def test_a_piece_with_a_word_everywhere_leaks_none():
    assert leaks_of([PIECE]) == []


@pytest.mark.one_database
class TestControls:
    """What would leak is seen to leak."""

    def test_a_spoiler_that_is_not_closed(self, monkeypatch):
        monkeypatch.setattr(ReaderForm, "spoiler", lambda form, inner: f"<span>{inner}</span>")

        assert "/reviews/piece-1/ shows zqspoiler1x in the open" in leaks_of([PIECE], {"reviews:detail"})

    def test_a_spoiling_still_that_is_not_closed(self, monkeypatch):
        careful = markup.fill_in
        monkeypatch.setattr(
            markup, "fill_in", lambda html, show: careful(html, lambda key, _closed: show(key, True))
        )

        assert "/reviews/piece-1/ shows zqspoiler1x in the open" in leaks_of([PIECE], {"reviews:detail"})

    def test_a_card_that_shows_a_still(self, monkeypatch):
        monkeypatch.setattr(Release, "picture", property(lambda release: release.edition.stills.first()))

        assert [found for found in leaks_of([PIECE], {"site:front"}) if found.startswith("/ shows zq")]

    def test_a_search_that_reads_spoilers(self, monkeypatch):
        monkeypatch.setattr(markup, "without_spoilers", lambda html: html)

        assert leaks_of([PIECE], ()) == ["search finds a piece by zqspoiler1x"]

    def test_a_feed_that_reads_the_introduction(self, monkeypatch):
        safe = Card.of.__func__

        def careless(card_class, release):
            text = release.review.editions.get(pk=release.edition_id).introduction
            return replace(safe(card_class, release), standfirst=text)

        monkeypatch.setattr(Card, "of", classmethod(careless))

        assert {"/feed/ shows zqprose1x", "/feed/ shows zqspoiler1x"} <= set(leaks_of([PIECE], {"site:feed"}))
