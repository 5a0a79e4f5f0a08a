from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from coverage.newsroom.roles import Role
from reviews.models import EpisodeReview, Kind, Review
from reviews.stale import StaleVersion
from reviews.status import Stage, Status
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_a_stored_status_is_named_as_it_is_stored():
    """`Status[value.upper()]` finds the member."""
    assert all(Status[status.value.upper()] is status for status in Status)


def test_an_approved_piece_is_scheduled_and_then_live():
    review = approve(make_review())

    assert review.stage(FRIDAY - timedelta.resolution) == Stage.SCHEDULED
    assert review.stage(FRIDAY) == Stage.LIVE


@pytest.mark.parametrize("status", [status for status in Status if status != Status.APPROVED])
def test_any_other_stands_where_its_status_says(status):
    assert Review(status=status).stage(NOW) == status.value


def test_mine_is_what_i_began_what_bears_my_name_and_what_i_have_a_part_in():
    user = make_user(Role.WRITER)
    me = make_reviewer(user=user)
    show = make_series()
    begun, named = make_review(by=user), make_review(reviewer=me)
    shared = make_review(show)
    make_part(shared, make_episode(show), me)
    make_review()

    assert set(Review.objects.of(user)) == {begun, named, shared}
    assert begun.is_own(user)
    assert not begun.is_written_by(user)
    assert named.is_written_by(user)
    assert shared.is_written_by(user)


def test_a_guest_owns_nothing_at_the_desk():
    review = make_review(reviewer=make_reviewer())

    assert not review.is_own(make_user(Role.WRITER))


def test_what_is_read_may_be_written_until_somebody_else_has():
    review = make_review()

    assert Review.claim(review.pk, review.version) == review
    assert Review.claim(review.pk, None) == review
    with pytest.raises(StaleVersion) as stale:
        Review.claim(review.pk, uuid4())
    assert stale.value.review == review


def test_a_piece_spoils_episodes_of_its_own_series():
    review = make_review()
    review.spoils_through = make_episode(make_series())

    with pytest.raises(ValidationError, match="an episode of this series"):
        review.full_clean()
    review.spoils_through = make_episode(review.series)

    review.full_clean()


def test_a_roundup_may_spoil_any():
    review = make_review(kind=Kind.ROUNDUP)
    review.series, review.spoils_through = None, make_episode(make_series())

    review.full_clean()


def test_a_spoiling_picture_is_no_lead():
    review = make_review()
    review.lead_picture = make_picture(spoils=True)

    with pytest.raises(ValidationError) as refused:
        review.full_clean()

    assert "lead_picture" in refused.value.message_dict


def test_a_run_ends_after_it_begins_and_in_its_own_series():
    show = make_series()
    second, elsewhere = make_episode(show, "2"), make_episode(make_series(), "9")
    review = make_review(show, episodes=[second])
    part = review.parts.get()

    for wrong in (make_episode(show, "1"), second, elsewhere):
        part.last_episode = wrong
        with pytest.raises(ValidationError, match="a later episode of the same series"):
            part.full_clean()
    part.last_episode = make_episode(show, "3")

    part.full_clean()
    assert part.label == "Episodes 2–3"


def test_a_part_without_its_episode_is_told_so_and_nothing_breaks():
    with pytest.raises(ValidationError) as refused:
        EpisodeReview(review=make_review(), reviewer=make_reviewer()).full_clean()

    assert set(refused.value.message_dict) == {"episode"}


def test_the_working_copy_may_be_loaded_without_its_content():
    make_review()

    assert "headline" in Review.objects.without_content().get().get_deferred_fields()
