"""What is moved is moved as it was proposed, or not at all."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Review
from reviews.moving import doing
from reviews.moving.doing import Changed, move
from reviews.moving.wishes import What, Wish
from reviews.rules import VerbRefused
from reviews.verbs import Act
from series.airings import Shift
from series.models import Episode, Series
from tests.factories import FRIDAY, NOW, approve, make_user
from tests.reviews.moving.asking import (
    A_WEEK,
    NEW_YORK,
    WEEK,
    airings,
    do,
    draft,
    episode,
    everything,
    pieces,
    planned,
    proposed,
    scheduled,
)

pytestmark = pytest.mark.django_db


def test_nothing_is_moved_into_the_past(series, chief):
    eighth = draft(series, 8)

    with pytest.raises(VerbRefused, match="would have aired by now"):
        do(airings(series, 8, Shift(NEW_YORK, -14)), chief)
    with pytest.raises(VerbRefused, match="has passed"):
        do(pieces(series, 8, Shift(NEW_YORK, -14)), chief)

    assert planned(eighth) == FRIDAY + WEEK


@pytest.mark.parametrize(
    ("what", "role", "may"),
    [
        (What.AIRINGS, Role.WRITER, False),
        (What.AIRINGS, Role.EDITOR, False),
        (What.AIRINGS, Role.CHIEF, True),
        (What.PIECES, Role.WRITER, False),
        (What.PIECES, Role.EDITOR, True),
        (What.PIECES, Role.CHIEF, True),
    ],
)
def test_airings_are_a_chiefs_pieces_an_editors(series, what, role, may):
    draft(series, 8)
    before = everything()
    wish = Wish(what, episode(series, 8), shift=A_WEEK)

    try:
        do(wish, make_user(role))
    except PermissionDenied:
        assert everything() == before

    assert (everything() != before) == may


CHANGES = {
    "the airing": lambda review: Episode.objects.filter(number="8").update(airs_at=FRIDAY),
    "the label": lambda review: Episode.objects.filter(number="8").update(late_night_label="Fridays 24:00"),
    "the plan": lambda review: Review.objects.filter(pk=review.pk).update(planned_at=FRIDAY + 4 * WEEK),
    "the status": lambda review: verbs.submit(review, Act(make_user(Role.EDITOR), NOW)),
    "what it is about": lambda review: review.parts.update(episode=review.series.episodes.get(number="9")),
    "an approval": lambda review: approve(review, FRIDAY + WEEK),
    "another piece": lambda review: draft(review.series, 8),
    "the embargo": lambda review: Series.objects.update(embargo_until=FRIDAY + 4 * WEEK),
    "the series' slot": lambda review: Series.objects.update(slot_weekday=0, slot_time="12:00"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_since_it_was_seen_is_refused(series, chief, change):
    review, wish = draft(series, 8), airings(series)
    seen = proposed(wish).token
    CHANGES[change](review)
    before = everything()

    with pytest.raises(Changed):
        move(wish, seen, Act(chief, NOW), [review.pk])

    assert everything() == before


def test_words_that_a_writer_saves_meanwhile_are_no_conflict(series, chief):
    review, wish = draft(series, 8), airings(series)
    seen = proposed(wish).token
    Review.objects.update(headline="A better one")
    review.keep(by=None, at=NOW)

    move(wish, seen, Act(chief, NOW), [])

    assert planned(review) == FRIDAY + 2 * WEEK
    assert Review.objects.get().headline == "A better one"


def test_an_open_form_of_a_moved_draft_is_stale(series, chief):
    review = draft(series, 8)

    do(airings(series), chief)

    assert Review.objects.get().version != review.version


def test_of_what_fails_halfway_nothing_is_left(series, chief, monkeypatch):
    draft(series, 8)
    approved = scheduled(series, 9)
    before = everything()

    def refuse(*args, **kwargs):
        raise ValidationError("No.")

    monkeypatch.setattr(Episode, "clean", refuse)
    with pytest.raises(ValidationError):
        do(airings(series, 8, onward=True), chief, approved)

    assert everything() == before


def test_an_airing_is_not_moved_past_a_piece_that_only_came_to_be_approved_now(series, chief, monkeypatch):
    """The model's own rule stands behind the proposal."""
    wish = airings(series)
    found = proposed(wish)
    scheduled(series, 8)

    monkeypatch.setattr(doing, "_proposal", lambda *args: found)

    with pytest.raises(ValidationError, match="goes live before"):
        move(wish, found.token, Act(chief, NOW), [])
