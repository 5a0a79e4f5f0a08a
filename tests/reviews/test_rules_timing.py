"""Nothing goes live before its episode has aired or its embargo ends, unless a chief says so."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from reviews import rules, verbs
from reviews.models import Edition, Kind, Release, Review
from reviews.rules import VerbRefused
from reviews.verbs import Act
from series.models import Episode
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

SECOND = timedelta(seconds=1)
LATER = FRIDAY + timedelta(days=1)
NEXT_FRIDAY = FRIDAY + timedelta(days=7)


def unaired():
    show = make_series()
    return make_review(show, episodes=[make_episode(show, airs_at=LATER)])


def embargoed_episode():
    show = make_series()
    return make_review(show, episodes=[make_episode(show, embargo_until=LATER)])


def embargoed_series():
    return make_review(make_series(embargo_until=LATER))


def embargoed_series_of_a_part():
    return make_review(
        make_series(), kind=Kind.ROUNDUP, episodes=[make_episode(make_series(embargo_until=LATER))]
    )


def run_of(show, middle=None, last=None):
    """A part on 25 to 27 together."""
    first = make_episode(show, "25")
    make_episode(show, "26", **middle or {})
    review = make_review(show, episodes=[first])
    review.parts.update(last_episode=make_episode(show, "27", **last or {}))
    return review


def embargo_within_a_run():
    return run_of(make_series(), middle={"embargo_until": LATER})


def end_of_a_run():
    return run_of(make_series(), last={"airs_at": LATER})


TOO_EARLY = [unaired, embargoed_episode, embargoed_series, embargoed_series_of_a_part,
             embargo_within_a_run, end_of_a_run]  # fmt: skip


@pytest.mark.parametrize("make", TOO_EARLY)
def test_a_piece_waits_for_what_it_speaks_of(make, editor):
    review = make()

    with pytest.raises(VerbRefused, match=r"hasn't aired by then|is under embargo then"):
        verbs.approve(review, Act(editor, NOW), publish_at=LATER - SECOND)
    verbs.approve(review, Act(editor, NOW), publish_at=LATER)

    assert Release.objects.get().publish_at == LATER


@pytest.mark.parametrize("make", TOO_EARLY)
def test_the_next_slot_lies_after_all_of_it(make, editor):
    verbs.approve(make(), Act(editor, NOW))

    assert Release.objects.get().publish_at == NEXT_FRIDAY


@pytest.mark.parametrize("make", TOO_EARLY)
def test_a_chief_may_set_the_rule_aside_with_a_reason(make, chief, editor):
    review = make()

    for by, reason in [(chief, ""), (chief, "  "), (editor, "Screener")]:
        with pytest.raises(VerbRefused):
            verbs.approve(review, Act(by, NOW), publish_at=FRIDAY, exception=reason)
    verbs.approve(review, Act(chief, NOW), publish_at=FRIDAY, exception="Screener")

    assert Release.objects.get().exception_reason == "Screener"


@pytest.mark.parametrize("make", TOO_EARLY)
def test_without_the_rule_it_would_go_out(make, editor, monkeypatch):
    """A control."""
    monkeypatch.setattr(rules, "obstacles", lambda *_: [])

    verbs.approve(make(), Act(editor, NOW), publish_at=FRIDAY)

    assert Release.objects.live(FRIDAY).exists()


@pytest.mark.parametrize("make", TOO_EARLY)
def test_rescheduling_asks_again(make, chief, editor):
    review = approve(make(), NEXT_FRIDAY)

    with pytest.raises(VerbRefused, match="ask a chief"):
        verbs.reschedule(review, Act(editor, NOW), publish_at=FRIDAY)
    verbs.reschedule(review, Act(chief, NOW), publish_at=FRIDAY, exception="Screener")

    assert Release.objects.get().exception_reason == "Screener"


def test_what_counts_is_the_edition_that_goes_out_not_the_working_copy(editor):
    """Or taking the part out on the desk would let the approved text go out early."""
    review = approve(unaired(), NEXT_FRIDAY)
    review.parts.all().delete()

    with pytest.raises(VerbRefused, match="hasn't aired"):
        verbs.reschedule(review, Act(editor, NOW), publish_at=FRIDAY)


def test_a_part_added_on_the_desk_does_not_hold_back_what_is_approved(editor):
    show = make_series()
    review = approve(make_review(show, episodes=[make_episode(show)]))
    make_part(review, make_episode(show, "2", airs_at=LATER), make_reviewer())

    verbs.reschedule(review, Act(editor, NOW), publish_at=FRIDAY + SECOND)

    assert Release.objects.get().publish_at == FRIDAY + SECOND


def add_an_unaired_part(review):
    make_part(review, make_episode(review.series, "9", airs_at=LATER), make_reviewer())
    review.keep(by=None, at=NOW)


def test_a_live_piece_gets_no_part_on_an_episode_that_has_not_aired(editor):
    review = make_live_review()
    add_an_unaired_part(review)

    with pytest.raises(VerbRefused, match="hasn't aired"):
        verbs.approve(review, Act(editor, NOW))
    with pytest.raises(VerbRefused, match="hasn't aired"):
        verbs.correct(review, Act(editor, NOW, note="Added."), kind="fact")

    assert not Episode.objects.public(NOW).exists()


def test_nor_by_taking_it_back_and_giving_it_again(editor):
    review = make_live_review()
    verbs.withdraw(review, Act(editor, NOW, note="An error."))
    verbs.reinstate(review, Act(editor, NOW), publish_at=FRIDAY)
    add_an_unaired_part(review)

    with pytest.raises(VerbRefused, match="hasn't aired"):
        verbs.approve(review, Act(editor, NOW))


def test_an_exception_holds_for_the_next_edition_of_the_same_but_for_nothing_new(chief, editor):
    review = unaired()
    verbs.approve(review, Act(chief, NOW), publish_at=FRIDAY, exception="Screener")
    Review.objects.update(headline="A better headline")

    verbs.approve(review, Act(editor, NOW))
    add_an_unaired_part(review)
    with pytest.raises(VerbRefused, match="Episode 9 hasn't aired"):
        verbs.approve(review, Act(editor, NOW))

    release = Release.objects.get()
    assert release.edition.headline == "A better headline"
    assert release.exception_reason == "Screener"


def test_a_reinstated_piece_waits_for_an_embargo_that_came_since(editor):
    show = make_series()
    review = make_live_review(show, episodes=[make_episode(show)])
    verbs.withdraw(review, Act(editor, NOW, note="The publisher asks."))
    Episode.objects.update(embargo_until=LATER)

    with pytest.raises(VerbRefused, match="under embargo"):
        verbs.reinstate(review, Act(editor, NOW))
    verbs.reinstate(review, Act(editor, NOW), publish_at=LATER)

    assert not Release.objects.live(LATER - SECOND).exists()
    assert Release.objects.live(LATER).exists()


@pytest.mark.parametrize("verb", ["reschedule", "reinstate"])
def test_nothing_is_put_into_the_past(verb, editor):
    review = approve(make_review()) if verb == "reschedule" else make_live_review()
    if verb == "reinstate":
        verbs.withdraw(review, Act(editor, NOW, note="An error."))

    with pytest.raises(VerbRefused, match="That instant has passed"):
        verbs.VERBS[verb](review, Act(editor, NOW), publish_at=NOW - SECOND)
    verbs.VERBS[verb](review, Act(editor, NOW), publish_at=NOW)

    assert Release.objects.live(NOW).exists()


def test_approving_for_an_instant_that_has_passed_means_now_and_never_backdates(editor):
    verbs.approve(make_review(), Act(editor, NOW), publish_at=NOW - timedelta(days=30))

    assert Release.objects.get().publish_at == NOW


# What is covered must not be moved past what speaks of it


@pytest.mark.parametrize("field", ["airs_at", "embargo_until"])
def test_an_episode_does_not_move_past_its_review(field, editor):
    show = make_series()
    episode = make_episode(show)
    review = approve(make_review(show, episodes=[episode]))
    setattr(episode, field, LATER)

    with pytest.raises(ValidationError, match="A review of it goes live before that"):
        episode.full_clean()
    verbs.reschedule(review, Act(editor, NOW), publish_at=LATER)

    episode.full_clean()


def test_a_series_does_not_come_under_embargo_past_its_review():
    review = approve(make_review())
    series = review.series
    series.embargo_until = LATER

    with pytest.raises(ValidationError, match="A review goes live before that"):
        series.full_clean()
    series.embargo_until = FRIDAY

    series.full_clean()


def test_what_a_chief_has_set_aside_stays_editable(chief):
    review = unaired()
    verbs.approve(review, Act(chief, NOW), publish_at=FRIDAY, exception="Screener")
    episode = Episode.objects.get()
    episode.airs_at = LATER + timedelta(days=7)
    episode.title = "A better title"

    episode.full_clean()


def test_an_episode_that_nothing_speaks_of_moves_as_it_likes():
    episode = make_episode(make_series())
    episode.airs_at = episode.embargo_until = LATER

    episode.full_clean()


def test_a_series_is_not_hidden_while_a_review_of_it_is_live_or_due():
    series = approve(make_review()).series
    series.is_public = False

    with pytest.raises(ValidationError, match="Withdraw them first"):
        series.full_clean()


def test_a_live_review_does_not_move_to_a_series_that_readers_cannot_see():
    review = make_live_review()
    review.series = make_series(is_public=False)

    with pytest.raises(ValidationError, match="Readers can't see this series"):
        review.full_clean()
    review.series = make_series()

    review.full_clean()


def test_a_rated_piece_does_not_become_a_preview_once_it_is_approved():
    show = make_series()
    review = approve(make_review(show, episodes=[make_episode(show)]))
    review.parts.update(stars=None)
    review.kind = Kind.PREVIEW

    with pytest.raises(ValidationError, match="A preview has no stars"):
        review.full_clean()


def test_a_piece_does_not_move_away_from_the_episodes_that_it_was_approved_with():
    show = make_series()
    review = approve(make_review(show, episodes=[make_episode(show)]))
    review.series = make_series()

    with pytest.raises(ValidationError, match="another series' episode"):
        review.full_clean()


def test_a_refused_verb_keeps_no_edition(editor):
    review = make_live_review()
    add_an_unaired_part(review)
    kept = Edition.objects.count()
    Review.objects.filter(pk=review.pk).update(headline="Unsaved so far")

    with pytest.raises(VerbRefused):
        verbs.approve(review, Act(editor, NOW))

    assert Edition.objects.count() == kept
