from decimal import Decimal

import pytest

from reviews.copydesk.checking import check
from reviews.copydesk.manuscript import Manuscript, NamedCredit, Part, Passage, Place
from tests.reviews.copydesk.manuscripts import VOCABULARY, found


def part(number, title, native=""):
    heading = Passage(f"Episode {number}: “{title}” {native}", Place.HEADING)
    return {"parts": (Part(heading, (Decimal(number),), title, native),)}


def test_a_heading_gives_the_title_that_the_database_has():
    assert found("mismatch", **part("1", "Low Water")) == []
    assert found("mismatch", **part("1", "LOW WATER!")) == []
    assert found("mismatch", **part("1", "High Water")) == [("High Water", "Low Water")]
    assert found("mismatch", **part("1", "Low Water", "満潮")) == [("満潮", "干潮")]


def test_an_episode_past_the_last_is_found():
    assert found("mismatch", **part("12", "The End")) == []
    assert found("mismatch", **part("13", "The End")) == [("13",)]


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("In episode 2, “Low Water,” it rains.", [("2", "1")]),
        ("In the second episode, “Low Water,” it rains.", [("second", "1")]),
        ("“Low Water”, the second episode, is wet.", [("second", "1")]),
        ("In episode 1, “The Deep Water,” it rains.", [("The Deep Water", "Low Water")]),
        ("In episode 1, “Low Water,” and episode two, “The Salt Below.”", []),
        ("In episode 1, “trust me” is said twice.", []),
        ("Unlike the first episode, “The Salt Below” is dry.", []),
        ("In episode 9, “Dry Dock,” it rains.", []),
    ],
)
def test_prose_gives_number_and_title_that_belong_together(text, slips):
    assert found("mismatch", text) == slips


def test_prose_is_held_against_the_headings_where_the_database_has_no_title():
    text = "In episode 3, “Dry Dock,” it rains."

    assert found("mismatch", text, **part("3", "Wet Dock")) == [("Dry Dock", "Wet Dock")]


def credited(person, key, episode=None):
    passage = Passage(f"As {person} has it.")
    return {"credits": (NamedCredit(person, key, passage, episode and Decimal(episode)),)}


@pytest.mark.parametrize(
    ("person", "key", "episode", "meant"),
    [
        ("Kazuhiro Morishita", "director", None, None),
        ("Morishita", "director", None, None),
        ("Morishita Kazuhiro", "director", None, None),
        ("森下和宏", "director", None, None),
        ("Shouta Oonuma", "script", "1", None),
        ("Kazuhiro Morishta", "director", None, None),
        ("Kazuhiro Morishita", "chief_director", None, None),
        ("Hana Somebody", "music", None, None),
        ("Hana Somebody", "director", None, "Kazuhiro Morishita"),
        ("Kazuhiro Morishita", "script", "1", "Shōta Ōnuma"),
        ("Hana Somebody", "script", "2", None),
        ("Tomo Ueda", "script", "1", None),
    ],
)
def test_a_credit_is_held_against_the_database(person, key, episode, meant):
    expected = [(person, meant)] if meant else []

    assert found("mismatch", **credited(person, key, episode)) == expected


@pytest.mark.parametrize(
    ("people", "meant"), [(["Kazuhiro Morishita", "Uta Ine"], []), (["Uta Ine"], ["Uta Ine"])]
)
def test_somebody_named_beside_the_one_whom_the_database_has_is_let_pass(people, meant):
    passage = Passage(f"Director: {' and '.join(people)}", Place.LABEL)
    named = tuple(NamedCredit(each, "director", passage) for each in people)

    findings = check(Manuscript((passage,), credits=named), VOCABULARY)

    assert [each.found for each in findings if each.kind == "mismatch"] == meant
