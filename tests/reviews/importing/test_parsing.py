"""Whole articles: what they are understood as, and that nothing of them is lost."""

import pathlib
import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from reviews.importing import parse_article
from reviews.importing.article import Field
from tests.reviews.importing.articles import WEEKLY

REAL = pathlib.Path(settings.BASE_DIR).parent / "shared" / "articles"


def strings_of(value):
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings_of(each)


def words_of(text):
    return set(re.findall(r"\w+", text.lower()))


def test_the_newsrooms_own_form_is_understood():
    article = parse_article(WEEKLY).as_json()

    assert (article["kind"], article["series"], article["headline"]) == ("weekly", "Tin Orchard", None)
    assert article["byline"] == ["Ada Quill"]
    assert article["info"] == {
        "studios": ["Lantern Works"],
        "source": "Original Series created by Mirei Sonoda",
        "creators": ["Mirei Sonoda"],
        "platforms": ["Crunchyroll"],
    }
    assert article["spoilers"] == {
        "level": "mild",
        "through": "2",
        "source_material": False,
        "quote": "Expect mild spoilers through episode 2 in what follows",
    }
    assert len(article["intro"]) == 2
    assert [
        (each["episodes"], each["title"], each["rating"]["raw"], each["rating"]["stars"])
        for each in article["sections"]
    ] == [("1", "The First Graft", "⭐️⭐️⭐️⭐️", 4), ("2", "Rust in the Rain", "⭐⭐1/2", 2.5)]
    assert [len(each["body"]) for each in article["sections"]] == [2, 1]
    assert article["sections"][1]["verdict"] == "A stumble, prettily drawn."
    assert article["outro"][0].startswith("Tin Orchard is currently streaming")
    assert {(each["person"], each["role"], each["line"]) for each in article["credits"]} == {
        ("Haruka Endo", "script", 15),
        ("Kei Arata", "episode_director", 23),
        ("Kei Arata", "storyboard", 23),
    }
    assert article["warnings"] == []


def test_line_ends_and_a_byte_order_mark_make_no_difference():
    plain = parse_article(WEEKLY).as_json()

    assert parse_article("\ufeff" + WEEKLY.replace("\n", "\r\n")).as_json() == plain
    assert parse_article(WEEKLY.replace("\n", "\r")).as_json() == plain


def test_a_text_broken_at_a_column_is_paragraphs_again():
    article = parse_article(
        "Tin Orchard\n\nStudio: Lantern\n\n"
        "Welcome back to the orchard, where the robot has planted a second row of\n"
        "trees and the rain has not stopped since the show began in the spring. We\n"
        "promise no spoilers.\n\nEpisode 3: “Ash” (4/5)\n\nShort.\n"
    )

    assert len(article.intro) == 1
    assert article.intro[0].line == 5
    assert article.intro[0].line_at(article.intro[0].text.index("no spoilers")) == 7
    assert article.spoilers is not None
    assert article.spoilers.line == 6  # where its sentence begins


def test_a_title_line_that_is_the_only_heading_makes_the_section():
    article = parse_article(
        "Tin Orchard Season 2 – Episode 3 Review\nBy Ada Quill and Ben Roe\n\nStudio: Lantern\n\n"
        "It rains.\n\nThe Verdict\nIt pours.\n\nRating: 7/10\n"
    )

    assert (article.series, article.season, article.headline) == (
        "Tin Orchard",
        2,
        "Tin Orchard Season 2 – Episode 3 Review",
    )
    assert article.byline == ("Ada Quill", "Ben Roe")
    (section,) = article.sections
    assert (section.episodes, section.verdict_text, section.author) == ("3", "It pours.", None)
    assert str(section.rating.stars) == "3.5"


def test_a_headline_above_or_below_the_series_is_told_from_it():
    body = "\nStudio: Lantern\n\nTin Orchard is back.\n\nEpisode 3: “Ash” (4/5)\n\nTin Orchard rests."

    for titles in ("Apples Don’t Fall\nTin Orchard\n", "Tin Orchard\nApples Don’t Fall\n"):
        article = parse_article(titles + body)
        assert (article.series, article.headline) == ("Tin Orchard", "Apples Don’t Fall")


def test_a_roundup_names_series_and_author_per_section():
    article = parse_article(
        "The Friday Roundup\n\nBy Ada Quill\n\nThree shows.\n\n"
        "Tin Orchard – Episode 3: “Ash” (★★★★)\n\nOne.\n\nVerdict: Up.\n\n"
        "Glass Meridian – Episode 1: “Lens” (B+) – by Ben Roe\n\nTwo.\n"
    )

    assert (article.kind, article.series, article.headline) == ("roundup", None, "The Friday Roundup")
    assert [(each.series, each.author) for each in article.sections] == [
        ("Tin Orchard", None),
        ("Glass Meridian", "Ben Roe"),
    ]
    assert [doubt.line for doubt in article.warnings] == [13]


def test_a_roundup_may_name_its_series_on_lines_of_their_own():
    article = parse_article(
        "Friday Notes\n\nTin Orchard\n\nEpisode 3: “Ash” (4/5)\n\nOne.\n\n"
        "Glass Meridian\n\nEpisode 1: “Lens” (3/5)\n\nTwo."
    )

    assert article.kind == "roundup"
    assert [each.series for each in article.sections] == ["Tin Orchard", "Glass Meridian"]
    assert article.headline == "Friday Notes"


@pytest.mark.parametrize(
    ("title", "ending", "kind"),
    [
        ("Tin Orchard Season 1 Review", "Verdict: Fine.\n\nScore: 4/5", "season"),
        ("Tin Orchard: The Movie Review", "Verdict: Fine.\n\n4/5", "feature"),
        ("Tin Orchard", "This film is a film.\n\nVerdict: See it in a cinema.\n\n(⭐⭐⭐)", "feature"),
        ("Tin Orchard Preview", "It premieres in April.", "preview"),
        ("Tin Orchard", "The upcoming series has a trailer.", "preview"),
    ],
)
def test_a_piece_without_episodes_is_told_by_title_and_text(title, ending, kind):
    article = parse_article(f"{title}\n\nStudio: Lantern\n\nIt begins.\n\n{ending}\n")

    assert article.kind == kind
    assert bool(article.sections) == (kind != "preview")
    if kind != "preview":
        assert article.sections[0].episodes == ""
        assert article.sections[0].rating is not None


def test_a_weekly_part_without_a_rating_is_unrated_and_said():
    article = parse_article("Tin Orchard\n\nEpisode 6.5 Recap: “Clips”\n\nOnly clips.\n")

    assert article.sections[0].rating is None
    assert [(doubt.line, doubt.message) for doubt in article.warnings] == [(3, "no rating for episode 6.5")]


def test_two_ratings_that_disagree_give_no_stars():
    article = parse_article(
        "Tin Orchard\n\nEpisode 3: “Ash” (⭐⭐⭐⭐)\n\nText.\n\nVerdict: Hm.\n\nRating: 3/5\n"
    )

    assert article.sections[0].rating.stars is None
    assert article.warnings[0].line == 9


def test_a_rating_above_the_only_part_is_its_rating_and_any_other_is_kept_in_a_warning():
    one = parse_article("Tin Orchard\n\nRating: 4/5\n\nEpisode 3: “Ash”\n\nText.\n")
    more = parse_article("Tin Orchard\n\nRating: 4/5\n\nEpisode 3: “Ash” (3/5)\n\nText.\n")

    assert str(one.sections[0].rating.stars) == "4.0"
    assert str(more.sections[0].rating.stars) == "3.0"
    assert [doubt.line for doubt in more.warnings] == [3]


def test_a_title_line_that_announces_the_episodes_is_the_headline():
    article = parse_article(
        "Tin Orchard Episodes 3 & 4 Review: Light Moves\n\nWords by Ada Quill\n\nTwo at once.\n\n"
        "EPISODE 3: “ASH”\n★★★★\n\nOne.\n\n---\n\nEPISODE 4: “RUST”\n★★½\n\nTwo.\n"
    )

    assert (article.series, article.headline) == (
        "Tin Orchard",
        "Tin Orchard Episodes 3 & 4 Review: Light Moves",
    )
    assert article.byline == ("Ada Quill",)
    assert [each.text for each in article.intro] == ["Two at once."]
    assert [str(each.rating.stars) for each in article.sections] == ["4.0", "2.5"]
    assert [doubt.message for doubt in article.warnings] == ["a drawn line: ---"]


@pytest.mark.parametrize("signature", ["By Ada Quill", "— Ada Quill"])
def test_a_signature_at_the_end_signs_the_whole(signature):
    article = parse_article(
        f"Tin Orchard\n\nEpisode 3: “Ash” (4/5)\n\nOne.\n\nEpisode 4: “Rust” (4/5)\n\nTwo.\n\n{signature}\n"
    )

    assert article.byline == ("Ada Quill",)
    assert [section.author for section in article.sections] == [None, None]
    assert [each.text for each in article.sections[1].body] == ["Two."]


def test_overall_opens_a_verdict_only_at_the_end():
    body = "Overall: it opens well.\n\nThen.\n\nAnd then.\n\nAnd so on.\n\nAnd on."
    article = parse_article(f"Tin Orchard\n\nEpisode 3: “Ash” (4/5)\n\n{body}\n\nOverall: it ends well.\n")

    assert len(article.sections[0].body) == 5
    assert article.sections[0].verdict_text == "it ends well."


def test_what_follows_the_streaming_line_closes_the_article_too():
    article = parse_article(
        "Tin Orchard\n\nEpisode 3: “Ash” (4/5)\n\nOne.\n\nTwo.\n\n"
        "Tin Orchard is currently streaming on Hulu.\n\nAda Quill grows apples.\n"
    )

    assert len(article.sections[0].body) == 2
    assert [each.line for each in article.outro] == [9, 11]
    assert article.info.platforms == ("Hulu",)


def test_an_episode_twice_is_doubted_unless_two_critics_share_it():
    twice = "Tin Orchard\n\nEpisode 3: “Ash” (4/5){}\n\nOne.\n\nEpisode 3: “Ash” (3/5){}\n\nTwo.\n"

    assert "already" in parse_article(twice.format("", "")).warnings[0].message
    assert not parse_article(twice.format(" – Ada Quill", " – Ben Roe")).warnings


def test_an_info_line_without_a_field_is_kept_in_a_warning():
    article = parse_article(
        "Tin Orchard\n\nStudio: Lantern\nGenre: Pastoral\nSource: Manga\n\nText.\n\nEpisode 1 (4/5)\n\nOk."
    )

    assert [(doubt.line, doubt.message) for doubt in article.warnings] == [
        (4, "no field for this line: Genre: Pastoral")
    ]
    assert article.fields[4] is Field.UNPLACED


@pytest.mark.parametrize("name", ["metallic-rouge-episodes-1-2.txt", "metallic-rouge-preview.txt"])
def test_nothing_of_a_real_article_is_lost(name):
    if not REAL.is_dir():
        pytest.skip("the newsroom's articles aren't beside the project")
    text = (REAL / name).read_text(encoding="utf-8")

    article = parse_article(text).as_json()

    warned = {doubt["line"] for doubt in article.pop("warnings")}
    found = list(strings_of(article))
    printed = {number: line for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    whole = [
        number for number, line in printed.items() if any(" ".join(line.split()) in each for each in found)
    ]
    blob = (
        words_of(" ".join(found))
        | words_of(" ".join(article["info"]))
        | {"verdict", "episode", "recap", "review"}
    )
    labels = {"studio", "source", "platform"}
    lost = [
        number for number, line in printed.items() if number not in whole and words_of(line) - blob - labels
    ]
    assert [number for number in lost if number not in warned] == []
    assert len(lost) * 10 < len(printed)


def test_the_real_review_and_preview_read_as_their_newsroom_means_them():
    if not REAL.is_dir():
        pytest.skip("the newsroom's articles aren't beside the project")

    review = parse_article((REAL / "metallic-rouge-episodes-1-2.txt").read_text(encoding="utf-8"))
    preview = parse_article((REAL / "metallic-rouge-preview.txt").read_text(encoding="utf-8"))

    assert (review.kind, review.series, review.info.studios) == ("weekly", "Metallic Rouge", ("Bones",))
    assert (review.info.platforms, review.spoilers.level) == (("Crunchyroll",), "heavy")
    assert [(each.episodes, str(each.rating.stars)) for each in review.sections] == [
        ("1", "4.0"),
        ("2", "2.5"),
    ]
    assert all(each.body and each.verdict_text for each in review.sections)
    assert preview.kind == "preview"
    assert {credit.role for credit in preview.credits} == {
        "chief_director",
        "director",
        "script",
        "character_design",
        "music",
    }


PIECES = [
    "Tin Orchard", "Studio: Lantern", "Source: Manga by Ada Quill", "Platform: Netflix, Hulu",
    "Episode 1: “A” (⭐️⭐️½)", "Episode 2 Recap", "Glass Meridian – Episode 3 (4/5)", "Verdict: good",
    "Verdict", "⭐⭐⭐", "Rating: 4/5", "Rating: B+", "By Ada Quill", "— Ada Quill", "January 12, 2024",
    "Spoilers ahead!", "Tin Orchard is streaming on Hulu.",
    "director Ada Quill, composers Ben Roe and Cy Doe.", "Storyboard: Ada Quill", "Season 2",
    "a line of prose, going on.", "\u200b", "\xa0", "Episodes 1-2", "Final Episode Recap: “X”", "Genre: x",
    "Rating: N/A", "Overall verdict: fine", "Spoilers: mild", "Film Review: Tide", "Winter Preview",
    "Series: Tin Orchard", "“Quoted”", "See you next week",
]  # fmt: skip
LINES = st.one_of(
    st.sampled_from(PIECES),
    st.text(max_size=60),
    st.builds("{} {}".format, st.sampled_from(PIECES), st.text(max_size=9)),
)
ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\r"])


@given(st.lists(st.tuples(LINES, ENDS), max_size=16))
def test_any_text_is_read_and_every_line_of_it_is_accounted_for(pieces):
    article = parse_article("".join(line + end for line, end in pieces))

    found = set(strings_of(article.as_json()))
    for line in article.lines:
        if line.raw.strip():
            assert line.number in article.fields
    for number, placed in article.fields.items():
        text = " ".join(article.lines[number - 1].raw.split())
        if placed in (Field.INTRO, Field.BODY, Field.OUTRO):
            assert any(text in each for each in found)
        elif placed is Field.UNPLACED:
            assert any(
                doubt.line == number and text in " ".join(doubt.message.split()) for doubt in article.warnings
            )


@pytest.mark.parametrize(
    "text",
    [
        "." * 300_000,
        "a " * 150_000,
        "⭐" * 200_000,
        "“" * 100_000,
        "Episode 1: " + "(" * 100_000,
        "spoil " * 40_000,
        "by A B, " * 30_000,
        "director " * 30_000,
        " \t\u200b\u200f" * 50_000,
        "Verdict: " * 20_000,
        "\n".join(["Episode 1 Recap/Review: “A” (⭐)", "Text, as it is."] * 5_000),
    ],
    ids=lambda text: text[:10],
)
def test_enormous_texts_are_read_in_time_that_grows_with_their_length(text):
    # Whatever took time that grows with the square would not end within the suite's patience.
    parse_article(text)


def test_control_characters_and_emoji_do_no_harm():
    article = parse_article("Tin\x00 Orchard\x0c\n\n🎉🎉 \u202eabc\u202c 👩‍👩‍👧\n\nEpisode 1 (⭐)\n\x1d\n")

    assert article.sections[0].rating.stars == 1
