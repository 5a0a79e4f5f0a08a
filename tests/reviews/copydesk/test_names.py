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


def test_an_ordinary_word_in_a_headline_is_no_slip():
    vocabulary = Vocabulary((Entry("Stark", Sort.CHARACTER), Entry("Rouge", Sort.CHARACTER)))

    assert found("name", "Marble Tide Review: Low Stars Align", vocabulary=vocabulary) == []
    assert found("name", "Long Review: How Rogue Came Back", vocabulary=vocabulary) == [("Rogue", "Rouge")]


@pytest.mark.parametrize(
    "text",
    [
        "It ends like the Rogue Squadron games.",
        "As Kazuhiko Arakawa and Kazuhira Uno said.",
        "So says Marina Delgado of the Harbour Post.",
        "Then Okabi Ramirez sings.",
        "The pupils of Morishige Academy march.",
    ],
)
def test_a_word_of_another_name_is_no_slip(text):
    assert found("name", text) == []


def test_two_slips_that_leave_a_japanese_name_japanese_make_another_name():
    vocabulary = Vocabulary((Entry("Tomohiro Hoshina", Sort.PERSON),))

    assert found("name", "Then Tomohisa Hoshina drew it.", vocabulary=vocabulary) == []
    assert found("name", "Then Tomohrio Hoshina drew it.", vocabulary=vocabulary) == [
        ("Tomohrio", "Tomohiro")
    ]


def test_a_longer_word_is_no_slip_of_a_name_of_three_letters():
    vocabulary = Vocabulary((Entry("Cha", Sort.CHARACTER),))

    assert found("name", "Then Chae sings.", vocabulary=vocabulary) == []


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("Then Baek Hae-Im wins.", [("Hae-Im", "Hae-In")]),
        ("Then Hae-Im wins.", [("Hae-Im", "Hae-In")]),
        ("Then Min Soo-jim wins.", [("Soo-jim", "Soojin")]),
        ("Then Baek Hae-in, Baek Haein, Min Soo-Jin and Min Soojin win.", []),
        ("Then Hae-won and Soo-ah win.", []),
        ("A low-key, well-made, Baek-like win.", []),
    ],
)
def test_the_halves_of_a_hyphenated_name_are_one_word(text, slip):
    vocabulary = Vocabulary((Entry("Baek Hae-In", Sort.CHARACTER), Entry("Min Soojin", Sort.CHARACTER)))

    assert found("name", text, vocabulary=vocabulary) == slip


def test_a_slip_of_a_name_is_not_found_as_a_spelling_too():
    findings = check(piece("Okabbe sings. Then Okabbe sleeps."), VOCABULARY)

    assert [each.kind for each in findings] == ["name", "name"]


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
