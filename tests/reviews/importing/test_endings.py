"""How sections and articles end: verdicts, signatures, and an info block that comes last."""

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
