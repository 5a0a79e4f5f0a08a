"""Notes at the desk: beside the form, on their page, in the preview, in the history; never public."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from coverage.newsroom.roles import Role
from coverage.site import surfaces
from reviews import verbs
from reviews.models import Note
from reviews.noting.keeping import resolve_note, write_note
from reviews.previewing.links import make_link
from reviews.verbs import Act
from tests.desk.forms import address_of, fields_of, sentences
from tests.factories import (
    NOW,
    make_episode,
    make_live_review,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)
from tests.site.sweeps import answer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]


def notes_of(review):
    return reverse("admin:reviews_review_notes", args=[review.pk])


def preview_of(review):
    return reverse("admin:reviews_review_preview", args=[review.pk])


@pytest.fixture
def review():
    show = make_series()
    return make_review(show, episodes=[make_episode(show)], introduction="<p>The tide turns.</p>")


def test_a_note_on_a_paragraph_shows_beside_the_form_and_in_the_preview(client, editor, review):
    asked = html.fromstring(client.get(notes_of(review)).content).get_element_by_id("note-place")
    place = next(option.get("value") for option in asked.iter("option") if "The tide" in option.text)

    said = client.post(
        notes_of(review), {"write": "1", "note-place": place, "note-words": "Which tide?"}, follow=True
    )

    assert sentences(said) == ["The note is kept."]
    for address in (notes_of(review), address_of(review), preview_of(review)):
        page = client.get(address).content.decode()
        assert "Which tide?" in page, address
        assert "Introduction, paragraph 1" in page, address
        assert "paragraph changed since" not in page, address


def test_a_long_paragraph_is_quoted_with_an_ellipsis(client, editor, review):
    review.introduction = f"<p>The tide turns, {'and turns ' * 12}again.</p>"
    review.save()
    asked = html.fromstring(client.get(notes_of(review)).content).get_element_by_id("note-place")
    place = next(option.get("value") for option in asked.iter("option") if "The tide" in option.text)

    client.post(notes_of(review), {"write": "1", "note-place": place, "note-words": "Which tide?"})

    [note] = Note.objects.all()
    assert f"<q>{note.quote}…</q>" in client.get(notes_of(review)).content.decode()


def test_a_note_on_what_has_changed_says_so_everywhere(client, editor, review):
    write_note(review, "Which tide?", by=editor, at=NOW, place="introduction:1")
    review.introduction = "<p>Nothing turns.</p>"
    review.save()
    review.keep(by=None, at=NOW)

    for address in (notes_of(review), address_of(review), preview_of(review)):
        assert "paragraph changed since" in client.get(address).content.decode(), address


def test_notes_are_resolved_one_by_one_and_opened_again(client, editor, review):
    first, second = (write_note(review, words, by=editor, at=NOW) for words in ("One.", "Two."))

    resolved = client.post(notes_of(review), {"resolve": first.pk}, follow=True)
    assert sentences(resolved) == ["The note is resolved."]
    assert list(Note.objects.open_on(review)) == [second]
    assert f"resolved by {editor}" in resolved.content.decode()

    client.post(notes_of(review), {"reopen": first.pk})
    assert Note.objects.open_on(review).count() == 2


def test_a_refused_note_says_why_and_keeps_what_was_typed(client, editor, review):
    gone = client.post(
        notes_of(review), {"write": "1", "note-place": "introduction:9", "note-words": "Typed."}
    )
    empty = client.post(notes_of(review), {"write": "1", "note-place": "", "note-words": " "})

    assert "isn&#x27;t there any more" in gone.content.decode()
    assert ">Typed.</textarea>" in gone.content.decode()
    assert "can&#x27;t be left empty" in empty.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "-1", "²", "9" * 40, "1\0"])
@pytest.mark.parametrize("what", ["resolve", "reopen"])
def test_a_note_that_never_was_is_not_found(client, editor, review, what, key):
    assert client.post(notes_of(review), {what: key}).status_code == 404


def test_a_note_is_resolved_from_its_own_piece_only(client, editor, review):
    note = write_note(review, "One.", by=editor, at=NOW)

    assert client.post(notes_of(make_review()), {"resolve": note.pk}).status_code == 404
    assert Note.objects.open_on(review).exists()


@pytest.mark.both_databases
def test_a_writer_sees_the_notes_on_their_own_pieces_only(client, writer, review):
    editor = make_user(Role.EDITOR)
    own = make_review(reviewer=make_reviewer(user=writer))
    for piece in (own, review):
        write_note(piece, "Mind this.", by=editor, at=NOW)

    shown = {
        piece: ["Mind this." in client.get(at(piece)).content.decode() for at in (address_of, preview_of)]
        for piece in (own, review)
    }

    assert shown == {own: [True, True], review: [False, False]}
    assert [client.get(notes_of(piece)).status_code for piece in (own, review)] == [200, 403]
    assert client.post(notes_of(review), {"write": "1", "note-words": "Hello"}).status_code == 403


def test_a_writer_resolves_a_note_on_a_piece_that_is_handed_in(client, writer):
    own = make_review(reviewer=make_reviewer(user=writer))
    note = write_note(own, "Mind this.", by=make_user(Role.EDITOR), at=NOW)
    verbs.submit(own, Act(writer, NOW))

    client.post(notes_of(own), {"resolve": note.pk})

    assert not Note.objects.open_on(own).exists()


def test_a_note_makes_no_open_form_stale(client, editor, review):
    opened = fields_of(client.get(address_of(review)))
    write_note(review, "One.", by=editor, at=NOW)

    response = client.post(address_of(review), opened | {"headline": "Another"})

    assert response.status_code == 302


def test_a_piece_is_returned_with_the_notes_on_it(client, editor, review):
    verbs.submit(review, Act(editor, NOW))
    for words in ("One.", "Two.", "Three."):
        write_note(review, words, by=editor, at=NOW)
    verb = reverse("admin:reviews_review_verb", args=[review.pk, "return_with_note"])
    asked = client.get(verb)
    assert "3 open notes go with it." in asked.content.decode()

    client.post(verb, fields_of(asked))

    review.refresh_from_db()
    assert review.status == "draft"
    history = client.get(reverse("admin:reviews_review_history", args=[review.pk])).content.decode()
    assert "returned it with 3 notes" in history
    assert "wrote a note" in history
    assert "with 3 notes" in client.get(address_of(review)).content.decode()


def test_without_open_notes_a_piece_is_not_returned_without_a_word(client, editor, review):
    verbs.submit(review, Act(editor, NOW))
    resolve_note(write_note(review, "One.", by=editor, at=NOW), by=editor, at=NOW)
    verb = reverse("admin:reviews_review_verb", args=[review.pk, "return_with_note"])

    response = client.post(verb, fields_of(client.get(verb)))

    assert response.status_code == 200
    review.refresh_from_db()
    assert review.status == "submitted"


def test_many_notes_do_not_hide_that_a_piece_was_returned(client, editor, review):
    verbs.submit(review, Act(editor, NOW))
    verbs.return_with_note(review, Act(editor, NOW, note="Check the tide."))
    for minutes in range(40):
        write_note(review, "One.", by=editor, at=NOW + timedelta(minutes=minutes))

    assert "Check the tide." in client.get(address_of(review)).content.decode()


def test_no_reader_sees_a_note_and_nor_does_who_has_a_link(client, editor):
    show = make_series()
    review = make_live_review(show, episodes=[make_episode(show)])
    write_note(review, "Canary note", by=editor, at=NOW, place="introduction:1")
    _link, token = make_link(review, by=editor, at=NOW)

    paths = [path for surface in surfaces.every() for path in surface.addresses(NOW)]

    assert b"Canary" in client.get(preview_of(review)).content
    for path in [*paths, f"/previews/{token}/"]:
        assert b"Canary" not in answer(path, NOW)[2], path
    assert b"Canary" not in Client().get(review.get_absolute_url()).content


def test_the_form_the_preview_and_the_notes_page_ask_as_much_for_one_note_as_for_many(
    client, editor, review, django_assert_max_num_queries
):
    counts = []
    for more in (1, 5):
        for _ in range(more):
            by = make_user(Role.EDITOR)
            note = write_note(review, "Open.", by=by, at=NOW, place="introduction:1")
            resolve_note(write_note(review, "Done.", by=by, at=NOW), by=note.made_by, at=NOW)
        asked = []
        for address, most in ((notes_of(review), 14), (address_of(review), 60), (preview_of(review), 24)):
            client.get(address)
            with django_assert_max_num_queries(most) as captured:
                client.get(address)
            asked.append(len(captured))
        counts.append(asked)

    assert counts[0] == counts[1]
