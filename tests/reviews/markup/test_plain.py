import pytest

from reviews.markup import paragraphs, plain, without_spoilers, word_count


def test_plain_text_parts_paragraphs_with_an_empty_line():
    html = "<h2>Title</h2><p>One<br>two &amp; three</p><ul><li>a</li><li>b</li></ul><hr><p>End</p>"

    assert plain(html) == "Title\n\nOne\ntwo & three\n\na\n\nb\n\nEnd"


def test_plain_text_holds_spoilers_unless_they_were_left_out():
    html = '<p>She <span class="spoiler">dies</span>.</p>'

    assert plain(html) == "She dies."
    assert plain(without_spoilers(html)) == "She [spoiler]."


def test_a_reading_aid_stands_in_brackets_once():
    assert plain("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字") == "漢(かん)字"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", 0),
        ("<p>Don’t stop, half-way – at 2.5 stars!</p>", 6),
        ("<p>one<br>two</p><p>three</p>", 3),
        ('<p><span class="spoiler">four</span> five</p>', 2),
    ],
)
def test_words_are_counted_as_people_count_them(html, words):
    assert word_count(html) == words


def test_plain_text_becomes_paragraphs_without_becoming_markup():
    assert paragraphs("1 < 2 & <b>\r\nnext line\r\n \r\n\n  New  paragraph ") == (
        "<p>1 &lt; 2 &amp; &lt;b&gt;<br>next line</p><p>New paragraph</p>"
    )


def test_paragraphs_come_back_as_the_same_text():
    text = "One & two\nthree\n\nFour <five>"

    assert plain(paragraphs(text)) == text
