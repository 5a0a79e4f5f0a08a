"""Two people at the same moment, each on a connection of their own."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import rules, verbs
from reviews.models import Edition, Release, Review
from reviews.models.review import ReviewQuerySet
from reviews.status import Status
from reviews.verbs import Act
from series.models import Episode
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_review,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

MEETING_SECONDS = 0.5


@pytest.fixture
def meeting(monkeypatch):
    """Let both stand side by side between reading the row and moving it, if the lock lets them."""
    barrier, may = Barrier(2), rules.may

    def may_after_meeting(*args):
        with suppress(BrokenBarrierError):  # the other one waits for the row
            barrier.wait(MEETING_SECONDS)
        return may(*args)

    monkeypatch.setattr(rules, "may", may_after_meeting)


@pytest.fixture
def no_lock(monkeypatch):
    monkeypatch.setattr(ReviewQuerySet, "locked", lambda self: self)


def at_once(*deeds):
    """What became of each: the name of its refusal, or "done"."""
    outcomes = [""] * len(deeds)

    def run(index, deed):
        try:
            deed()
            outcomes[index] = "done"
        except (ValidationError, IntegrityError, OperationalError) as refusal:
            outcomes[index] = type(refusal).__name__
        finally:
            connection.close()

    threads = [Thread(target=run, args=item) for item in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


def done():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_two_editors_approve_and_one_of_them_is_told(meeting):
    review, editors = make_review(), [make_user(Role.EDITOR) for _ in range(2)]

    outcomes = at_once(*(lambda by=by: verbs.approve(review, Act(by, NOW), FRIDAY) for by in editors))

    assert outcomes == ["VerbRefused", "done"]
    assert done() == ["approve"]
    assert Release.objects.get().publish_at == FRIDAY
    assert Edition.objects.count() == 1


def test_one_approves_while_the_other_discards(meeting):
    review, editor = make_review(), make_user(Role.EDITOR)

    outcomes = at_once(
        lambda: verbs.approve(review, Act(editor, NOW), FRIDAY),
        lambda: verbs.discard(review, Act(editor, NOW)),
    )

    status = Review.objects.get().status
    assert outcomes == ["VerbRefused", "done"]
    assert Release.objects.exists() == (status == Status.APPROVED)
    assert (status == Status.DISCARDED) == (done() == ["discard"])


def test_one_withdraws_what_the_other_publishes_anew(meeting):
    review, editor = make_live_review(), make_user(Role.EDITOR)
    Review.objects.update(headline="Changed")

    outcomes = at_once(
        lambda: verbs.withdraw(review, Act(editor, NOW, note="An error.")),
        lambda: verbs.approve(review, Act(editor, NOW)),
    )

    # In either order it ends withdrawn.
    assert outcomes in (["done", "done"], ["VerbRefused", "done"])
    assert Review.objects.get().status == Status.WITHDRAWN
    assert not Release.objects.live(NOW).exists()
    assert len(done()) == 1 + outcomes.count("done")


def test_two_verbs_on_the_same_version(meeting):
    review, editor = make_review(), make_user(Role.EDITOR)
    read = Act(editor, NOW, version=review.version)

    outcomes = at_once(lambda: verbs.submit(review, read), lambda: verbs.approve(review, read, FRIDAY))

    assert outcomes == ["StaleVersion", "done"]
    assert len(done()) == 1


def test_two_withdraw_before_it_was_live(meeting):
    review, editor = approve(make_review()), make_user(Role.EDITOR)

    outcomes = at_once(*[lambda: verbs.withdraw(review, Act(editor, NOW))] * 2)

    assert outcomes == ["VerbRefused", "done"]
    assert Review.objects.get().status == Status.DRAFT
    assert not Release.objects.exists()


def test_a_save_waits_for_a_verb_and_is_then_stale(meeting):
    review, editor = make_review(), make_user(Role.EDITOR)

    def save():
        with transaction.atomic():
            row = Review.claim(review.pk, review.version)
            rules.may("submit", row, editor)
            row.headline = "Typed"
            row.save(update_fields=["headline"])
            row.keep(by=editor, at=NOW)

    outcomes = at_once(save, lambda: verbs.approve(review, Act(editor, NOW, version=review.version), FRIDAY))

    row = Review.objects.get()
    assert outcomes == ["StaleVersion", "done"]
    assert (row.headline == "Typed") == (row.status == Status.DRAFT)


@pytest.fixture
def put_off(monkeypatch):
    """Approves a piece while its episode is put off as the desk's form does it: both have looked by then."""
    barrier, obstacles = Barrier(2), rules.obstacles

    def meet():
        with suppress(BrokenBarrierError):  # the other one waits for the row
            barrier.wait(MEETING_SECONDS)

    def obstacles_after_meeting(*args):
        found = obstacles(*args)
        meet()
        return found

    def put_off(episode):
        with transaction.atomic():
            row = Episode.objects.select_for_update().get(pk=episode.pk)
            row.airs_at = FRIDAY + timedelta(days=1)
            row.full_clean()
            meet()
            row.save()

    monkeypatch.setattr(rules, "obstacles", obstacles_after_meeting)
    return put_off


def test_an_airing_is_put_off_while_its_piece_is_approved(put_off):
    episode = make_episode(make_series(), airs_at=NOW)
    review, editor = make_review(episode.series, episodes=[episode]), make_user(Role.EDITOR)

    outcomes = at_once(
        lambda: put_off(episode), lambda: verbs.approve(review, Act(editor, NOW), publish_at=FRIDAY)
    )

    assert outcomes in (["ValidationError", "done"], ["VerbRefused", "done"])
    assert Release.objects.exists() == (Episode.objects.get().airs_at == NOW)


def test_without_holding_the_episode_both_would_do_it(put_off, monkeypatch):
    """A control: the piece would be live before its episode has aired."""
    monkeypatch.setattr(rules, "hold", lambda rows: None)
    episode = make_episode(make_series(), airs_at=NOW)
    review, editor = make_review(episode.series, episodes=[episode]), make_user(Role.EDITOR)

    outcomes = at_once(
        lambda: put_off(episode), lambda: verbs.approve(review, Act(editor, NOW), publish_at=FRIDAY)
    )

    assert (outcomes == ["done", "done"]) == (connection.vendor == "postgresql")


def test_without_the_lock_both_would_believe_they_had_done_it(meeting, no_lock):
    """A control. On SQLite an immediate transaction holds the whole database, so there it changes nothing."""
    review, editor = make_review(), make_user(Role.EDITOR)
    read = Act(editor, NOW, version=review.version)

    outcomes = at_once(lambda: verbs.submit(review, read), lambda: verbs.discard(review, read))

    row_by_row = connection.vendor == "postgresql"
    assert outcomes == (["done", "done"] if row_by_row else ["StaleVersion", "done"])
