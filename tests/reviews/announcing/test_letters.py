"""What the mails say, to whom they may say it, and what never stands in them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coverage.newsroom.models import Publication, User
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.announcing import lateness
from reviews.announcing.delivering import deliver_due
from reviews.announcing.envelopes import LONGEST_SUBJECT, one_line
from reviews.announcing.kinds import Kind
from reviews.models import Announcement, MutedMail, Review
from reviews.verbs import Act
from series.models import VocabularyEntry
from tests.factories import (
    FRIDAY,
    NOW,
    make_announcement,
    make_episode,
    make_part,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CANARY = "Canary dies"


def deliver(instant=NOW):
    return +deliver_due(lambda: instant)


def only_mail():
    (message,) = mail.outbox
    return message


def html_of(message):
    (alternative,) = message.alternatives
    assert alternative.mimetype == "text/html"
    return alternative.content


def test_a_submitted_piece_is_told_with_what_stands_in_its_way(piece, writer, editor):
    Review.objects.filter(pk=piece.pk).update(standfirst="")

    verbs.submit(piece, Act(writer, NOW, note="The second half is new."))
    deliver()

    message = only_mail()
    assert message.to == ["editor@desk.example"]
    assert message.subject == "[Eyecatch] Submitted: Moonlit Ferry, Episode 3"
    for text in (message.body, html_of(message)):
        assert piece.headline in text
        assert str(writer) in text
        assert "The second half is new." in text
        assert "It needs a standfirst" in text
        assert "Friday 16 January, 09:00 New York" in text
        assert f"http://127.0.0.1:8000/desk/reviews/review/{piece.pk}/change/" in text
        assert "http://127.0.0.1:8000/desk/my-mail/" in text


def test_a_returned_piece_comes_with_its_note(piece, writer, editor):
    verbs.submit(piece, Act(editor, NOW))
    Announcement.objects.all().delete()
    verbs.return_with_note(piece, Act(editor, NOW, note="Say more of <the end> & its score."))

    deliver()

    message = only_mail()
    assert message.to == ["writer@desk.example"]
    assert message.subject == "[Eyecatch] Returned: Moonlit Ferry, Episode 3"
    assert "Say more of <the end> & its score." in message.body
    assert "Say more of &lt;the end&gt; &amp; its score." in html_of(message)


def test_an_approved_piece_says_when_it_goes_live(piece, editor):
    verbs.approve(piece, Act(editor, NOW), FRIDAY)

    deliver()

    assert "Goes live: Friday 16 January, 09:00 New York" in only_mail().body
    assert f"Approved by: {editor}" in only_mail().body


def test_no_words_of_the_piece_stand_where_a_locked_screen_shows_them(piece, writer, editor):
    Review.objects.update(headline=CANARY, standfirst=CANARY, introduction=f"<p>{CANARY}</p>")
    piece.parts.update(body=f"<p>{CANARY}</p>", verdict=f"<p>{CANARY}</p>")
    piece.refresh_from_db()
    verbs.approve(piece, Act(editor, NOW), FRIDAY)

    deliver()

    message = only_mail()
    assert CANARY not in message.subject
    assert CANARY not in message.body.splitlines()[0]
    # Of the piece only its headline leaves the house, and only below.
    assert message.body.count(CANARY) == 1


def test_a_spoiler_that_the_copy_desk_found_is_not_told(piece, writer, editor):
    VocabularyEntry.objects.create(series=piece.series, form="Valdemar", kind="character", spoils=True)
    Review.objects.filter(pk=piece.pk).update(standfirst="Valdemar comes home.")
    verbs.submit(piece, Act(editor, NOW))

    deliver()

    body = only_mail().body
    assert "The standfirst holds a spoiler." in body
    assert "Valdemar" not in body


@pytest.mark.parametrize("injected", ["Ferry\r\nBcc: all@evil.example", "Ferry\nX: y", "Ferry\x00\u2028z"])
def test_nothing_gets_into_a_header(piece, writer, editor, injected):
    piece.series.title = injected.replace("\x00", "")
    piece.series.save()
    Publication.objects.update(name="House\nBcc: all@evil.example")
    verbs.approve(piece, Act(editor, NOW), FRIDAY)

    deliver()

    message = only_mail().message()
    assert message["Bcc"] is None
    assert message["X"] is None
    assert "\n" not in str(message["Subject"])
    assert message["To"] == "writer@desk.example"


def test_an_address_that_isnt_one_gets_nothing(piece, writer, editor):
    User.objects.filter(pk=writer.pk).update(email="writer@desk.example\nBcc: all@evil.example")
    verbs.approve(piece, Act(editor, NOW), FRIDAY)

    assert deliver() == {"skipped": 1}
    assert Announcement.objects.get().reason == "the account has no mail address"


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_can_be_switched_off_by_whoever_gets_it(editor, kind):
    row = make_announcement(editor, kind)
    MutedMail.objects.create(user=editor, kind=kind.value)

    assert deliver() == {"skipped": 1}

    row.refresh_from_db()
    assert row.reason == "switched off"


def test_who_may_no_longer_read_it_is_not_told(piece, writer, editor):
    verbs.submit(piece, Act(writer, NOW))
    editor.groups.clear()

    assert deliver() == {"skipped": 1}
    assert Announcement.objects.get().reason == "it is no longer theirs to know"


def test_what_has_gone_on_meanwhile_is_not_told(piece, writer, editor):
    verbs.submit(piece, Act(writer, NOW))
    verbs.approve(piece, Act(make_user(Role.CHIEF), NOW), FRIDAY)

    deliver()

    assert Announcement.objects.get(kind="submitted").reason == "it has gone on meanwhile"


@pytest.mark.both_databases
def test_what_was_done_again_is_told_once(piece, writer, editor):
    verbs.submit(piece, Act(writer, NOW))
    verbs.return_with_note(piece, Act(editor, NOW, note="Not yet."))
    verbs.submit(piece, Act(writer, NOW))

    deliver()

    reasons = Announcement.objects.filter(kind="submitted").order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["it was done again since", ""]


@pytest.mark.both_databases
def test_a_late_piece_is_told_to_its_writer_and_the_editors(piece, writer, editor):
    Review.objects.update(planned_at=NOW - timedelta(hours=1))
    lateness.look(NOW)
    lateness.look(NOW + timedelta(hours=1))

    assert deliver() == {"sent": 2}
    assert {message.to[0] for message in mail.outbox} == {"writer@desk.example", "editor@desk.example"}
    assert {message.subject for message in mail.outbox} == {"[Eyecatch] Late: Moonlit Ferry, Episode 3"}
    assert "Was due: Wednesday 14 January, 06:00 New York" in mail.outbox[0].body


@pytest.mark.both_databases
def test_a_piece_without_a_date_is_late_when_its_slot_has_passed(piece, writer, editor):
    lateness.look(FRIDAY - timedelta(days=2))
    before = Announcement.objects.filter(kind="late").count()

    lateness.look(FRIDAY)

    assert (before, Announcement.objects.filter(kind="late").count()) == (0, 2)


@pytest.mark.both_databases
def test_a_piece_that_was_late_and_is_put_off_is_told_when_it_is_late_again(piece, writer, editor):
    Review.objects.update(planned_at=NOW)
    lateness.look(NOW)
    Review.objects.update(planned_at=NOW + timedelta(days=1))

    assert deliver() == {"skipped": 2}
    lateness.look(NOW + timedelta(days=1))
    assert Announcement.objects.filter(kind="late", outcome="waiting").count() == 2


@pytest.mark.both_databases
def test_what_has_long_been_late_is_not_told_by_a_new_announcer(piece, writer, editor):
    Review.objects.update(planned_at=NOW - Kind.LATE.useful_for)

    lateness.look(NOW)

    assert not Announcement.objects.exists()


@pytest.mark.both_databases
def test_many_open_pieces_are_looked_through_with_as_many_queries_as_one(piece, writer, editor):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            lateness.look(NOW)
        return len(captured)

    Review.objects.update(planned_at=FRIDAY + timedelta(weeks=5))
    at_one = queries()
    for number in "456":
        series = make_series()
        first, last = (make_episode(series, each) for each in (number, f"{number}0"))
        review = make_review(series, planned_at=FRIDAY + timedelta(weeks=5))
        make_part(review, first, make_reviewer(), last_episode=last)

    # One more for what lies within runs.
    assert queries() <= at_one + 1


def test_an_approved_piece_is_never_late(piece, writer, editor):
    verbs.approve(piece, Act(editor, NOW), NOW + timedelta(hours=1))

    lateness.look(NOW + timedelta(hours=2))

    assert not Announcement.objects.filter(kind="late").exists()


def test_on_the_day_before_its_slot_a_piece_is_looked_through(piece, writer, editor):
    Review.objects.update(standfirst="", planned_at=FRIDAY)

    lateness.look(FRIDAY - timedelta(days=1, seconds=1))
    too_early = Announcement.objects.count()
    lateness.look(FRIDAY - timedelta(days=1))
    deliver(FRIDAY - timedelta(days=1))

    assert too_early == 0
    assert {message.to[0] for message in mail.outbox} == {"writer@desk.example", "editor@desk.example"}
    assert mail.outbox[0].subject == "[Eyecatch] Fails its checks: Moonlit Ferry, Episode 3"
    assert "It needs a standfirst" in mail.outbox[0].body


def test_a_piece_that_passes_its_checks_is_not_told(piece, writer, editor):
    Review.objects.update(planned_at=FRIDAY)
    lateness.look(FRIDAY - timedelta(days=1))

    assert deliver(FRIDAY - timedelta(days=1)) == {"skipped": 2}
    assert set(Announcement.objects.values_list("reason", flat=True)) == {"it passes its checks"}


def test_a_line_is_one_line_and_not_too_long():
    assert one_line("a\r\nb\tc\x00d\u2028e") == "a b c d e"
    assert len(one_line("x" * 1000)) == LONGEST_SUBJECT
