"""A mail about what was due, was somebody's to write, and nobody has begun."""

from datetime import timedelta

import pytest
from django.core import mail

from coverage.desk import unbegun
from coverage.newsroom.roles import Role
from reviews.announcing.delivering import deliver_due
from reviews.models import Announcement, Assignment
from tests.factories import FRIDAY, make_episode, make_review, make_reviewer, make_series, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(db):
    """Its third episode has aired the day before Friday's slot."""
    series = make_series("Moonlit Ferry")
    make_episode(series, "3", airs_at=FRIDAY - timedelta(days=1))
    return series


@pytest.fixture
def assigned(series):
    """Whose it is to write about it."""
    writer = make_user(Role.WRITER, email="writer@desk.example")
    Assignment.objects.create(
        series=series, week="2026-W03", reviewer=make_reviewer("Ada Quill", user=writer)
    )
    return writer


def deliver(at=FRIDAY):
    deliver_due(lambda: at)
    return {message.to[0]: message for message in mail.outbox}


def test_whoever_was_to_write_it_and_the_editors_are_told_once(assigned):
    make_user(Role.EDITOR, email="editor@desk.example")

    unbegun.look(FRIDAY - timedelta(seconds=1))
    too_early = Announcement.objects.count()
    unbegun.look(FRIDAY)
    unbegun.look(FRIDAY + timedelta(minutes=1))
    sent = deliver()

    assert too_early == 0
    assert set(sent) == {"writer@desk.example", "editor@desk.example"}
    assert len(mail.outbox) == 2
    message = sent["writer@desk.example"]
    assert message.subject == "[Eyecatch] Late: Moonlit Ferry, Episode 3"
    assert "Was due: Friday 16 January, 09:00 New York" in message.body
    assert "By: Ada Quill" in message.body
    assert "/desk/board/" in message.body


def test_what_nobody_was_to_write_is_not_told(series):
    make_user(Role.EDITOR, email="editor@desk.example")

    unbegun.look(FRIDAY)

    assert not Announcement.objects.exists()


def test_what_somebody_has_begun_meanwhile_is_not_told(series, assigned):
    unbegun.look(FRIDAY)
    make_review(series, episodes=[series.episodes.get()])

    assert deliver() == {}
    assert "it has been begun" in Announcement.objects.get().reason


def test_what_has_long_been_late_is_not_told(assigned):
    unbegun.look(FRIDAY + timedelta(days=2))

    assert not Announcement.objects.exists()
