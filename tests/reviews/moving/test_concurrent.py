"""One moves an airing while another lets a piece about it out, each on a connection of their own."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from coverage.newsroom.models import Publication
from coverage.newsroom.roles import Role
from reviews import rules, verbs
from reviews.models import Release
from reviews.moving import doing
from reviews.moving.proposing import propose
from reviews.moving.reading import World
from reviews.moving.wishes import What, Wish
from reviews.verbs import Act
from series.airings import Shift
from series.models import Episode
from tests.factories import FRIDAY, NOW, make_episode, make_review, make_series, make_user, unread
from tests.reviews.test_rules_concurrent import MEETING_SECONDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)

WISHED = Shift(ZoneInfo("America/New_York"), 7)


@pytest.fixture
def meeting(monkeypatch):
    """Let both stand side by side between looking at the other's rows and writing, if a lock lets them."""
    barrier, obstacles, clean = Barrier(2), rules.obstacles, Episode.clean

    def meet():
        with suppress(BrokenBarrierError):  # the other one waits
            barrier.wait(MEETING_SECONDS)

    def obstacles_then_meet(*args):
        found = obstacles(*args)
        meet()
        return found

    def clean_then_meet(episode):
        clean(episode)
        meet()

    monkeypatch.setattr(rules, "obstacles", obstacles_then_meet)
    monkeypatch.setattr(Episode, "clean", clean_then_meet)


def approve_while_it_moves(**fields):
    """What became of both; the piece is for the Friday after the airing, which moves on by a week."""
    episode = make_episode(make_series(), "8", airs_at=FRIDAY + timedelta(days=4))
    slot = FRIDAY + timedelta(weeks=1)
    review = make_review(episode.series, episodes=[episode], **fields)
    wish = Wish(What.AIRINGS, episode, shift=WISHED)
    publication = Publication.objects.current(NOW)
    seen = propose(wish, World.read(episode.series, publication, NOW)).token
    chief, editor = make_user(Role.CHIEF), make_user(Role.EDITOR)

    with unread():
        return at_once(
            lambda: doing.move(wish, seen, Act(chief, NOW), []),
            lambda: verbs.approve(review, Act(editor, NOW), slot),
        )


def goes_out_too_early():
    aired = Episode.objects.get().airs_at
    return Release.objects.filter(publish_at__lt=aired).exists()


@pytest.mark.parametrize("planned", [FRIDAY + timedelta(weeks=1), None])
def test_a_piece_is_approved_or_its_airing_moves_and_the_other_is_told(meeting, planned):
    """Without a date it is no piece that the move shows, and so none that it locks."""
    outcomes = approve_while_it_moves(planned_at=planned)

    refused = set(outcomes) - {"done"}
    assert len(outcomes) - len(refused) == 1
    assert refused < {"VerbRefused", "ValidationError", "Changed"}
    assert not goes_out_too_early()


def test_without_the_hold_it_would_go_out_too_early(meeting, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer: nobody stands beside another.")
    monkeypatch.setattr(rules, "hold", lambda shows: None)

    approve_while_it_moves()

    assert goes_out_too_early()
