"""Text outside spoilers may find a piece without being shown; text inside one finds nothing."""

import pytest

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Correction
from reviews.verbs import Act
from tests.factories import (
    NOW,
    make_episode,
    make_live_review,
    make_part,
    make_review,
    make_reviewer,
    make_user,
)
from tests.factories import approve as approve_piece
from tests.site.search.asking import headlines, page

pytestmark = pytest.mark.django_db

OPEN = "<p>Before Openbefore.</p><p>Some <strong>Open</strong>joined <em>Openmarked</em> words.</p>"
CLOSED = (
    '<p>Look: <span class="spoiler">Closedinline <em>Closedmarked</em></span> there.</p>'
    '<div class="spoiler"><p>Closedblock</p><ul><li><p>Closeditem</p></li></ul></div>'
    '<h2>Heading <span class="spoiler">Closedheading</span></h2>'
    '<blockquote><p><a href="https://example.org/closedlink">x</a></p></blockquote>'
)
FIELDS = ("introduction", "conclusion", "verdict")


def prose(field):
    return OPEN.replace("Open", f"Open{field}") + CLOSED.replace("Closed", f"Closed{field}")


def make_piece():
    critic = make_reviewer()
    review = make_review(
        reviewer=critic,
        headline="The piece",
        **{field: prose(field) for field in FIELDS},
    )
    episode = make_episode(review.series)
    make_part(review, episode, critic, body=f"{OPEN}{CLOSED}", verdict="<p>Openverdictofpart</p>" + CLOSED)
    review.keep(by=None, at=NOW)
    return approve_piece(review, NOW)


@pytest.fixture(scope="module")
def piece_once(stand):
    with stand(make_piece) as world:
        yield world


@pytest.fixture
def piece(piece_once):
    return piece_once.for_one_test()


@pytest.mark.parametrize("field", ["", *FIELDS])
@pytest.mark.parametrize("token", ["before", "joined", "marked"])
def test_what_is_open_finds_the_piece_without_being_shown(piece, field, token):
    assert headlines(f"Open{field}{token}") == ["The piece"]

    shown = page(f"Open{field}{token}").text_content()

    assert shown.count(f"Open{field}{token}") == 1  # the title alone says what was asked for


@pytest.mark.parametrize("field", ["", *FIELDS])
@pytest.mark.parametrize("token", ["inline", "marked", "block", "item", "heading", "link"])
def test_what_is_closed_finds_nothing(piece, field, token):
    assert headlines(f"Closed{field}{token}") == []


def test_the_mark_in_a_spoiler_s_place_is_no_word_of_the_piece(piece):
    assert headlines("spoiler") == []


def test_a_correction_s_note_finds_nothing(piece):
    piece.headline = "The piece, corrected"
    piece.save()
    piece.keep(by=None, at=NOW)
    verbs.correct(piece, Act(make_user(Role.CHIEF), NOW, note="Canarynote."), Correction.Kind.FACT)

    assert headlines("piece corrected") == ["The piece, corrected"]
    assert headlines("Canarynote") == []


def test_an_unapproved_edition_finds_nothing(piece):
    piece.introduction = "<p>Canarydraft</p>"
    piece.save()
    piece.keep(by=None, at=NOW)
    make_live_review(headline="Another")

    assert headlines("Canarydraft") == []
    assert headlines("Another") == ["Another"]
