from reviews.markup import plain, without_spoilers


def test_plain_text_parts_paragraphs_with_an_empty_line():
    html = "<h2>Title</h2><p>One<br>two &amp; three</p><ul><li>a</li><li>b</li></ul><hr><p>End</p>"

    assert plain(html) == "Title\n\nOne\ntwo & three\n\na\n\nb\n\nEnd"


def test_plain_text_holds_spoilers_unless_they_were_left_out():
    html = '<p>She <span class="spoiler">dies</span>.</p>'

    assert plain(html) == "She dies."
    assert plain(without_spoilers(html)) == "She [spoiler]."


def test_a_reading_aid_stands_in_brackets_once():
    assert plain("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字") == "漢(かん)字"
