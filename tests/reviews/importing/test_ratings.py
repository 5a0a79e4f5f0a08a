"""Ratings as printed, and the stars that follow from them."""

from decimal import Decimal

import pytest

from reviews.importing.ratings import labelled_rating, read_rating, split_trailing


@pytest.mark.parametrize(
    ("printed", "value", "scale", "stars"),
    [
        ("(⭐️⭐️⭐️⭐️)", "4", 5, "4.0"),
        ("(⭐⭐1/2)", "2.5", 5, "2.5"),
        ("⭐⭐½", "2.5", 5, "2.5"),
        ("⭐ ⭐ ⭐ 1/2", "3.5", 5, "3.5"),
        ("★★★½☆", "3.5", 5, "3.5"),
        ("★★★★☆", "4", 5, "4.0"),
        ("★★★★★★★★☆☆", "8", 10, "4.0"),
        ("⭐⭐⭐ out of 5", "3", 5, "3.0"),
        ("⭐⭐⭐⭐ (4/5)", "4", 5, "4.0"),
        ("4/5 ⭐", "4", 5, "4.0"),
        ("3.5/5", "3.5", 5, "3.5"),
        ("3,5/5", "3.5", 5, "3.5"),
        ("3 1/2 out of 5", "3.5", 5, "3.5"),
        ("4-1/2 stars", "4.5", 5, "4.5"),
        ("(Rating: 4/5)", "4", 5, "4.0"),
        ("four out of five stars", "4", 5, "4.0"),
        ("three and a half stars", "3.5", 5, "3.5"),
        ("8/10", "8", 10, "4.0"),
        ("7/10", "7", 10, "3.5"),
        ("80%", "80", 100, "4.0"),
        ("½", "0.5", 5, "0.5"),
    ],
)
def test_stars_follow_where_they_fall_on_a_half_step(printed, value, scale, stars):
    rating = read_rating(printed)

    assert rating is not None
    assert (rating.value, rating.scale, rating.stars) == (Decimal(value), scale, Decimal(stars))
    assert rating.doubt == ""


@pytest.mark.parametrize(
    ("printed", "scale"),
    [
        ("7.5/10", 10),
        ("3.25/5", 5),
        ("0/5", 5),
        ("6/5", 5),
        ("⭐⭐⭐⭐⭐⭐", 5),
        ("☆☆☆", 5),
        ("1/2", 5),
        ("⭐⭐⭐ 4/5", 5),
        ("(B+)", "letter"),
        ("(A-)", "letter"),
        ("(Recommended)", "word"),
        ("(Very Good)", "word"),
        ("(Score: B)", "letter"),
    ],
)
def test_a_rating_that_has_no_exact_place_is_kept_and_never_guessed(printed, scale):
    rating = read_rating(printed)

    assert rating is not None
    assert rating.scale == scale
    assert rating.stars is None
    assert rating.doubt


@pytest.mark.parametrize(
    "prose", ["", "four", "A", "4", "the 3/5 problem", "12/31", "It shines.", "stars", "(Part 2)"]
)
def test_what_is_no_rating_is_none(prose):
    assert read_rating(prose) is None


def test_what_is_printed_is_kept_to_the_selector():
    rating = read_rating(" ( ⭐️⭐️½ ) ")

    assert rating is not None
    assert rating.raw == "⭐️⭐️½"


def test_a_label_lets_words_and_letters_count():
    assert labelled_rating("Rating: B")[0].scale == "letter"
    assert labelled_rating("Final Score: 4/5")[0].stars == Decimal("4.0")
    assert labelled_rating("Rating: 4")[0].stars is None
    assert labelled_rating("Rating: N/A") == (None, "N/A")
    assert labelled_rating("Rating: TV-14") == (None, "TV-14")
    assert labelled_rating("Studio: Bones") is None


def test_a_heading_is_split_from_its_rating():
    assert split_trailing("“Lens” – 4/5")[0] == "“Lens” –"
    assert split_trailing("“Lens” (⭐⭐)")[1].stars == Decimal("2.0")
    assert split_trailing("The Fall (Part 2)") == ("The Fall (Part 2)", None)
    assert split_trailing("“Lens” (⭐⭐💫)")[1].stars is None


@pytest.mark.parametrize("text", ["Tin☆Orchard", "Tin★Orchard", "Manga by Rin☆Abe", "☆ is drawn on the gate"])
def test_a_star_in_a_name_is_no_rating(text):
    assert read_rating(text) is None
    assert split_trailing(text) == (text, None)
