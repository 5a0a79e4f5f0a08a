from decimal import Decimal

import pytest

from reviews.copydesk.article import manuscript_of
from reviews.copydesk.checking import check
from reviews.copydesk.vocabulary import Vocabulary

WHOLE = """Tin Orchard

Spoilers ahead for episode 3!

Episode 3 Recap/Review: “Rust” (4/5)

It is a good one, with apples.

Verdict: Good.
"""


def missing(text):
    findings = check(manuscript_of(text), Vocabulary())
    return [(each.place[0], each.found, *each.suggest) for each in findings if each.kind == "missing"]


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("", "", []),
        (" (4/5)", "", [(5, "rating")]),
        ("(4/5)", "(8/10)", [(5, "8/10", "4/5")]),
        ("(4/5)", "(B+)", [(5, "B+")]),
        ("Verdict: Good.\n", "", [(5, "verdict")]),
        ("Spoilers ahead for episode 3!", "An opening.", [(1, "spoiler horizon")]),
    ],
)
def test_what_a_piece_needs_and_has_not_is_found(was, becomes, told):
    assert missing(WHOLE.replace(was, becomes, 1)) == told


def test_a_spoiler_statement_between_the_title_and_the_info_block_counts():
    assert missing(WHOLE.replace("Episode 3 Recap", "Studio: Copper Dog\n\nEpisode 3 Recap", 1)) == []


def test_the_parts_of_an_article_know_their_episodes():
    (part,) = manuscript_of(WHOLE).parts

    assert (part.episodes, part.title, part.odd_rating) == ((Decimal(3),), "Rust", None)
