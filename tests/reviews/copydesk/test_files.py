"""Articles in files with HTML or Markdown: what is read of them, and where it stands."""

import pytest

from reviews.copydesk.article import manuscript_of
from reviews.copydesk.checking import check
from reviews.copydesk.findings import Kind
from reviews.copydesk.manuscript import Place
from tests.reviews.copydesk.manuscripts import VOCABULARY

WEB = """<h1>Marble Tide Episode 2 Review</h1>\r
<p><em>Spoilers through episode 2.</em></p>\r
<p><strong>Streaming:</strong> <a href="https://example.org/tide" rel="noopener">Harbour&nbsp;TV</a></p>\r
<h2>Episode 2: &ldquo;The Salt Below&rdquo; (4/5)</h2>\r
<p>It isn&rsquo;t the pier that <i>Marin\r
Okabee</i> fears&mdash;it&#8217;s the tide &amp; whoever
<!-- a remark --> wades in it.</p>\r
<p><img src="/tide.png" alt="Marin Okabee on a pier" width="800"></p>\r
<p><strong>Verdict:</strong> Good.</p>\r
"""


def found(text):
    findings = check(manuscript_of(text), VOCABULARY)
    return [(*each.place, each.kind.value, each.found) for each in findings]


def test_tags_and_entities_of_html_are_no_words_and_move_no_column():
    lines = WEB.replace("\r\n", "\n").split("\n")

    assert found(WEB) == [
        (6, 1, "name", "Okabee"),
        (8, lines[7].index("Okabee") + 1, "name", "Okabee"),
    ]


def test_headings_and_verdicts_in_html_are_parts():
    (part,) = manuscript_of(WEB).parts

    assert (part.title, part.is_rated, part.has_verdict) == ("The Salt Below", True, True)


def test_html_on_one_line_has_the_paragraphs_that_its_tags_make():
    line = "<p>Marble Tide</p><p>Spoilers.</p><p>A low pier.<br>Marin Okabee!</p>"

    assert found(line) == [(1, line.index("Okabee") + 1, "name", "Okabee")]
    assert len(manuscript_of(line).passages) == 4


@pytest.mark.parametrize(
    "text",
    ["2 < 3 and 4 > 3, they say", "I <3 the tide", "AT&T pays R&D", "<sighs> she said", "a <b, c> d"],
)
def test_signs_that_are_no_tags_are_text(text):
    assert [each.text for each in manuscript_of(text).passages] == [text]


def test_scripts_and_styles_are_nobody_s_words():
    text = "<style>.pierr { colour: blu }</style><p>Low tide.</p><script>let pierr = '<p>'</script>"

    assert [each.text for each in manuscript_of(text).passages] == ["Low tide."]


@pytest.mark.parametrize("picture", ["![{}](/media/pierr-1.jpg)", '<img src="/media/pierr-1.jpg" alt="{}">'])
def test_a_picture_is_read_for_its_alternative_only(picture):
    text = f"Marble Tide\n\nSpoilers.\n\nLow water.\n\n{picture.format('Marin Okabe on a piar')}\n"

    manuscript = manuscript_of(text)

    assert [each.text for each in manuscript.passages if each.place is Place.ALT] == ["Marin Okabe on a piar"]
    assert found(text) == [(7, text.split("\n")[6].index("piar") + 1, "spelling", "piar")]


@pytest.mark.parametrize("picture", ["![](/a.jpg)", '<img src="/a.jpg">', '<img src="/a.jpg" alt="">'])
def test_a_picture_without_an_alternative_is_found(picture):
    text = f"Marble Tide\n\nSpoilers.\n\nLow water.\n\n{picture}\n"

    assert [(line, kind, what) for line, _column, kind, what in found(text)] == [
        (7, "missing", "text alternative")
    ]


def test_the_targets_of_markdown_links_are_no_words():
    text = "Spoilers. Read [the last](https://example.org/wordz) and [more](../morre/thingz) in pierr.webp."

    assert found(text) == []


def test_a_link_of_html_to_nothing_on_this_site_is_found_where_its_text_stands():
    text = '<p>Spoilers. Read <a href="/nothing/">the last one</a>.</p>'
    vocabulary = type(VOCABULARY)(leads_somewhere=lambda address: address != "/nothing/")

    links = [each for each in check(manuscript_of(text), vocabulary) if each.kind is Kind.LINK]

    assert [(each.place, each.found) for each in links] == [((1, text.index("the last") + 1), "/nothing/")]
