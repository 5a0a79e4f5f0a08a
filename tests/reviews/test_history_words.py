"""What became of a text, word by word."""

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.history.passages import passages
from reviews.history.words import both_sides, counted, in_one, stretches

TAGS = re.compile(r"<[^>]+>")
HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>')


def shown(html):
    """As marked text, without what is only said."""
    return HIDDEN.sub("", str(html))


def prose(*paragraphs):
    return "".join(f"{paragraph}\n\n" for paragraph in paragraphs)


def test_words_that_changed_are_marked_on_both_sides():
    before, after = both_sides("Rin leaves the harbour town", "Rin leaves the mountain town")

    assert shown(before) == "Rin leaves the <del>harbour</del> town"
    assert shown(after) == "Rin leaves the <ins>mountain</ins> town"


def test_what_is_marked_is_said_too():
    before, after = both_sides("old", "new")

    assert TAGS.sub("", before) == "[taken out: old end]"
    assert TAGS.sub("", after) == "[put in: new end]"


def test_markup_in_a_text_is_shown_and_never_run():
    before, after = both_sides("<b>x</b>", "<script>y</script>")

    assert "<b>" not in before
    assert "<script>" not in after


def test_a_new_paragraph_takes_its_own_end_with_it():
    found = shown(in_one(stretches(prose("One.", "Three."), prose("One.", "Two.", "Three."))))

    assert found == prose("One.") + "<ins>Two.</ins>\n\n" + prose("Three.")


def test_a_paragraph_that_was_split_shows_where():
    found = shown(in_one(stretches(prose("One two. Three four."), prose("One two.", "Three four."))))

    assert "<ins>¶\n\n</ins>" in found.replace("<del> </del>", "")


def test_a_sentence_written_anew_is_not_shown_in_crumbs():
    found = stretches(
        "Nobody expected the ferry to stop at the island.", "At dusk, all of the lamps on a hill go out."
    )

    assert len([stretch for stretch in found if stretch.stayed]) <= 1


def test_words_are_counted_and_a_moved_one_is_neither():
    assert counted("one two three", "three one two") == (0, 0)
    assert counted("one two", "one four five") == (2, 1)


@given(st.text(alphabet="ab \n.", max_size=60), st.text(alphabet="ab \n.", max_size=60))
def test_no_letter_of_either_text_is_lost(before, after):
    found = stretches(before, after)

    assert "".join("".join(stretch.before) for stretch in found) == before
    assert "".join("".join(stretch.after) for stretch in found) == after


def test_what_stayed_is_folded_but_for_a_paragraph_beside_the_change():
    before = [f"Paragraph {number}." for number in range(20)]
    after = [*before[:9], "Paragraph nine.", *before[10:]]

    found = passages(prose(*before), prose(*after))

    assert [passage.unchanged for passage in found] == [8, 0, 9]
    assert shown(found[1].text) == "Paragraph 8.\n\nParagraph <del>9</del><ins>nine</ins>.\n\nParagraph 10."
    assert found[2].text.startswith("Paragraph 11.")


def test_changes_at_either_end_are_read_without_folds_of_nothing():
    before = [f"Paragraph {number}." for number in range(4)]

    found = passages(prose(*before), prose("First.", *before[1:3], "Last."))

    assert [passage.unchanged for passage in found] == [0]


def article(words):
    return "\n\n".join(" ".join(words[at : at + 80]) for at in range(0, len(words), 80))


CHANCE = random.Random(4)
LONG = [f"word{CHANCE.randrange(3000)}" for _ in range(10_000)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (article(LONG), article([word if CHANCE.random() > 0.05 else "changed" for word in LONG])),
        (article(LONG), article([f"other{word}" for word in LONG])),
        ("a b " * 50_000, "b a " * 50_000),
        ("a\n\n" * 60_000, "b\n\n" * 60_000),
        ("\n\n" * 90_000, " \n" * 90_000),
        ("a" * 200_000, "b" * 200_000),
    ],
    ids=["a long article", "one written anew", "two words", "paragraphs", "blanks", "one word"],
)
def test_any_two_texts_are_compared_in_under_a_second_of_work(before, after):
    began = time.process_time()

    passages(before, after)

    assert time.process_time() - began < 1
