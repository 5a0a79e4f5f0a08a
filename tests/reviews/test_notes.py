"""Notes on a piece: where they belong through edits, who may, and what is written down."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Edition, EditionPart, Note, Review
from reviews.noting.keeping import reopen_note, resolve_note, write_note
from reviews.noting.places import placed, texts_of
from reviews.verbs import Act, VerbRefused
from tests.factories import NOW, make_episode, make_review, make_reviewer, make_series, make_user

pytestmark = pytest.mark.django_db

THREE = "<p>The ferry leaves.</p><p>The tide turns.</p><ul><li><p>A third thing.</p></li></ul>"


def rewritten(review, introduction):
    Review.objects.filter(pk=review.pk).update(introduction=introduction)
    return Review.objects.get(pk=review.pk)


def where(note, review):
    [found] = placed([note], texts_of(Review.objects.get(pk=review.pk)))
    return found.place and (found.place.number, found.place.has_changed)


@pytest.fixture
def on_the_tide(editor):
    """A note on the second paragraph of three."""
    review = make_review(introduction=THREE)
    return write_note(review, "Which tide?", by=editor, at=NOW, place="introduction:2"), review


@pytest.mark.parametrize(
    ("introduction", "stands"),
    [
        (THREE, (2, False)),
        ("<p>New.</p><p>Newer.</p>" + THREE, (4, False)),
        ("<p>The <strong>tide</strong>  turns.</p>", (1, False)),
        ("<p>The ferry leaves.</p><p>The moon turns.</p>", (2, True)),
        ("<p>The tide turns, and more.</p>", (2, True)),
        ("", (2, True)),
        ("<p>The tide turns.</p>" * 5, (2, False)),
    ],
    ids=["as it was", "moved down", "set otherwise", "rewritten", "gone on", "gone", "said five times"],
)
def test_a_note_stays_with_its_paragraph_or_says_that_it_has_changed(on_the_tide, introduction, stands):
    note, review = on_the_tide

    rewritten(review, introduction)

    assert where(note, review) == stands


def test_a_long_paragraph_may_change_behind_its_beginning(editor):
    review = make_review(introduction=f"<p>{'word ' * 40}end.</p>")
    note = write_note(review, "Too long.", by=editor, at=NOW, place="introduction:1")

    rewritten(review, f"<p>Before.</p><p>{'word ' * 40}and another end.</p>")

    assert where(note, review) == (2, False)


def test_a_note_on_a_part_stays_with_it_and_says_when_the_part_is_gone(editor):
    show = make_series()
    review = make_review(show, episodes=[make_episode(show, "1"), make_episode(show, "2")])
    second = review.parts.last()
    note = write_note(review, "Why good?", by=editor, at=NOW, place=f"{second.anchor}-verdict:1")

    [found] = placed([note], texts_of(review))
    assert found.place.words == f"{second}: verdict, paragraph 1"

    second.delete()
    [found] = placed([note], texts_of(review))
    assert found.place.has_changed
    assert "gone" in found.place.words


def test_a_note_on_the_whole_belongs_nowhere_in_particular(editor):
    review = make_review()

    note = write_note(review, "  Rather long.  ", by=editor, at=NOW)

    assert note.words == "Rather long."
    assert where(note, review) is None


@pytest.mark.parametrize("place", ["introduction:9", "introduction:0", "introduction", "headline:1", "x:²"])
def test_a_note_on_a_paragraph_that_is_not_there_is_refused(editor, place):
    with pytest.raises(ValidationError, match="isn't there any more"):
        write_note(make_review(), "What?", by=editor, at=NOW, place=place)


@pytest.mark.parametrize("words", ["", "  \n", "a\0b", "x" * 2001], ids=["none", "blank", "nul", "long"])
def test_a_note_without_words_or_with_odd_ones_is_refused(editor, words):
    with pytest.raises(ValidationError):
        write_note(make_review(), words, by=editor, at=NOW)


def test_what_became_of_a_note_is_written_down(on_the_tide, editor):
    note, review = on_the_tide
    writer = make_user(Role.EDITOR)

    assert resolve_note(note, by=writer, at=NOW + timedelta(hours=1))
    assert not resolve_note(note, by=editor, at=NOW + timedelta(hours=2))
    note.refresh_from_db()
    assert (note.resolved_by, note.resolved_at) == (writer, NOW + timedelta(hours=1))
    assert reopen_note(note, by=editor, at=NOW + timedelta(hours=3))

    told = [(entry.verb, entry.note, entry.actor) for entry in AuditEntry.objects.about(review)]
    assert told == [
        ("reopen_note", "Which tide?", editor),
        ("resolve_note", "Which tide?", writer),
        ("note", "Which tide?", editor),
    ]


def test_a_note_changes_neither_the_piece_nor_its_editions(on_the_tide):
    _note, review = on_the_tide

    after = Review.objects.get(pk=review.pk)
    after.keep(by=None, at=NOW)

    assert (after.updated_at, Edition.objects.count()) == (review.updated_at, 1)
    frozen = str(list(Edition.objects.values())) + str(list(EditionPart.objects.values()))
    assert "Which tide?" not in frozen


def test_writers_note_on_their_own_pieces_and_editors_on_all(editor):
    writer, other = make_user(Role.WRITER), make_review()
    own = make_review(reviewer=make_reviewer(user=writer))
    note = write_note(other, "Mind this.", by=editor, at=NOW)

    mine = write_note(own, "I am not sure.", by=writer, at=NOW)
    assert resolve_note(mine, by=writer, at=NOW)
    for user in (writer, make_user(None)):
        for forbidden in (
            lambda user=user: write_note(other, "Hello", by=user, at=NOW),
            lambda user=user: resolve_note(note, by=user, at=NOW),
            lambda user=user: reopen_note(note, by=user, at=NOW),
        ):
            with pytest.raises(PermissionDenied):
                forbidden()

    assert Note.objects.open_on(other).get() == note


def test_open_notes_are_reason_enough_to_return_a_piece(on_the_tide, editor):
    note, review = on_the_tide
    verbs.submit(review, Act(editor, NOW))

    verbs.return_with_note(review, Act(editor, NOW))
    assert AuditEntry.objects.get(verb="return_with_note").detail["notes"] == 1

    resolve_note(note, by=editor, at=NOW)
    verbs.submit(review, Act(editor, NOW))
    with pytest.raises(VerbRefused, match="Say what is to be done"):
        verbs.return_with_note(review, Act(editor, NOW))
