import pytest
from hypothesis import given

from reviews.markup import sanitise
from tests.reviews.markup.prose import markup


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "<p>A <strong>bold</strong>, <em>fair</em> and <s>wrong</s> <code>word</code>.</p>",
        "<h2>Two</h2><h3>Three</h3><h4>Four</h4><hr><p>One<br>two</p>",
        '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul><ol start="3"><li><p>c</p></li></ol>',
        "<blockquote><p>Quoted</p></blockquote>",
        '<p><span lang="ja">メタリックルージュ</span> <ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>',
        '<p>He <span class="spoiler">lives</span>.</p><div class="spoiler"><p>She does not.</p></div>',
        '<p><a href="https://a.example/?b=1&amp;c=2" rel="noopener">out</a> <a href="/series/x/">in</a></p>',
        '<p><a href="mailto:desk@example.com" rel="noopener">write</a></p>',
        "<p>1 &lt; 2 &amp; 3</p>",
    ],
)
def test_what_prose_may_hold_is_kept_as_it_is(kept):
    assert sanitise(kept) == kept


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        ("<b>a</b> <i>b</i>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<h1>a</h1><h6>b</h6>", "<h2>a</h2><h4>b</h4>"),
        ("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"),
        ("<p><button><p>a</button>b", "<p>a</p><p>b</p>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p><p>b</p>"),
        ("<dl><dt>a<dd>b</dl>", "<p>a</p><p>b</p>"),
        ("<ul>a<p>b</p></ul><li>c", "<ul><li><p>a</p></li><li><p>b</p></li></ul><ul><li><p>c</p></li></ul>"),
        ("<p>  a \n b  </p>\n\n<p> </p><p><br></p><p>\u00a0</p>", "<p>a b</p>"),
        ("<ul></ul><blockquote><p></p></blockquote><h2> </h2>", ""),
        ('<p style="color:red" onclick="x()" class="y" id="z">a</p>', "<p>a</p>"),
        ("<p>a<img src=x onerror=x>b<figure>c</figure></p>", "<p>ab</p><p>c</p>"),
        ("<p>a<script>b</script><style>c</style>d</p>", "<p>ad</p>"),
        ('<p lang="ja">赤</p>', '<p><span lang="ja">赤</span></p>'),
        ('<span lang="x&quot;y">a</span>', "<p>a</p>"),
        ("<p>a<rt>b</rt></p>", "<p>ab</p>"),
        ("a\0b\x07c\x9fd&#1;e\ufffef", "<p>abcdef</p>"),
        ("\ud800a", "<p>a</p>"),
        ('<ol start="-3"><li>a</ol>', "<ol><li><p>a</p></li></ol>"),
    ],
)
def test_what_it_may_not_hold_leaves_its_text_behind(given_html, kept):
    assert sanitise(given_html) == kept


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        (
            '<span class="spoiler">a <span class="spoiler">b</span></span>',
            '<p><span class="spoiler">a b</span></p>',
        ),
        (
            '<div class="spoiler">a<div class="spoiler"><p>b</p></div><span class="spoiler">c</span></div>',
            '<div class="spoiler"><p>a</p><p>b</p><p>c</p></div>',
        ),
        ('<p>a<span class="spoiler"> </span>b<span class="spoiler"></span></p>', "<p>a b</p>"),
        ('<div class="spoiler"><p></p><hr></div><p>a</p>', "<p>a</p>"),
        (
            '<a href="/x">a<span class="spoiler x">b</span></a>',
            '<p><a href="/x">a</a><span class="spoiler"><a href="/x">b</a></span></p>',
        ),
        (
            '<span class="spoiler"><p>a</p><p>b</p></span>',
            '<p><span class="spoiler">a</span></p><p><span class="spoiler">b</span></p>',
        ),
        ('<p>a<span class="spoiler"> b </span>c</p>', '<p>a <span class="spoiler">b</span> c</p>'),
        (
            '<p><span class="spoiler">a</span><span class="spoiler">b</span></p>',
            '<p><span class="spoiler">ab</span></p>',
        ),
    ],
)
def test_spoilers_are_flat_never_empty_and_outside_of_links(given_html, kept):
    assert sanitise(given_html) == kept


@pytest.mark.parametrize(
    "address",
    [
        *(
            "//evil.example",
            "/\\evil.example",
            "https:evil",
            "http://",
            "ftp://a.example",
            "data:text/html,x",
        ),
        *(
            "javascript:x",
            " javascript:x",
            "java\nscript:x",
            "JAVA&#9;SCRIPT:x",
            "&#1;javascript:x",
            "x/y.html",
        ),
        *("https://a.example\\@b.example", "vbscript:x", "mailto:", "http://[x", ""),
    ],
)
def test_a_link_that_leads_elsewhere_than_the_web_keeps_its_text_only(address):
    assert sanitise(f'<p><a href="{address}">a</a></p>') == "<p>a</p>"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.com", "https://example.com"),
        ("www.example.co.jp/a b?c#d", "https://www.example.co.jp/a%20b?c#d"),
        ("desk@example.com", "mailto:desk@example.com"),
    ],
)
def test_an_address_typed_without_its_scheme_still_leads_there(typed, address):
    assert sanitise(f'<a href="{typed}">a</a>') == f'<p><a href="{address}" rel="noopener">a</a></p>'


@pytest.mark.parametrize(
    "redirect",
    [
        "https://www.google.com/url?q=https://example.com/%3Fa%3D1&amp;sa=D&amp;source=editors",
        "https://google.co.uk/url?sa=t&amp;url=https%3A%2F%2Fexample.com%2F%3Fa%3D1",
    ],
)
def test_a_link_through_googles_redirect_leads_to_where_it_goes(redirect):
    kept = sanitise(f'<a href="{redirect}">a</a>')

    assert kept == '<p><a href="https://example.com/?a=1" rel="noopener">a</a></p>'


def test_a_redirect_to_something_unsafe_is_no_way_round():
    redirect = "https://www.google.com/url?q=javascript:x"

    assert "javascript" not in sanitise(f'<a href="{redirect}">a</a>').replace(redirect, "")


def test_google_docs_bold_wrapper_makes_nothing_bold():
    pasted = (
        '<b style="font-weight:normal;" id="docs-internal-guid-1"><p><span style="font-weight: 700">a</span>'
        '<span style="font-style:italic;font-weight:400">b</span></p></b>'
    )

    assert sanitise(pasted) == "<p><strong>a</strong><em>b</em></p>"


def test_nesting_deeper_than_any_article_is_cut_flat():
    kept = sanitise("<blockquote>" * 500 + "a")

    assert kept.count("<blockquote>") == 8
    assert "<p>a</p>" in kept


@given(markup())
def test_sanitising_twice_changes_nothing(html):
    once = sanitise(html)

    assert sanitise(once) == once
