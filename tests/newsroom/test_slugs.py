from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Review
from reviews.verbs import Act
from series.models import Series
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_live_review,
    make_review,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db


def rename(row, slug, at=NOW):
    was, row.slug = row.slug, slug
    row.full_clean()
    row.save()
    row.keep_former_slug(was, at)
    return was


def renamable():
    return [
        pytest.param(lambda: make_series(is_public=True), Series, id="series"),
        pytest.param(make_live_review, Review, id="review"),
    ]


@pytest.mark.parametrize(("make", "model"), renamable())
def test_a_slug_that_readers_may_have_kept_leads_to_the_new_one(make, model):
    row = make()

    was = rename(row, "new-name")

    assert model.renamed(was) == row
    assert model.renamed("new-name") is None


@pytest.mark.parametrize(("make", "model"), renamable())
def test_a_second_change_leaves_no_chain(make, model):
    row = make()
    first, second = rename(row, "second"), rename(row, "third")

    assert model.renamed(first).slug == model.renamed(second).slug == "third"


@pytest.mark.parametrize(("make", "model"), renamable())
def test_going_back_to_an_old_slug_makes_it_the_address_again(make, model):
    row = make()
    first = rename(row, "second")

    second = rename(row, first)

    assert model.renamed(first) is None
    assert model.renamed(second) == row


@pytest.mark.parametrize(("make", "model"), renamable())
def test_nothing_else_takes_a_slug_that_readers_know(make, model):
    was = rename(make(), "new-name")
    other = make()
    other.slug = was

    with pytest.raises(ValidationError, match="Readers know another page"):
        other.full_clean()


@pytest.mark.parametrize(("make", "model"), renamable())
def test_saving_without_a_change_keeps_nothing(make, model):
    row = make()

    rename(row, row.slug)

    assert not row.former_slugs.exists()


def test_a_draft_changes_its_slug_without_a_trace():
    review = make_review()

    was = rename(review, "new-name")

    assert Review.renamed(was) is None


def test_a_scheduled_piece_was_not_seen_yet_and_a_withdrawn_one_was():
    scheduled, withdrawn = approve(make_review()), make_live_review()
    verbs.withdraw(withdrawn, Act(make_user(Role.EDITOR), NOW, note="An error."))

    unseen, seen = rename(scheduled, "a"), rename(Review.objects.get(pk=withdrawn.pk), "b")

    assert Review.renamed(unseen) is None
    assert Review.renamed(seen) == withdrawn


def test_a_piece_is_seen_from_its_instant_on():
    review = approve(make_review())
    second = timedelta(seconds=1)

    assert not review.was_ever_public(FRIDAY - second)
    assert review.was_ever_public(FRIDAY)


def test_a_series_that_was_hidden_again_is_not_forgotten():
    show = make_series(is_public=True)
    show.is_public = False
    show.save(update_fields=["is_public"])

    was = rename(Series.objects.get(), "new-name")

    assert Series.renamed(was) == show


def test_a_series_that_was_never_public_is():
    show = make_series(is_public=False)

    was = rename(show, "new-name")

    assert Series.renamed(was) is None


def test_showing_a_series_by_that_field_alone_is_remembered():
    show = make_series(is_public=False)
    show.is_public = True
    show.save(update_fields=["is_public"])

    assert Series.objects.get().has_been_public
