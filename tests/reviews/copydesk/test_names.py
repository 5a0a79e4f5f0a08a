import pytest

from reviews.copydesk.checking import check
from reviews.copydesk.vocabulary import Entry, Sort, Vocabulary
from tests.reviews.copydesk.manuscripts import VOCABULARY, found, piece


@pytest.mark.parametrize(
    ("text", "slip", "meant"),
    [
        ("We watched Marble Tied twice.", "Marble Tied", "Marble Tide"),
        ("Marbel Tide is back.", "Marbel Tide", "Marble Tide"),
        ("It is Kazuhiro Morishta who directs.", "Morishta", "Morishita"),
        ("It is Morishita Kazuhro who directs.", "Kazuhro", "Kazuhiro"),
        ("Director Morisita’s frames are still.", "Morisita", "Morishita"),
        ("Then Rogue jumps.", "Rogue", "Rouge"),
        ("Rogue jumps.", "Rogue", "Rouge"),
        ("The Rogue-led crew.", "Rogue", "Rouge"),
        ("The Lantern Gild meets.", "Gild", "Guild"),
        ("As Issac Asimov’s robots do.", "Issac", "Isaac"),
        ("“The Salt Bellow” is calm.", "The Salt Bellow", "The Salt Below"),
        ("It recalls Ginya Expres, a classic.", "Ginya Expres", "Gin’ya Express"),
        ("MARBLE TIED", "MARBLE TIED", "Marble Tide"),
        ("A Shota Onima script.", "Onima", "Ōnuma"),
        ("It is Kazuhiro Moriishita who directs.", "Moriishita", "Morishita"),
        ("Then Rooge jumps.", "Rooge", "Rouge"),
        ("The Lantren Guilds meet.", "Lantren Guilds", "Lantern Guild"),
    ],
)
def test_a_name_that_is_nearly_one_is_found(text, slip, meant):
    assert found("name", text) == [(slip, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "Marble Tide’s Marin Okabe meets Rouge, and Okabe’s plan fails.",
        "Morishita Kazuhiro, Shouta Oonuma, Shota Onuma and Shōta Ōnuma.",
        "Oishi no Shio, or Ooishi no Shio.",
        "The Lantern Guilds and a Lantern-Guild affair.",
        "Okabe-san calls Marin-chan.",
        "森下和宏 directs ルージュ.",
        "Orbit 2001 is another matter.",
        "It is of (Marble); Tied up.",
        "The rogue wave, a rouge lip, the marina.",
        "Hiroshi Morishima draws.",
        "See https://example.org/Rogue and @Morishta.",
        "Some OKB or NHK report.",
        "Coppers run.",
    ],
)
def test_a_name_in_order_is_left_alone(text):
    assert found("name", text) == []


def test_an_ordinary_word_is_no_slip_of_a_name_of_the_house_list():
    assert found("name", "They went to the Cooper house, to Copier and to Copper.") == []


def test_a_common_word_that_opens_a_sentence_is_no_slip():
    vocabulary = Vocabulary((Entry("Whera", Sort.CHARACTER),))

    assert found("name", "Where are they? There they are.", vocabulary=vocabulary) == []


def test_two_names_used_throughout_are_two_peoples():
    vocabulary = Vocabulary((Entry("Haruko", Sort.CHARACTER),))
    together = "Haruko met Haruka. Haruka left Haruko. Then Haruka slept."

    assert found("name", together, vocabulary=vocabulary) == []
    assert found("name", "Haruko met Haruka.", vocabulary=vocabulary) == [("Haruka", "Haruko")]


def test_a_slip_of_the_series_own_names_stops_approval_and_another_does_not():
    own, others = check(piece("Then Rogue jumps.", "As Issac Asimov wrote."), VOCABULARY)

    assert (own.blocking, others.blocking) == (True, False)


def test_without_a_vocabulary_nothing_is_a_slip():
    assert found("name", "Then Rogue meets Morishta.", vocabulary=Vocabulary()) == []
