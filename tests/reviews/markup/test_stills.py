"""Pictures in prose: nothing is kept of one but its key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import markup
from tests.reviews.markup.prose import labelled
from tests.reviews.markup.prose import markup as any_html

STILL = '<figure data-picture="12"></figure>'


def places_in(html):
    """(key, closed there already) of each still that readers get."""
    told = []

    def note(key, closed):
        told.append((key, closed))
        return ""

    markup.fill_in(markup.render(html), note)
    return told


@pytest.mark.parametrize(
    "kept",
    [
        f"<p>a</p>{STILL}<p>b</p>",
        f'<div class="spoiler">{STILL}</div>',
        f'<div class="spoiler"><p>a</p>{STILL}</div>',
        f"<ul><li><p>a</p>{STILL}</li></ul><blockquote>{STILL}</blockquote>",
    ],
)
def test_a_still_is_kept_where_it_stands(kept):
    assert markup.sanitise(kept) == kept


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        (f"<p>a{STILL}b</p>", f"<p>a</p>{STILL}<p>b</p>"),
        (f"<h2>a{STILL}b</h2>", f"<h2>a</h2>{STILL}<p>b</p>"),
        ('<figure data-picture="12"><img src="x"><figcaption>c</figcaption></figure>', f"{STILL}<p>c</p>"),
        ('<figure data-picture="12" onload="x" class="y"></figure>', STILL),
        (f'<span class="spoiler">a{STILL}</span>',
         f'<p><span class="spoiler">a</span></p><div class="spoiler">{STILL}</div>'),
        (f"<ul>{STILL}</ul>", f"<ul><li>{STILL}</li></ul>"),
    ],
)  # fmt: skip
def test_a_still_stands_between_blocks_and_stays_in_its_spoiler(given_html, kept):
    assert markup.sanitise(given_html) == kept
    assert markup.sanitise(kept) == kept


@pytest.mark.parametrize(
    "key",
    [
        "",
        "0",
        "012",
        "-1",
        "1.5",
        "1e3",
        "x",
        "１２",
        "12 ",
        " 12",
        "9" * 19,
        '12\\"',
        "12&quot; x=&quot;",
        "12&#0;",
    ],
)
def test_what_is_no_key_leaves_nothing(key):
    assert markup.sanitise(f'<p>a</p><figure data-picture="{key}"></figure>') == "<p>a</p>"


def test_text_that_looks_like_a_still_is_none():
    html = markup.sanitise('<p>&lt;figure data-picture="12"&gt;&lt;/figure&gt;</p>')

    assert markup.pictures_in(html) == markup.pictures_in(markup.render(html)) == []


def test_readers_get_a_place_for_it_that_says_whether_it_is_closed_there():
    html = f'{STILL}<div class="spoiler"><figure data-picture="13"></figure></div>'

    assert places_in(html) == [(12, False), (13, True)]


def test_away_from_its_page_nothing_is_left_of_a_still():
    assert markup.without_spoilers(f"<p>a</p>{STILL}") == "<p>a</p>"
    assert markup.plain(f"<p>a</p>{STILL}") == "a"
    assert markup.without_stills(markup.render(f"<p>a</p>{STILL}")) == "<p>a</p>"


@given(any_html(st.sampled_from([STILL, "a ", "b"])))
def test_stills_survive_any_nesting_once_and_for_all(html):
    once = markup.sanitise(html)

    assert markup.sanitise(once) == once
    assert markup.pictures_in(once) == markup.pictures_in(markup.render(once)) == [12] * html.count(STILL)


@given(labelled())
def test_a_still_in_a_spoiler_is_never_outside_of_it(html):
    open_ones, hidden = '<figure data-picture="1"></figure>', '<figure data-picture="2"></figure>'
    html = html.replace(" OUT ", open_ones).replace(" IN ", hidden)

    told = places_in(html)

    assert set(told) <= {(1, False), (2, True)}
    assert len(told) == html.count("<figure")
    assert 'data-picture="2"' not in markup.without_spoilers(html)


@given(st.text())
def test_any_value_of_a_key_is_a_number_or_nothing(value):
    kept = markup.sanitise(f'<figure data-picture="{value}"></figure>')

    assert "figure" not in kept or markup.pictures_in(kept)
