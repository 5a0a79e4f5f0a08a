"""Which lines head a section, and what they say."""

import pytest

from reviews.importing.headings import read_heading, read_whole_heading


@pytest.mark.parametrize(
    ("line", "episodes", "title", "native"),
    [
        ("Episode 1 Recap/Review: “First Light” (⭐️⭐️⭐️⭐️)", "1", "First Light", None),
        ('Episode 1 Recap/Review: "First Light" (⭐⭐1/2)', "1", "First Light", None),
        ("EPISODE 1 RECAP & REVIEW – First Light ★★★", "1", "First Light", None),
        ("Ep. 3 – “Title: With (Brackets)” ★★★½☆", "3", "Title: With (Brackets)", None),
        ("Episode 5: “I Said ‘No’ to the “King””", "5", "I Said ‘No’ to the “King”", None),
        ("Episode 3 Recap/Review: “Stand by Me” (⭐⭐⭐)", "3", "Stand by Me", None),
        ("Episode 3: “The 3/5 Problem”", "3", "The 3/5 Problem", None),
        ("Episodes 25-27", "25-27", None, None),
        ("Episodes 25–27 Recap/Review: “A,” “B,” and “C” (4/5)", "25–27", "“A,” “B,” and “C”", None),
        ("Episodes 1 and 2 Review", "1 and 2", None, None),
        ("Episode 12.5", "12.5", None, None),
        ("Episode #4 Recap", "4", None, None),
        ("Episode Three: The Storm", "3", "The Storm", None),
        ("Solo Climb S2E05 Review: “Rope” (4/5)", "5", "Rope", None),
        ("Episode 3: 「レンズ」 (⭐⭐⭐)", "3", None, "レンズ"),
        ("Episode 3: “Lens” (「レンズ」) (⭐⭐⭐)", "3", "Lens", "レンズ"),
        ("Episode 3: Lens (レンズ) (⭐⭐⭐)", "3", "Lens", "レンズ"),
        ("Episode 3: 「Lens」 (⭐⭐⭐)", "3", "Lens", None),
        ("第3話「題名」 ★★★", "3", None, "題名"),
        ("Final Episode Recap/Review: “End” (⭐⭐⭐)", "Final Episode", "End", None),
    ],
)
def test_a_heading_gives_number_and_titles_as_printed(line, episodes, title, native):
    heading = read_heading(line)

    assert heading is not None
    assert (heading.episodes, heading.title, heading.title_native) == (episodes, title, native)


@pytest.mark.parametrize(
    "prose",
    [
        "Episode 3, “Lens,” is a chase.",
        "Episode 3 is where the show finds its feet.",
        "In Episode 3, “Lens,” the light runs out.",
        "The second half of Episode 3: a mess",
        "By Episode 3: nothing",
        "Episode 3 opens with a bang. Then it rests.",
        "Season 3 was better.",
        "#4 on the list of the best",
    ],
)
def test_prose_that_names_an_episode_is_no_heading(prose):
    assert read_heading(prose) is None


@pytest.mark.parametrize(
    ("line", "series", "season"),
    [
        ("Tin Orchard – Episode 3 Review", "Tin Orchard", None),
        ("Review: Tin Orchard Season 2 Episode 5", "Tin Orchard", 2),
        ("Tin Orchard 2nd Season, Episode 5: “Ash”", "Tin Orchard", 2),
        ("Tin Orchard: Beyond the Hill – Episode 18: “Gate” (★★★★)", "Tin Orchard: Beyond the Hill", None),
        ("Girl no Machi, Episodes 25-27", "Girl no Machi", None),
        ("Tin Orchard #4: “Ash” (4/5)", "Tin Orchard", None),
        ("Season 2, Episode 3: “Ash”", None, 2),
    ],
)
def test_a_heading_may_name_series_and_season(line, series, season):
    heading = read_heading(line)

    assert heading is not None
    assert (heading.series, heading.season) == (series, season)


@pytest.mark.parametrize(
    "line",
    [
        "Episode 3: “Lens” (⭐⭐⭐) – Ada Quill",
        "Episode 3: “Lens” (reviewed by Ada Quill) (⭐⭐⭐)",
        "Episode 3: “Lens” by Ada Quill (⭐⭐⭐)",
    ],
)
def test_a_heading_may_be_signed(line):
    heading = read_heading(line)

    assert heading is not None
    assert (heading.title, heading.author) == ("Lens", "Ada Quill")
    assert heading.rating is not None


def test_what_follows_the_title_and_isnt_understood_is_said():
    heading = read_heading("Episode 3 Recap/Review: “Lens” (Pretty good!)")

    assert heading is not None
    assert "(Pretty good!)" in heading.doubt


@pytest.mark.parametrize(
    ("text", "title", "native"),
    [
        ("Episode 3 Recap/Reveiw: “Rust” (⭐⭐)", "Rust", None),
        ("Episode 3 Recap/Review: “Rust“ (⭐⭐)", "Rust", None),
        ("Episode 3 Recap/Review: “Rust” / “錆” (⭐⭐)", "Rust", "錆"),
        ("Episode 3 Recap/Review: “錆” / “Rust” (⭐⭐)", "Rust", "錆"),
        ("OVA Review: “Rust” (⭐⭐)", "Rust", None),
        ("Episode 3 Revue: “Rust” (⭐⭐)", "Rust", None),
        ("Episode 3 Recap/Review: (⭐⭐) “Rust”", "Rust", None),
        ("Episode 3 Recap/Review: “Rust” (ラスト) (⭐⭐)", "Rust", "ラスト"),
        ("Episode 3 Recap/Review (“Rust”): ⭐⭐", "Rust", None),
        ("Episode 3 Recap/Review: *Rust* (⭐⭐)", "Rust", None),
    ],
)
def test_slips_of_the_pen_and_native_titles_leave_the_title_whole(text, title, native):
    heading = read_heading(text)

    assert (heading.title, heading.title_native, heading.rating.stars) == (title, native, 2)


def test_a_word_that_nobody_knows_before_the_title_is_said():
    assert "Revue" in read_heading("Episode 3 Revue: “Rust” (⭐⭐)").doubt


def test_a_count_of_episodes_is_no_heading():
    assert read_heading("Episodes: 12") is None
    assert read_heading("Episodes 1-2").episodes == "1-2"


@pytest.mark.parametrize(
    "line", ["Season Recap/Review (⭐⭐)", "Movie Review: (⭐⭐)", "Full Season Review: ⭐⭐"]
)
def test_the_review_of_a_whole_has_a_heading_too(line):
    assert read_whole_heading(line).stars == 2
    assert read_whole_heading("The film review is ⭐⭐") is None
