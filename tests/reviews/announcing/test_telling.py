"""Who is told of what a verb does: rows in the verb's own transaction."""

import pytest
from django.db import transaction

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.announcing.recipients import destination_of
from reviews.models import Announcement
from reviews.rules import VerbRefused
from reviews.verbs import Act
from tests.factories import FRIDAY, NOW, make_part, make_review, make_reviewer, make_user

pytestmark = pytest.mark.django_db


def told():
    return set(Announcement.objects.values_list("kind", "destination", "subject"))


def test_a_submitted_piece_is_told_to_every_editor(piece, writer, editor):
    chief = make_user(Role.CHIEF)
    make_user(Role.WRITER)

    verbs.submit(piece, Act(writer, NOW))

    assert told() == {
        ("submitted", destination_of(someone), f"review:{piece.pk}") for someone in (editor, chief)
    }


def test_who_did_it_is_told_nothing(piece, writer, editor):
    verbs.submit(piece, Act(editor, NOW))

    assert ("submitted", destination_of(editor), f"review:{piece.pk}") not in told()
    assert ("checks", destination_of(writer), f"review:{piece.pk}") in told()


def test_a_returned_and_an_approved_piece_are_told_to_its_writer(piece, writer, editor):
    verbs.submit(piece, Act(writer, NOW))
    Announcement.objects.all().delete()

    verbs.return_with_note(piece, Act(editor, NOW, note="Its end is missing."))
    verbs.approve(piece, Act(editor, NOW), FRIDAY)

    assert told() == {
        ("returned", destination_of(writer), f"review:{piece.pk}"),
        ("approved", destination_of(writer), f"review:{piece.pk}"),
    }


def test_everybody_with_a_byline_or_a_part_is_a_writer_of_it(piece, writer, editor):
    other = make_user(Role.WRITER)
    make_part(piece, piece.parts.get().episode, make_reviewer(user=other))

    verbs.approve(piece, Act(editor, NOW), FRIDAY)

    assert {destination for _kind, destination, _subject in told()} == {
        destination_of(someone) for someone in (writer, other)
    }


def test_where_no_name_has_an_account_who_began_it_is_told(writer, editor):
    guests = make_review(by=writer)

    verbs.approve(guests, Act(editor, NOW), FRIDAY)

    assert {destination for _kind, destination, _subject in told()} == {destination_of(writer)}


def test_who_has_left_the_desk_is_told_nothing(piece, writer, editor):
    writer.is_active = False
    writer.save()

    verbs.approve(piece, Act(editor, NOW), FRIDAY)

    assert told() == set()


def test_a_refused_verb_tells_nothing(piece, writer, editor):
    with pytest.raises(VerbRefused):
        verbs.return_with_note(piece, Act(editor, NOW, note="Not handed in yet."))

    assert told() == set()


def test_what_is_undone_with_its_transaction_is_not_told(piece, writer, editor):
    def submit_and_fail():
        with transaction.atomic():
            verbs.submit(piece, Act(writer, NOW))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        submit_and_fail()

    assert told() == set()
    assert not AuditEntry.objects.exists()


def test_handing_in_again_is_another_round(piece, writer, editor):
    for _again in range(2):
        verbs.submit(piece, Act(writer, NOW))
        verbs.return_with_note(piece, Act(editor, NOW, note="Not yet."))

    assert Announcement.objects.filter(kind="submitted").count() == 2
