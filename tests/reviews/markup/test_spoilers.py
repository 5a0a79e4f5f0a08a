import lxml.html
from hypothesis import given

from reviews.markup import plain, render, sanitise, without_spoilers
from tests.reviews.markup.prose import labelled, markup


def test_a_marked_spoiler_is_a_closed_disclosure_with_real_text():
    html = render('<p>Rouge <span class="spoiler">wins <b>twice</b></span>, they say.</p>')

    assert html == (
        '<div class="paragraph">Rouge <details class="spoiler spoiler-inline"><summary>Spoiler</summary> '
        '<span class="spoiler-text">wins <strong>twice</strong></span></details>, they say.</div>'
    )


def test_a_spoiler_block_is_a_closed_disclosure_around_its_paragraphs():
    html = render('<div class="spoiler"><p>a</p><ul><li>b</li></ul></div>')

    assert html == (
        '<details class="spoiler spoiler-block"><summary>Spoiler: show what is hidden here</summary>'
        '<div class="spoiler-text"><p>a</p><ul><li><p>b</p></li></ul></div></details>'
    )


def test_a_heading_with_a_spoiler_is_still_a_heading():
    html = render('<h3>Why <span class="spoiler">she</span> did it</h3>')

    assert html.startswith('<div class="heading" role="heading" aria-level="3">Why <details')


def test_paragraphs_without_spoilers_stay_paragraphs():
    assert render("<h2>a</h2><p>b</p><blockquote><p>c</p></blockquote>") == (
        "<h2>a</h2><p>b</p><blockquote><p>c</p></blockquote>"
    )


def test_spoilers_leave_a_mark_where_they_are_left_out():
    html = '<p>a <span class="spoiler">b <a href="/c">c</a></span></p><div class="spoiler">d</div>'

    mark = '<span class="withheld">[spoiler]</span>'
    assert without_spoilers(html) == f"<p>a {mark}</p><p>{mark}</p>"


def phrasing_only(tag):
    return tag in {"p", "h1", "h2", "h3", "h4", "summary", "span", "a", "strong", "em"}


@given(markup())
def test_no_disclosure_stands_where_html_has_no_place_for_it(html):
    for disclosure in lxml.html.fromstring(f"<main>{render(html)}</main>").iter("details"):
        assert not [parent.tag for parent in disclosure.iterancestors() if phrasing_only(parent.tag)]
        assert not [parent for parent in disclosure.iterancestors() if parent.tag == "details"]
        assert "open" not in disclosure.attrib
        assert disclosure[0].tag == "summary"
        assert "spoiler" in disclosure[0].text_content().lower()
        assert disclosure[1].text_content().strip()


@given(labelled())
def test_a_spoilers_text_is_never_in_what_leaves_the_page_and_the_rest_always(html):
    withheld = plain(without_spoilers(html)).split()

    assert "IN" not in withheld
    assert withheld.count("OUT") == html.count("OUT")


@given(labelled())
def test_readers_get_every_word_and_each_spoiler_inside_a_disclosure(html):
    page = lxml.html.fromstring(f"<main>{render(html)}</main>")
    hidden = "".join(node.text_content() for node in page.find_class("spoiler-text"))

    assert page.text_content().count("OUT") == html.count("OUT")
    assert "OUT" not in hidden
    assert hidden.count("IN") == html.count("IN")


@given(markup())
def test_leaving_spoilers_out_leaves_nothing_that_a_reader_opens(html):
    stored = sanitise(html)

    assert 'spoiler"' not in sanitise(without_spoilers(stored))
    assert "<details" not in without_spoilers(stored)
