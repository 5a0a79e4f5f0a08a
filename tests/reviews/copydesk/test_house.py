import pytest

from reviews.copydesk.vocabulary import Entry, Sort, Vocabulary
from tests.reviews.copydesk.manuscripts import found

HOUSE = Vocabulary(
    (
        Entry("email", Sort.TERM, ("e-mail",), own=False),
        Entry("colour", Sort.TERM, ("color",), own=False),
        Entry("Viola Keane", Sort.CHARACTER, ("Violet Keane", "The Nightingale")),
        Entry("Marble Tide: Ebb", Sort.TITLE, ("Marble Tide",)),
    )
)


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("An e-mail, an email.", [("e-mail", "email")]),
        ("E-mail me. An email, an e-mail.", [("E-mail", "Email"), ("e-mail", "email")]),
        ("The color, the color, the colour.", [("color", "colour"), ("color", "colour")]),
        ("Violet Keane is Viola Keane.", [("Violet Keane", "Viola Keane")]),
        ("They organise, she organised, to organise, we organize.", [("organize", "organise")]),
        ("Of worldbuilding, and world building.", [("world building", "worldbuilding")]),
        ("A filmmaker, a film-maker.", [("film-maker", "filmmaker")]),
    ],
)
def test_where_two_forms_are_used_the_house_has_one(text, slips):
    assert found("house", text, vocabulary=HOUSE) == slips


@pytest.mark.parametrize(
    "text",
    [
        "An e-mail, another e-mail.",
        "The color of the harbour.",
        "The Nightingale is Viola Keane.",
        "Marble Tide: Ebb, or Marble Tide for short.",
        "Every day is an everyday thing; any one of them may be anyone, and maybe some time is sometime.",
        "To break down is a breakdown, to set up a setup.",
        "A full-on fight goes full on.",
        "Color Studio paints in colour.",
    ],
)
def test_one_form_throughout_is_left_alone(text):
    assert found("house", text, vocabulary=HOUSE) == []
