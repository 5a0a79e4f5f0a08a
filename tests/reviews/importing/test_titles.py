"""What an article's series is called, by its title line and by the line that says where it streams."""

import pytest

from reviews.importing import parse_article

ARTICLE = """{title}

Studio: Lantern Works

Once more into the orchard.

Episode 3 Review: “Rust” (⭐⭐⭐)

The tin trees bend.

Verdict: Worth the walk.

{streams} on Crunchyroll. New episodes drop every Thursday
"""


def read(title, streams):
    return parse_article(ARTICLE.format(title=title, streams=streams))


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Tin Orchard: Beyond the Last Gate", "Tin Orchard"),
        ("Tin:Orchard − Life Among Leaves", "Tin"),
        ("Orchard No. 8: 1874", "Orchard No. 8"),
        (
            "My Orchard Is So Well Watered, No Tree in This Whole Wide World Stands a Chance Against It!",
            "Orchard",
        ),
        ("Tin Orchard Lv. 99: I’m the Gardener, Not the Demon", "Tin Orchard Lv. 99"),
    ],
)
def test_the_title_line_wins_over_the_shorter_name_in_the_streaming_line(title, short):
    article = read(title, f"{short} is currently streaming")

    assert article.series == title
    assert article.headline is None


@pytest.mark.parametrize(
    "title",
    [
        "Tin Orchard — The Trees Bend",
        "Tin Orchard | Rust Never Sleeps",
        "Tin Orchard’s Third Episode Bends the Trees",
        "Why We Can’t Stop Watching Tin Orchard",
    ],
)
def test_a_headline_about_the_series_is_no_name_of_it(title):
    article = read(title, "Tin Orchard is currently streaming")

    assert (article.series, article.headline) == ("Tin Orchard", title)


def test_a_name_in_single_quotes_is_a_name():
    article = read("‘Tin Orchard’ Episode 3 Review: The Trees Bend", "It is currently streaming")

    assert article.series == "Tin Orchard"


def test_a_native_title_behind_the_name_is_no_part_of_it():
    article = read("Tin Orchard (錫の果樹園)", "It is currently streaming")

    assert article.series == "Tin Orchard"
    assert "錫の果樹園" in article.headline


@pytest.mark.parametrize(
    ("streams", "series"),
    [
        ("Tin Orchard is currently streaming", "Tin Orchard"),
        ("Tin Orchard: Roots is now available", "Tin Orchard: Roots"),
        ("Orchard No. 8 streams", "Orchard No. 8"),
        ("Tin Orchard?! is streaming", "Tin Orchard?!"),
        ("Catch Tin Orchard Saturdays", "Tin Orchard"),
        ("All of the first five episodes are available", None),
    ],
)
def test_without_a_title_line_the_streaming_line_names_the_series(streams, series):
    article = read("", streams)

    assert article.series == series
    assert article.info.platforms == ("Crunchyroll",)
    assert series is None or any("taken for the series" in doubt.message for doubt in article.warnings)


@pytest.mark.parametrize("blank", [" ", "\u00a0"])
def test_of_two_spellings_in_the_prose_the_more_frequent_is_taken(blank):
    text = (
        "Welcome to our weekly coverage of Tin Orhcard.\n\nThe trees of Tin Orhcard bend.\n\n"
        "Episode 3 Review: “Rust” (⭐⭐⭐)\n\nTin Orchard is damp.\n\nStill Tin Orchard.\n\n"
        "Tin Orchard is currently streaming on Crunchyroll."
    )

    assert parse_article(text.replace(" ", blank)).series == "Tin Orchard"
