from decimal import Decimal

import pytest

from reviews.copydesk.manuscript import Part, Passage, Place
from reviews.copydesk.vocabulary import Entry, Sort, Vocabulary
from tests.reviews.copydesk.manuscripts import found

SHOW = Vocabulary(
    (
        Entry("Marin Okabe", Sort.CHARACTER),
        Entry("Count Ashgrove", Sort.CHARACTER, first_seen=Decimal(3)),
        Entry("Glass Moon", Sort.TERM, spoils=True),
    )
)
TRAVELS = [place for place in Place if place.travels]


def episode(number):
    return {"parts": (Part(Passage("A heading", Place.HEADING), (Decimal(number),)),)}


def spoilers(text, place, number="3", **more):
    return found("spoiler", text, place=place, vocabulary=SHOW, **episode(number), **more)


@pytest.mark.parametrize("place", TRAVELS)
def test_a_name_first_seen_in_the_episode_stays_off_what_travels(place):
    assert spoilers("count-ashgrove-arrives", place) == [("count-ashgrove",)]
    assert spoilers("The smile of Ashgrove", place) == [("Ashgrove",)]
    assert spoilers("The smile of Ashgrove", place, number="4") == []
    assert spoilers("The ash grove", place) == []


def test_a_word_that_spoils_never_travels():
    assert spoilers("Under the Glass Moon", Place.STANDFIRST, "1") == [("Glass Moon",)]


def test_the_text_itself_may_say_it():
    assert spoilers("Count Ashgrove dies under the Glass Moon.", Place.PROSE) == []
    assert spoilers("Episode 3: Count Ashgrove", Place.HEADING) == []


def test_what_the_text_hides_stays_hidden():
    hidden = {"spoilers": ("The culprit is Tanabata.",)}

    assert spoilers("Tanabata again", Place.HEADLINE, **hidden) == [("Tanabata",)]
    assert spoilers("A quiet week", Place.HEADLINE, **hidden) == []


def test_a_characters_fate_is_no_headline():
    assert spoilers("Okabe dies twice", Place.HEADLINE) == [("dies",)]
    assert spoilers("A death in the harbour", Place.HEADLINE) == []
