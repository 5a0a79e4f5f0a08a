"""Requests to machines that behave badly, and announcers that go on all the same."""

import ipaddress
import time
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection

from coverage.newsroom import outgoing
from coverage.newsroom.outgoing import Request
from reviews.announcing import announcer, calls, delivering
from reviews.announcing.announcer import drain, keep_on
from reviews.announcing.calls import LONGEST_WAIT, Errand
from reviews.announcing.delivering import deliver_due
from reviews.announcing.health import OVERDUE_AFTER, health
from reviews.announcing.kinds import Call
from reviews.models import Announcement, Announcer
from reviews.models.announcements import LATE, LOST, AnnouncementQuerySet, Outcome
from tests.factories import NOW, make_announcement
from tests.receiver import listening
from tests.reviews.announcing.servers import Killed

pytestmark = pytest.mark.django_db

HERE = [ipaddress.ip_network("127.0.0.0/8")]
POISON = "poison"


@pytest.fixture(scope="module")
def listener():
    with listening() as receiver:
        yield receiver


@pytest.fixture
def receiver(listener, monkeypatch):
    """Rows lead to it: their subject says to which of its paths."""

    def errand(row, at):
        if row.subject == POISON:
            raise ZeroDivisionError
        return Errand([Request(f"{listener.origin}/{row.subject}")], allowed=HERE)

    listener.log.clear()
    listener.answers.clear()
    monkeypatch.setitem(calls._writers, "webhook", errand)
    monkeypatch.setattr(outgoing, "READ_SECONDS", 0.3)
    return listener


def call(subject="", destination="endpoint:1", kind=Call.WEBHOOK, **fields):
    round_ = Announcement.objects.count()
    row = Announcement.made(kind, destination, subject, round=round_, at=NOW, **fields)
    row.save()
    return row


def deliver(instant=NOW):
    return +deliver_due(lambda: instant)


def keys(receiver):
    return [got.headers["idempotency-key"] for got in receiver.log]


@pytest.mark.one_database
class TestAnswers:
    def test_a_yes_is_a_yes(self, receiver):
        row = call()

        assert deliver() == {"sent": 1}
        assert keys(receiver) == [str(row.key)]

    @pytest.mark.parametrize("status", [400, 403, 404, 410, 301, 302, 307])
    def test_what_would_be_answered_so_again_is_not_asked_again(self, receiver, status):
        row = call()
        receiver.answers.append((status, {"Location": "http://127.0.0.1:1/"}))

        assert deliver() == {"failed": 1}
        row.refresh_from_db()
        assert f"answered {status}" in row.reason
        assert len(receiver.log) == 1

    @pytest.mark.parametrize("status", [500, 502, 503, 408, 429])
    def test_what_may_go_well_later_is_asked_again_with_the_same_key(self, receiver, status):
        row = call()
        receiver.answers.append((status, {}))

        assert deliver() == {"waiting": 1}
        assert deliver(NOW + timedelta(minutes=1)) == {"sent": 1}
        assert keys(receiver) == [str(row.key)] * 2

    def test_who_says_when_to_come_back_is_believed(self, receiver):
        row, other = call(), call()
        receiver.answers.append((429, {"Retry-After": "3600"}))

        deliver()

        row.refresh_from_db()
        other.refresh_from_db()
        assert row.next_attempt_at == NOW + timedelta(hours=1)
        assert other.next_attempt_at == row.next_attempt_at
        assert other.attempts == 0

    @pytest.mark.parametrize("said", ["99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
    def test_but_not_for_ever(self, receiver, said):
        row = call()
        receiver.answers.append((503, {"Retry-After": said}))

        deliver()

        row.refresh_from_db()
        assert row.next_attempt_at == NOW + LONGEST_WAIT

    @pytest.mark.parametrize("said", ["soon", "-1", "", "Fri, 99 Dec 2026 00:00:00 GMT"])
    def test_nonsense_is_passed_over(self, receiver, said):
        call()
        receiver.answers.append((503, {"Retry-After": said}))

        deliver()

        assert deliver(NOW + timedelta(minutes=1)) == {"sent": 1}

    def test_a_private_address_is_refused_for_good_and_says_so(self, receiver, monkeypatch):
        row = call()
        away = Errand([Request("http://169.254.169.254/latest/meta-data/")])
        monkeypatch.setitem(calls._writers, "webhook", lambda row, at: away)

        assert deliver() == {"failed": 1}
        row.refresh_from_db()
        assert "169.254.169.254" in row.reason
        assert receiver.log == []

    def test_what_was_never_answered_is_sent_again_with_its_key_and_stays_unknown_at_last(self, receiver):
        row = call("drop")
        Announcement.objects.update(useful_until=None)
        instant = NOW

        while Announcement.objects.get().outcome == Outcome.WAITING:
            deliver(instant)
            row.refresh_from_db()
            instant = row.next_attempt_at

        assert (row.outcome, row.attempts) == (Outcome.UNKNOWN, delivering.MOST_ATTEMPTS)
        assert set(keys(receiver)) == {str(row.key)}

    def test_a_hundred_megabytes_are_one_refusal(self, receiver):
        call("huge")

        assert deliver() == {"waiting": 1}


def test_a_crash_while_it_is_handed_over_sends_it_again_with_its_key(receiver, monkeypatch):
    row = call()
    with monkeypatch.context() as patch:
        patch.setattr(calls.Parcel, "hand_over", lambda self: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            deliver()

    while_claimed, later = deliver(), deliver(NOW + Call.WEBHOOK.lease)

    row.refresh_from_db()
    assert (while_claimed, later) == ({}, {"sent": 1})
    assert (row.unanswered, row.reason) == (1, "")
    assert keys(receiver) == [str(row.key)]


def test_what_may_have_arrived_and_is_too_late_now_is_unknown_and_not_skipped(receiver):
    sure = call()
    doubtful = call(unanswered=1, reason=LOST)

    deliver(NOW + Call.WEBHOOK.useful_for + timedelta(seconds=1))

    sure.refresh_from_db()
    doubtful.refresh_from_db()
    assert (sure.outcome, doubtful.outcome) == (Outcome.SKIPPED, Outcome.UNKNOWN)
    assert sure.reason == doubtful.reason == LATE


def test_one_row_of_a_machine_is_on_its_way_at_a_time(receiver):
    first, second, elsewhere = call(), call(), call(destination="endpoint:2")

    claimed = [Announcement.objects.claim(NOW) for _ in range(3)]

    assert claimed == [first, elsewhere, None]
    first = claimed[0]
    first.settle(Outcome.SENT, NOW)
    assert Announcement.objects.claim(NOW) == second


def test_one_who_cant_be_reached_lets_the_rest_of_theirs_wait_untried(receiver, monkeypatch):
    call("hang"), call(), call(destination="endpoint:2")

    tally = deliver()

    assert tally == {"waiting": 1, "sent": 1}
    assert [got.path for got in receiver.log] == ["/hang", "/"]


def test_a_poisoned_one_among_a_hundred_stops_none_of_the_others(receiver):
    for number in range(100):
        call(POISON if number == 50 else "", destination=f"endpoint:{number}")

    assert deliver() == {"waiting": 1, "sent": 99}


@pytest.mark.django_db(transaction=True)
def test_who_hangs_holds_up_nobody_else(receiver, monkeypatch):
    monkeypatch.setattr(outgoing, "READ_SECONDS", 20)
    call("hang", destination="endpoint:0")
    for number in range(8):
        call(destination=f"endpoint:{number % 2 + 1}")
    drained = Thread(target=elsewhere, args=(drain, lambda: NOW, 2))
    drained.start()

    try:
        assert soon(lambda: Announcement.objects.filter(outcome=Outcome.SENT).count() == 8)
        assert drained.is_alive()
    finally:
        receiver.let_go.set()
        drained.join()
        receiver.let_go.clear()


@pytest.mark.django_db(transaction=True)
def test_it_goes_on_until_it_is_told_to_stop_and_outlives_the_database(receiver, monkeypatch):
    asked: list = []

    def claim(self, at, kinds=None, really=AnnouncementQuerySet.claim):
        asked.append(at)
        if len(asked) == 1:
            raise OperationalError("the server is shutting down")
        return really(self, at, kinds)

    monkeypatch.setattr(AnnouncementQuerySet, "claim", claim)
    monkeypatch.setattr(announcer, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(announcer, "look_around", lambda at: None)
    stopping = Event()
    at_work = Thread(target=elsewhere, args=(keep_on, lambda: NOW, stopping, 2))
    at_work.start()

    try:
        first = call()
        assert soon(lambda: Announcement.objects.filter(pk=first.pk, outcome=Outcome.SENT).exists())
        later = call()
        assert soon(lambda: Announcement.objects.filter(pk=later.pk, outcome=Outcome.SENT).exists())
        assert Announcer.objects.at_work(NOW).count() == 1
    finally:
        stopping.set()
        at_work.join(10)
    assert not at_work.is_alive()


def elsewhere(deed, *given):
    """In a thread of its own, whose connection ends with it."""
    try:
        deed(*given)
    finally:
        connection.close()


def soon(holds, seconds=20):
    """Whether it comes to hold; a loaded machine gets its time."""
    ends = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < ends:
        connection.close()
        time.sleep(0.02)
    return held


class TestHealth:
    def test_what_waits_longer_than_it_should_is_overdue(self):
        make_announcement()

        before, after = health(NOW + OVERDUE_AFTER - timedelta(seconds=1)), health(NOW + OVERDUE_AFTER)

        assert (before.overdue, before.is_well) == (0, True)
        assert (after.overdue, after.is_well, after.since) == (1, False, NOW)

    def test_what_went_wrong_is_remembered_for_a_week(self):
        failed = make_announcement(outcome=Outcome.FAILED, settled_at=NOW)
        unknown = make_announcement(outcome=Outcome.UNKNOWN, settled_at=NOW)

        now, later = health(NOW), health(NOW + timedelta(days=8))

        assert (now.failed, now.unknown) == ([failed], [unknown])
        assert (later.failed, later.unknown) == ([], [])

    def test_an_announcer_that_was_not_seen_for_a_while_is_not_at_work(self):
        Announcer.objects.sign("one", NOW)
        Announcer.objects.sign("one", NOW + timedelta(minutes=1))
        Announcer.objects.sign("two", NOW)

        now = health(NOW + timedelta(minutes=2, seconds=30))

        assert (now.at_work, now.last_seen_at) == (1, NOW + timedelta(minutes=1))
