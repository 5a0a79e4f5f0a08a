"""Rich text from a document, as lines and as prose."""

from reviews.importing.richtext import lines_from_html, prose_by_text


def test_paragraphs_headings_items_and_broken_lines_are_lines_of_their_own():
    html = (
        "<h1>Tin Orchard</h1><p>One<br>two</p><ul><li>three</li><li><p>four</p></li></ul>"
        "<table><tr><td>five</td><td>six</td></tr></table><div>seven<div>eight</div></div>"
    )

    assert lines_from_html(html).split("\n\n") == [
        "Tin Orchard", "One", "two", "three", "four", "five", "six", "seven", "eight",
    ]  # fmt: skip


def test_googles_wrapper_isnt_bold_and_its_spans_are():
    html = '<b style="font-weight:normal;"><p>plain <span style="font-weight:700">bold</span></p></b>'

    assert prose_by_text(html) == {"plain bold": "<p>plain <strong>bold</strong></p>"}


def test_marks_go_on_over_a_broken_line():
    assert prose_by_text("<p><i>one<br>two</i></p>") == {
        "one": "<p><em>one</em></p>",
        "two": "<p><em>two</em></p>",
    }


def test_what_is_plain_is_left_to_the_plain_text():
    assert prose_by_text("<p>Only words.</p>") == {}


def test_scripts_styles_and_their_words_stay_out():
    html = "<head><title>x</title></head><style>p{}</style><script>alert(1)</script><p>Text</p><img src=x>"

    assert lines_from_html(html) == "Text"


def test_a_no_break_space_is_the_writers_and_a_line_end_in_the_source_isnt():
    assert lines_from_html("<p>one&nbsp;two\n three</p>") == "one\u00a0two three"


def test_crooked_nesting_is_put_right():
    html = "<p><b>a<i>b</b>c</i></p></div></b><p>d"

    assert lines_from_html(html) == "abc\n\nd"
    assert prose_by_text(html)["abc"] == "<p><strong>a<em>b</em></strong><em>c</em></p>"


def test_marks_that_are_never_closed_take_no_more_time_than_their_text():
    assert lines_from_html("<b>" * 5_000 + "x<br>" * 5_000).split("\n\n") == ["x"] * 5_000


def test_a_spoiler_copied_from_an_editor_stays_one():
    assert prose_by_text('<p>Then <span class="spoiler">she wakes</span></p>') == {
        "Then she wakes": '<p>Then <span class="spoiler">she wakes</span></p>'
    }
