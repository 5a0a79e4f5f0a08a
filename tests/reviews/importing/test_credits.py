"""Credits in prose: who is suggested, and who isn't."""

import pytest

from reviews.importing.article import Paragraph
from reviews.importing.credits import find_credits, labelled_credits
from reviews.importing.lines import Line


def credited(text, series="Tin Orchard"):
    found, _doubts = find_credits([Paragraph((Line(3, text),))], series, episode="1")
    return [(credit.person, credit.role) for credit in found]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Screenwriter Haruka Endo opens it.", [("Haruka Endo", "script")]),
        ("Tin Orchard director Kei Arata is calm.", [("Kei Arata", "director")]),
        ("Chief director Jean-Luc O’Brien returns.", [("Jean-Luc O’Brien", "chief_director")]),
        (
            "Composers Aoi Sena, Yuma Ito, and Rin Abe score it.",
            [("Aoi Sena", "music"), ("Yuma Ito", "music"), ("Rin Abe", "music")],
        ),
        (
            "As storyboarded by episode director Kei Arata and storyboard artist Rin Abe, it flies.",
            [("Kei Arata", "episode_director"), ("Kei Arata", "storyboard"), ("Rin Abe", "storyboard")],
        ),
        (
            "Kei Arata, a noted painter serving as the anime’s chief director, is here.",
            [("Kei Arata", "chief_director")],
        ),
        ("Written and directed by Kei Arata.", [("Kei Arata", "director"), ("Kei Arata", "script")]),
        (
            "This episode, directed by Kei Arata and written by Rin Abe, glows.",
            [("Kei Arata", "episode_director"), ("Rin Abe", "script")],
        ),
        ("With character designs by studio co-founder Yōko Ōta.", [("Yōko Ōta", "character_design")]),
        ("Kei Arata (director) smiles.", [("Kei Arata", "director")]),
        ("Kei Arata directs this episode.", [("Kei Arata", "episode_director")]),
        ("Directed by Kei Arata, the episode is a marvel.", [("Kei Arata", "episode_director")]),
        (
            "The staff includes Kei Arata as director, Rin Abe as art director, and Aoi Sena as composer.",
            [("Kei Arata", "director"), ("Rin Abe", "art_director"), ("Aoi Sena", "music")],
        ),
        (
            "Kei Arata (series composition) and Rin Abe (music) round out the team.",
            [("Kei Arata", "series_composition"), ("Rin Abe", "music")],
        ),
        (
            "Kei Arata serves as director, while Rin Abe handles series composition.",
            [("Kei Arata", "director"), ("Rin Abe", "series_composition")],
        ),
        (
            "With Kei Arata in the director’s chair and Rin Abe writing the script, all is well.",
            [("Kei Arata", "director"), ("Rin Abe", "script")],
        ),
        ("Kei Arata, the director of the series, smiles.", [("Kei Arata", "director")]),
        ("Its director, Kei Arata, smiles.", [("Kei Arata", "director")]),
        (
            "Director Kei Arata returns, as does composer Rin Abe.",
            [("Kei Arata", "director"), ("Rin Abe", "music")],
        ),
    ],
)
def test_people_are_suggested_in_their_roles(text, people):
    assert credited(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "Blade Runner director Ridley Scott would approve.",
        "The director of the film left.",
        "The animators at Lantern Works have no fear.",
        "ADR director Mike Smith gathered a cast.",
        "A film director Ridley Scott type.",
        "Produced by Studio Lantern.",
        "The director says Rouge Redstar is fine.",
        "Director Skinner enters.",
    ],
)
def test_nobody_is_suggested_who_wasnt_credited(text):
    assert credited(text) == []


def test_a_credit_whose_role_isnt_clear_is_said():
    found, doubts = find_credits([Paragraph((Line(3, "The tanks, designed by Kei Arata, roll."),))], None)

    assert not found
    assert doubts[0].line == 3


def test_label_lines_are_credits_of_the_episode():
    found = labelled_credits("Director", "Kei Arata", 4, episode="3")

    assert [(credit.person, credit.role) for credit in found] == [("Kei Arata", "episode_director")]
    assert [credit.person for credit in labelled_credits("絵コンテ", "堀元宣、村木靖", 4)] == [
        "堀元宣",
        "村木靖",
    ]
    assert labelled_credits("Storyboard", "to be announced later on", 4) is None
    assert labelled_credits("Mood", "Kei Arata", 4) is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Kei Arata (series composition, script) plots well.",
            [("Kei Arata", "series_composition"), ("Kei Arata", "script")],
        ),
        ("The music from Aoi Sena pounds.", [("Aoi Sena", "music")]),
        ("Mechanical designs come from Rin Abe.", [("Rin Abe", "mechanical_design")]),
        ("The opening theme is performed by Lantern Girls.", [("Lantern Girls", "theme_song")]),
        ("With Rin Abe on series composition, all is safe.", [("Rin Abe", "series_composition")]),
        ("Rin Abe takes care of the character design.", [("Rin Abe", "character_design")]),
        ("Kei Arata directs and Rin Abe writes.", [("Kei Arata", "director"), ("Rin Abe", "script")]),
        (
            "Character designer and chief animation director Rin Abe is busy.",
            [("Rin Abe", "character_design"), ("Rin Abe", "chief_animation_director")],
        ),
        ("Kei Arata directs at Lantern Works.", [("Kei Arata", "director")]),
        ("Rin Abe is adapting the character designs.", [("Rin Abe", "character_design")]),
        ("Kei Arata, the director of Tin Orchard, smiles.", [("Kei Arata", "director")]),
        ("Kei Arata is the show’s director.", [("Kei Arata", "director")]),
        ("It is based on the hit manga by Yōko Ōta.", [("Yōko Ōta", "original_creator")]),
        ("The score, written by Aoi Sena, swells.", [("Aoi Sena", "music")]),
    ],
)
def test_the_work_may_stand_for_the_role(text, people):
    assert sorted(credited(text)) == sorted(people)


@pytest.mark.parametrize(
    "text",
    [
        "The letter was written by Rouge Redstar.",
        "A song written by Kei Arata plays.",
        "Rouge Redstar writes, and the ink dries.",
        "Rouge Redstar was the director of the bank.",
        "Rouge (voiced by Aoi Sena) smiles.",
    ],
)
def test_what_is_made_in_the_story_credits_nobody(text):
    assert credited(text) == []


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Aoi Sena’s score hums.", [("Aoi Sena", "music")]),
        ("Rin Abe’s crisp storyboards help.", [("Rin Abe", "storyboard")]),
        ("Kei Arata and Rin Abe direct, and it shows.", [("Kei Arata", "director"), ("Rin Abe", "director")]),
        ("Rin Abe designs the characters.", [("Rin Abe", "character_design")]),
        ("Kei Arata, who directs the series, smiles.", [("Kei Arata", "director")]),
        ("Music composer Aoi Sena hums.", [("Aoi Sena", "music")]),
        ("Veteran director Kei Arata returns.", [("Kei Arata", "director")]),
        ("Lantern director Kei Arata returns.", [("Kei Arata", "director")]),
        ("Paper composer Aoi Sena returns.", []),
        ("Tin’s creator, Roy Vane, watches.", []),
        ("Sarah Vane’s music fills the bar.", []),
    ],
)
def test_who_owns_the_work_and_whose_director_it_is(text, people):
    found, _doubts = find_credits([Paragraph((Line(3, text),))], "Tin Orchard", studios=["Lantern"])

    assert [(credit.person, credit.role) for credit in found] == people
