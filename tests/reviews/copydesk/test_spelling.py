import pytest

from reviews.copydesk.checking import check
from reviews.copydesk.spelling import suggested
from tests.reviews.copydesk.manuscripts import VOCABULARY, found, piece


@pytest.mark.parametrize(
    "slip",
    """
    frustratng cybperpunk recieve untill thier teh dosen't animaton occured
    finaly visualy humourous publically betwen alot backround calender choregraphy heros
    """.split(),
)
def test_a_word_that_nobody_writes_so_is_found(slip):
    assert found("spelling", f"It is what {slip} says.") == [(slip,)]


def test_a_slip_that_opens_a_sentence_is_found():
    assert found("spelling", "Frustratng, all of it.") == [("Frustratng",)]


@pytest.mark.parametrize(
    "text",
    [
        "The colour, the color, the centre, to organise, organizing, travelled, a defence, a programme.",
        "An isekai with mecha, a seiyuu, a noren and the shōnen crowd.",
        "The worldbuilding, a backstory, a storyboarded fight, rewatched, overbuilt, dreamlike kabooms.",
        "See https://example.org/qwrtz and mail qwrtz@example.org, or @qwrtz and #qwrtz.",
        "It has 12th, 3DCG, MAPPA, RahXephon and OVAs.",
        "Then Kawamoto and Tsukishiba talk. Kawamoto wins.",
        "Ōnuma’s onuma, the marins and every morishita.",
        "It won’t, they’d, everybody else’s, the anime’s and the Joneses’ own.",
        "メタリックルージュ, qu’est-ce que c’est in 第一幕.",
        "A rotoscoped, pixelated, greenlit infodump of fanservice, with synths and a waifu.",
        "Had had, that that and very very are grammar.",
    ],
)
def test_words_in_order_are_left_alone(text):
    assert found("spelling", text) == []


def test_a_word_typed_twice_is_found():
    assert found("spelling", "It is in the the city.") == [("the the", "the")]


def test_suggestions_come_when_asked_for():
    (finding,) = check(piece("Frustratng, all of it."), VOCABULARY)

    assert finding.suggest == ()
    assert suggested(finding).suggest == ("Frustrating",)
    assert not finding.blocking
