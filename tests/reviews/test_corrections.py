import pytest
from django.core.exceptions import ValidationError

from coverage.newsroom.models import AuditEntry
from reviews import rules, verbs
from reviews.models import Correction, Release, Review
from reviews.rules import VerbRefused
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_part,
    make_review,
    make_reviewer,
    make_series,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    show = make_series()
    return make_live_review(show, episodes=[make_episode(show, "3")])


def correct(review, by, kind="score", note="We miscounted."):
    return verbs.correct(review, Act(by, NOW, note=note), kind=kind)


def stars_now():
    return Release.objects.live(NOW).get().edition.parts.get().stars


def test_the_old_score_stays_readable(review, editor):
    review.parts.update(stars="3.5")

    correct(review, editor)

    correction = review.corrections.get()
    assert correction.note == "We miscounted. (Episode 3: 4 → 3.5)"
    assert correction.edition == Release.objects.get().edition
    assert (correction.made_by, correction.made_at) == (editor, NOW)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda review: review.parts.update(stars=None), "Episode 3: 4 → unrated"),
        (lambda review: review.parts.all().delete(), "Episode 3: 4 → unrated"),
    ],
    ids=["unrated", "taken out"],
)
def test_a_score_that_goes_is_told_too(review, editor, change, told):
    change(review)

    correct(review, editor)

    assert told in review.corrections.get().note


def test_two_critics_of_one_episode_are_told_apart(review, editor):
    part = review.parts.get()
    make_part(review, part.episode, make_reviewer("Second Critic"), stars="2.0")
    verbs.approve(review, Act(editor, NOW))
    review.parts.filter(reviewer__byline="Second Critic").update(stars="2.5")

    correct(review, editor)

    assert "(Episode 3, Second Critic: 2 → 2.5)" in review.corrections.get().note


def test_a_whole_works_score_is_told_as_overall(editor):
    review = make_live_review(kind="season", stars="4.0")
    Review.objects.update(stars="3.0")

    correct(review, editor)

    assert review.corrections.get().note == "We miscounted. (Overall: 4 → 3)"


@pytest.mark.parametrize("kind", ["typo", "fact"])
def test_a_score_changes_by_no_other_kind(review, editor, kind):
    review.parts.update(stars="3.5")

    with pytest.raises(VerbRefused, match="only by a correction"):
        correct(review, editor, kind)

    assert stars_now() == 4


def test_nor_by_approving_it_anew(review, editor):
    review.parts.update(stars="3.5")

    with pytest.raises(VerbRefused, match="only by a correction"):
        verbs.approve(review, Act(editor, NOW))

    assert stars_now() == 4


def test_nor_while_it_is_withdrawn_and_due_again(review, editor):
    verbs.withdraw(review, Act(editor, NOW, note="An error."))
    verbs.reinstate(review, Act(editor, NOW), publish_at=FRIDAY)
    review.parts.update(stars="3.5")

    with pytest.raises(VerbRefused, match="only by a correction"):
        verbs.approve(review, Act(editor, NOW))


def test_without_the_rule_it_would(review, editor, monkeypatch):
    """A control."""
    monkeypatch.setattr(rules, "changed_scores", lambda *_: [])
    review.parts.update(stars="3.5")

    verbs.approve(review, Act(editor, NOW))

    assert stars_now() == 3.5


def test_a_piece_that_is_only_scheduled_changes_its_scores_freely(editor):
    show = make_series()
    review = approve(make_review(show, episodes=[make_episode(show)]))
    review.parts.update(stars="3.5")

    verbs.approve(review, Act(editor, NOW))

    assert Release.objects.live(FRIDAY).get().edition.parts.get().stars == 3.5


def test_a_new_part_brings_its_score_without_a_correction(review, editor):
    make_part(review, make_episode(review.series, "4"), make_reviewer())

    verbs.approve(review, Act(editor, NOW))

    assert Release.objects.live(NOW).get().edition.parts.count() == 2


def test_a_score_correction_without_a_changed_score_is_refused(review, editor):
    Review.objects.update(headline="Changed")

    with pytest.raises(VerbRefused, match="No score has changed"):
        correct(review, editor)


@pytest.mark.parametrize("kind", ["fact", "score"])
@pytest.mark.parametrize("note", ["", "  "])
def test_readers_are_told_what_was_wrong(review, editor, kind, note):
    review.parts.update(stars="3.5")

    with pytest.raises(VerbRefused, match="Tell the readers"):
        correct(review, editor, kind, note)


def test_a_typo_needs_no_words(review, editor):
    Review.objects.update(headline="Changed")

    correct(review, editor, "typo", "")

    assert Release.objects.live(NOW).get().edition.headline == "Changed"
    assert review.corrections.get().note == ""


def test_nothing_to_correct_is_said(review, editor):
    with pytest.raises(VerbRefused, match="nothing to correct"):
        correct(review, editor, "typo", "")


@pytest.mark.parametrize("kind", ["", "taste"])
def test_an_unknown_kind_is_refused(review, editor, kind):
    Review.objects.update(headline="Changed")

    with pytest.raises(ValidationError):
        correct(review, editor, kind)

    assert not Correction.objects.exists()


def test_the_trail_says_of_what_kind_it_was(review, editor):
    Review.objects.update(headline="Changed")

    correct(review, editor, "typo")

    assert AuditEntry.objects.about(review)[0].detail == {"kind": "typo", "edition": 2}
