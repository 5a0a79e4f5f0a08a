from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Release, Review
from reviews.rules import VerbRefused
from reviews.stale import StaleVersion
from reviews.status import Stage, Status
from reviews.verbs import Act
from series.models import Episode
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def test_an_approved_piece_is_live_from_its_instant_on_and_not_a_second_before():
    review = approve(make_review())

    assert not Release.objects.live(FRIDAY - SECOND).exists()
    assert Release.objects.live(FRIDAY).get().review == review
    assert review.stage(FRIDAY - SECOND) == Stage.SCHEDULED
    assert review.stage(FRIDAY) == Stage.LIVE


def test_approving_goes_to_the_next_slot_after_the_episode_has_aired():
    series = make_series()
    airs = FRIDAY + timedelta(days=1)
    review = make_review(series, episodes=[make_episode(series, airs_at=airs)])

    approved = verbs.approve(review, Act(make_user(Role.EDITOR), NOW))

    assert approved.release.publish_at == FRIDAY + timedelta(days=7)


def test_nothing_goes_live_before_its_episode_has_aired_unless_a_chief_says_why():
    series = make_series()
    airs = FRIDAY + timedelta(days=1)
    review = make_review(series, episodes=[make_episode(series, airs_at=airs)])
    editor, chief = make_user(Role.EDITOR), make_user(Role.CHIEF)

    with pytest.raises(VerbRefused, match="hasn't aired"):
        verbs.approve(review, Act(editor, NOW), publish_at=FRIDAY, exception="Screener")
    with pytest.raises(VerbRefused, match="hasn't aired"):
        verbs.approve(review, Act(chief, NOW), publish_at=FRIDAY)
    verbs.approve(review, Act(chief, NOW), publish_at=FRIDAY, exception="Screener, agreed")

    assert Release.objects.get().exception_reason == "Screener, agreed"
    assert Episode.objects.public(FRIDAY).exists()
    assert not Episode.objects.public(FRIDAY - SECOND).exists()


def test_withdrawing_before_it_was_live_makes_it_a_draft_that_was_never_there():
    review = approve(make_review())

    withdrawn = verbs.withdraw(review, Act(make_user(Role.EDITOR), FRIDAY - SECOND))

    assert withdrawn.status == Status.DRAFT
    assert not Release.objects.exists()


def test_withdrawing_a_live_piece_needs_a_reason_and_leaves_it_gone():
    review = make_live_review()
    editor = make_user(Role.EDITOR)

    with pytest.raises(VerbRefused):
        verbs.withdraw(review, Act(editor, NOW))
    verbs.withdraw(review, Act(editor, NOW, note="The screener was not ours."))

    assert not Release.objects.live(NOW).exists()
    assert Release.objects.gone(NOW).exists()


def test_a_reinstated_piece_is_live_again_under_its_old_date():
    review = make_live_review()
    editor = make_user(Role.EDITOR)
    was = review.release.publish_at
    verbs.withdraw(review, Act(editor, NOW, note="A mistake."))

    verbs.reinstate(review, Act(editor, NOW + SECOND))

    assert Release.objects.live(NOW + SECOND).get().publish_at == was


def test_an_edit_of_a_live_piece_stays_on_the_desk_until_it_is_approved():
    review = make_live_review()
    review.headline = "Changed"
    review.save()
    review.keep(by=None, at=NOW)
    assert Release.objects.live(NOW).get().edition.headline != "Changed"

    verbs.approve(review, Act(make_user(Role.EDITOR), NOW))

    assert Release.objects.live(NOW).get().edition.headline == "Changed"


def test_a_live_score_changes_only_by_a_correction_with_a_note():
    series = make_series()
    review = make_live_review(series, episodes=[make_episode(series)])
    review.parts.update(stars="1.0")
    editor = make_user(Role.EDITOR)

    with pytest.raises(VerbRefused):
        verbs.approve(review, Act(editor, NOW))
    with pytest.raises(VerbRefused):
        verbs.correct(review, Act(editor, NOW), kind="score")
    with pytest.raises(VerbRefused):
        verbs.correct(review, Act(editor, NOW, note="Typo."), kind="fact")
    verbs.correct(review, Act(editor, NOW, note="One star, not four."), kind="score")

    assert Release.objects.live(NOW).get().edition.parts.get().stars == 1
    assert review.corrections.get().note == "One star, not four. (Episode 1: 4 → 1)"


def test_nobody_but_a_chief_approves_their_own_piece():
    editor, chief = make_user(Role.EDITOR), make_user(Role.CHIEF)
    by_editor = make_review(reviewer=make_reviewer(user=editor))
    by_chief = make_review(reviewer=make_reviewer(user=chief))

    with pytest.raises(PermissionDenied):
        verbs.approve(by_editor, Act(editor, NOW))
    verbs.approve(by_chief, Act(chief, NOW))

    assert Release.objects.get().review == by_chief


def test_a_stale_version_is_refused():
    review = make_review()
    version = review.version
    verbs.submit(review, Act(make_user(Role.EDITOR), NOW, version=version))

    with pytest.raises(StaleVersion):
        verbs.discard(review, Act(make_user(Role.EDITOR), NOW, version=version))

    assert Review.objects.get().status == Status.SUBMITTED


def test_every_verb_leaves_an_audit_entry():
    writer = make_user(Role.WRITER)
    review = make_review(by=writer)

    verbs.submit(review, Act(writer, NOW))

    entry = AuditEntry.objects.about(review).get()
    assert (entry.verb, entry.actor, entry.at) == ("submit", writer, NOW)
    assert entry.detail == {"from": "draft", "to": "submitted"}


def test_a_refused_verb_leaves_nothing_behind():
    review = make_review(standfirst="")
    editor = make_user(Role.EDITOR)

    with pytest.raises(VerbRefused, match="standfirst"):
        verbs.approve(review, Act(editor, NOW))

    assert not Release.objects.exists()
    assert not AuditEntry.objects.exists()
    assert Review.objects.get().version == review.version


def test_two_saves_of_the_same_content_make_one_edition():
    review = make_review()

    review.keep(by=None, at=NOW)

    assert review.editions.count() == 1
