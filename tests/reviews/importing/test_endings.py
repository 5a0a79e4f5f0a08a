"""How sections begin and end: verdicts, signatures, and info blocks in odd places."""

import pytest

from reviews.importing import parse_article

SECTION = """Tin Orchard

Episode 3 Review: “Rust” (⭐⭐⭐)

The tin trees bend.

{more}

Tin Orchard is currently streaming on Crunchyroll."""


def test_a_label_in_the_text_is_no_verdict_where_one_follows():
    article = parse_article(SECTION.format(more="Conclusion: none.\n\nMore rain.\n\nVerdict: Dry."))
    (section,) = article.sections

    assert [each.text for each in section.body][1:] == ["Conclusion: none.", "More rain."]
    assert section.verdict_text == "Dry."


def test_without_another_the_conclusion_is_the_verdict():
    (section,) = parse_article(SECTION.format(more="Conclusion: Dry.")).sections

    assert section.verdict_text == "Dry."


@pytest.mark.parametrize("line", ["Score: 21 to 3 at half-time", "Studio: the word over the door is gone."])
def test_a_colon_in_the_text_makes_neither_rating_nor_info(line):
    article = parse_article(SECTION.format(more=line))
    (section,) = article.sections

    assert line in [each.text for each in section.body]
    assert section.rating.stars == 3
    assert article.info.studios == ()


def test_an_info_block_may_come_last():
    text = SECTION.format(more="Verdict: Dry.") + "\n\nStudio: Lantern Works\nSource: Manga by suu Morishita"
    article = parse_article(text)

    assert article.info.studios == ("Lantern Works",)
    assert article.info.creators == ("suu Morishita",)
    assert [each.text for each in article.outro] == ["Tin Orchard is currently streaming on Crunchyroll."]


def test_a_dated_signature_at_the_end_signs_the_article():
    text = SECTION.format(more="Verdict: Dry.") + "\n\nBy Ada Quill | January 26, 2024"
    article = parse_article(text)

    assert article.byline == ("Ada Quill",)
    assert any("January 26, 2024" in doubt.message for doubt in article.warnings)


def test_in_a_roundup_an_info_block_may_stand_between_the_series_and_the_heading():
    part = "{}\nStudio: {}\nEpisode 1 Review: “Rust” (⭐⭐⭐)\n\nTrees bend.\n\n"
    text = (
        "Two Premieres\n\nHere they are.\n\n"
        + part.format("Tin Orchard", "Lantern")
        + part.format("Glass", "Ox")
    )
    article = parse_article(text)

    assert (article.kind, article.series) == ("roundup", None)
    assert [section.series for section in article.sections] == ["Tin Orchard", "Glass"]
    assert article.info.studios == ("Lantern", "Ox")


def test_the_rating_of_a_whole_may_stand_in_a_heading_of_its_own():
    text = "Tin Orchard\n\nStudio: Lantern\n\nThe season is over.\n\nSeason Recap/Review (⭐⭐1/2)\n\nTrees."
    (section,) = parse_article(text).sections

    assert section.rating.stars == 2.5
    assert [each.text for each in section.body] == ["The season is over.", "Trees."]
