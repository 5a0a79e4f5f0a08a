"""What an article says of its own spoilers."""

import pytest

from reviews.importing.article import Paragraph
from reviews.importing.lines import Line
from reviews.importing.spoilers import find_spoilers


def told(text):
    return find_spoilers([Paragraph((Line(7, text),))])


@pytest.mark.parametrize(
    ("sentence", "level", "through", "source"),
    [
        ("This piece will be spoiler heavy, so mind your step", "heavy", None, False),
        ("Full spoilers for episodes 1 and 2.", "heavy", "2", False),
        ("Major spoilers through Episode 12.5 below.", "heavy", "12.5", False),
        ("Mild spoilers ahead.", "mild", None, False),
        ("Mild spoilers for the first episode.", "mild", "1", False),
        ("Mild spoilers through the end of the third episode.", "mild", "3", False),
        ("We keep spoilers to a minimum.", "mild", None, False),
        ("This review contains minor spoilers for the light novel.", "mild", None, True),
        ("This review is spoiler-free.", "none", None, False),
        ("There are no spoilers in this review.", "none", None, False),
        ("Light spoilers up to and including episode 5, but no manga spoilers.", "mild", "5", False),
    ],
)
def test_a_level_that_is_stated_is_taken(sentence, level, through, source):
    spoilers, doubts = told(f"Here we are. {sentence}")

    assert spoilers is not None
    assert (spoilers.level, spoilers.through, spoilers.source_material) == (level, through, source)
    assert (spoilers.quote, spoilers.line) == (sentence, 7)
    assert not doubts


@pytest.mark.parametrize(
    "sentence",
    [
        "Spoilers ahead!",
        "SPOILER WARNING",
        "If you want to avoid spoilers, turn back now.",
        "This isn’t spoiler-free.",
    ],
)
def test_a_warning_without_a_level_is_taken_as_heavy_and_doubted(sentence):
    spoilers, doubts = told(sentence)

    assert spoilers is not None
    assert spoilers.level == "heavy"
    assert doubts


@pytest.mark.parametrize(
    "sentence",
    [
        "She is a spoiled brat.",
        "To the victor go the spoils of war.",
        "The opening spoils the twist.",
        "Its trailer was full of spoilers.",
        "I won’t spoil the ending, but it is great.",
        "A friend spoiled it for me.",
        "The spoiler culture around this show is exhausting.",
    ],
)
def test_a_sentence_that_only_speaks_of_spoiling_says_nothing(sentence):
    assert told(sentence) == (None, [])
