"""Sending what is due: once, each by itself, and never twice on a guess."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.announcing import delivering, pieces
from reviews.announcing.delivering import deliver_due
from reviews.announcing.kinds import Kind
from reviews.models import Announcement, Review
from reviews.models.announcements import CLAIMED_FOR, AnnouncementQuerySet, Outcome
from reviews.verbs import Act
from tests.factories import FRIDAY, NOW, make_announcement, make_review, make_reviewer, make_user
from tests.reviews.announcing import servers
from tests.reviews.announcing.servers import Killed, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(piece, writer, editor):
    """The mail to the writer whose piece was approved."""
    verbs.approve(piece, Act(editor, NOW), FRIDAY)
    return Announcement.objects.get()


def deliver(instant=NOW):
    return +deliver_due(lambda: instant)


def test_it_leaves_once(row):
    tallies = [deliver(), deliver()]

    row.refresh_from_db()
    assert tallies == [{"sent": 1}, {}]
    assert len(mail.outbox) == 1
    assert (row.outcome, row.attempts, row.settled_at) == (Outcome.SENT, 1, NOW)


def test_what_is_due_later_waits(row):
    Announcement.objects.update(next_attempt_at=NOW + timedelta(minutes=1))

    assert deliver() == {}


def test_what_is_of_no_use_any_more_is_skipped(row):
    tally = deliver(NOW + Kind.APPROVED.useful_for + timedelta(seconds=1))

    row.refresh_from_db()
    assert tally == {"skipped": 1}
    assert row.reason == "too late to be of use"
    assert mail.outbox == []


def test_a_crash_after_handing_over_leaves_it_unknown_and_sends_nothing_again(row, settings):
    settings.MAILERS = at(servers.Dying)
    with pytest.raises(Killed):
        deliver()
    settings.MAILERS = at(servers.EmailBackend)

    while_claimed, later = deliver(), deliver(NOW + CLAIMED_FOR)

    row.refresh_from_db()
    assert (while_claimed, later) == ({}, {"unknown": 1})
    assert row.outcome == Outcome.UNKNOWN
    assert len(mail.outbox) == 1


def test_a_crash_before_handing_over_costs_nothing(row, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "message_of", lambda *_: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            deliver()

    while_claimed, later = deliver(), deliver(NOW + CLAIMED_FOR)

    assert (while_claimed, later) == ({}, {"sent": 1})
    assert len(mail.outbox) == 1


def test_a_line_that_goes_dead_leaves_it_unknown(row, settings):
    settings.MAILERS = at(servers.BreakingOff)

    assert deliver() == {"unknown": 1}
    assert deliver(NOW + timedelta(hours=2)) == {}


def test_a_busy_server_is_tried_again_later_each_time_and_given_up_at_last(row, settings):
    settings.MAILERS = at(servers.Busy)
    instant, pauses = NOW, []
    Announcement.objects.update(useful_until=None)

    while Announcement.objects.get().outcome == Outcome.WAITING:
        deliver(instant)
        row.refresh_from_db()
        pauses.append(row.next_attempt_at - instant)
        instant = row.next_attempt_at

    assert row.outcome == Outcome.FAILED
    assert row.attempts == delivering.MOST_ATTEMPTS == len(pauses)
    assert timedelta(seconds=30) <= pauses[0] <= timedelta(minutes=1)
    assert timedelta(minutes=30) <= pauses[-2] <= timedelta(hours=1)
    assert "come back later" in row.reason


def test_an_address_that_is_refused_for_good_is_not_tried_again(row, settings):
    settings.MAILERS = at(servers.Unwilling)

    assert deliver() == {"failed": 1}
    assert "no such person" in Announcement.objects.get().reason


def test_where_no_server_is_the_rest_waits_untried(row, settings):
    make_announcement(make_user(Role.EDITOR, email="two@desk.example"), Kind.CHECKS)
    Announcement.objects.filter(kind="checks").update(next_attempt_at=NOW + timedelta(seconds=1))
    settings.MAILERS = at(servers.Unplugged)

    tally = deliver(NOW + timedelta(seconds=1))

    assert tally == {"waiting": 1}
    assert list(Announcement.objects.order_by("pk").values_list("attempts", "outcome")) == [
        (1, "waiting"),
        (0, "waiting"),
    ]


def test_a_poisoned_one_stops_no_other(writer, editor, monkeypatch):
    many = [make_review(reviewer=None, by=writer) for _ in range(5)]
    for review in many:
        verbs.approve(review, Act(editor, NOW), FRIDAY)
    poisoned = many[0].series

    def about(review, whole=pieces.about):
        if review.series == poisoned:
            raise ZeroDivisionError
        return whole(review)

    monkeypatch.setattr(pieces, "about", about)

    tally = deliver()

    bad = Announcement.objects.get(subject=f"review:{many[0].pk}")
    assert tally == {"waiting": 1, "sent": 4}
    assert (bad.outcome, bad.attempts) == (Outcome.WAITING, 1)
    assert bad.reason.startswith("ZeroDivisionError")


def test_a_kind_that_this_version_doesnt_know_stops_no_other(row):
    make_announcement(kind=Kind.LATE)
    Announcement.objects.filter(kind="late").update(kind="from tomorrow")

    assert deliver()["sent"] == 1


def at_once(many, deed):
    """Do it on as many connections, all at the same moment; raises what one of them raised."""
    barrier = Barrier(many)

    def run():
        try:
            barrier.wait(10)
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as pool:
        for done in [pool.submit(run) for _ in range(many)]:
            done.result(60)


def approve_many(count):
    writer, editor = make_user(Role.WRITER, email="writer@desk.example"), make_user(Role.EDITOR)
    reviewer = make_reviewer(user=writer)
    for _ in range(count):
        verbs.approve(make_review(reviewer=reviewer), Act(editor, NOW), FRIDAY)


@pytest.mark.django_db(transaction=True)
def test_several_announcers_at_once_send_each_once():
    approve_many(12)

    at_once(3, deliver)

    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 12
    assert len(mail.outbox) == 12
    assert set(Announcement.objects.values_list("outcome", "attempts")) == {("sent", 1)}


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_they_would_send_one_twice(monkeypatch):
    """A control: whoever looks first only looks."""
    approve_many(1)
    meeting = Barrier(2)

    def looked_at(self, instant, kinds=None):
        found = self.due(instant).first()
        if found:
            meeting.wait(10)
        return found

    def written_whoever_holds_it(self, **fields):
        return bool(Announcement.objects.filter(pk=self.pk).update(**fields))

    monkeypatch.setattr(AnnouncementQuerySet, "claim", looked_at)
    monkeypatch.setattr(Announcement, "_write", written_whoever_holds_it)

    at_once(2, deliver)

    assert len(mail.outbox) == 2


def test_a_row_that_another_has_taken_over_is_left_alone(row):
    mine = Announcement.objects.claim(NOW)
    theirs = Announcement.objects.claim(NOW + CLAIMED_FOR)

    assert theirs.pk == mine.pk
    assert not mine.begin_to_hand_over(NOW + CLAIMED_FOR)
    assert theirs.begin_to_hand_over(NOW + CLAIMED_FOR)
    assert not mine.settle(Outcome.SENT, NOW)


def test_what_was_deleted_meanwhile_is_skipped(row):
    Announcement.objects.update(subject=f"review:{Review.objects.get().pk + 1}")

    assert deliver() == {"skipped": 1}
