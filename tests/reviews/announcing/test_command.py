import io
import logging

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from reviews import verbs
from reviews.announcing import occasions
from reviews.models import Announcement
from reviews.verbs import Act
from tests.factories import FRIDAY, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(piece, editor):
    return verbs.approve(piece, Act(editor, NOW), FRIDAY)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


def announce():
    out, errors = io.StringIO(), io.StringIO()
    call_command("announce", hands=1, stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


def test_it_sends_what_is_due_and_says_so(approved):
    first, second = announce(), announce()

    assert first == ("Done now: 1 sent.\nWaiting: 0.\n", "")
    assert second == ("Done now: nothing.\nWaiting: 0.\n", "")
    assert len(mail.outbox) == 1


def test_without_a_mailer_everything_waits_and_it_says_why(approved, settings):
    settings.MAILERS = {}

    out, errors = announce()

    assert (out, errors) == (
        "Done now: nothing.\nWaiting: 1.\n",
        "No mail leaves the house: MAIL_URL isn't set.\n",
    )
    assert Announcement.objects.get().attempts == 0


def test_a_look_that_fails_stops_neither_the_others_nor_the_mail(approved, monkeypatch, caplog):
    looked: list = []

    def broken(at):
        raise ZeroDivisionError

    monkeypatch.setattr(occasions, "_looks", {"broken": broken, "whole": looked.append})

    out, errors = announce()

    assert "1 sent" in out
    assert errors == "broken: couldn't be looked at; the log says why.\n"
    assert looked == [NOW]
    assert "ZeroDivisionError" in caplog.text


def test_each_outcome_is_logged_with_its_row(approved, caplog):
    caplog.set_level(logging.INFO, "reviews.announcing")

    announce()

    (record,) = [record for record in caplog.records if record.name.endswith("delivering")]
    assert (record.kind, record.outcome, record.attempts) == ("approved", "sent", 1)
    assert record.subject == f"review:{approved.pk}"
    assert "@" not in f"{record.getMessage()} {record.destination} {record.reason}"
