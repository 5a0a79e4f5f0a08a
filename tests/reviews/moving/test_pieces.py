"""Pieces that move within their weeks while the airings stay."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from coverage.newsroom.latenight import LateNight
from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews.rules import VerbRefused
from series.airings import Shift
from series.models import Episode
from tests.factories import (
    FRIDAY,
    make_live_review,
    make_user,
)
from tests.reviews.moving.asking import (
    DAY,
    NEW_YORK,
    WEEK,
    airs,
    do,
    draft,
    episode,
    pieces,
    planned,
    proposed,
    publish_at,
    scheduled,
)

pytestmark = pytest.mark.django_db


def test_what_is_live_or_was_stays_where_it_is(series, chief):
    live = make_live_review(series, episodes=[episode(series, 6)])

    assert proposed(pieces(series, 6, onward=True)).pieces == ()
    assert publish_at(live) == FRIDAY - WEEK


def test_the_slot_moves_alone_and_airings_stay(series, chief):
    editor, before = make_user(Role.EDITOR), airs(series)
    drafted, approved, later = draft(series, 8), scheduled(series, 9), draft(series, 10)

    do(pieces(series, 8, Shift(NEW_YORK, 1), onward=True), editor, approved)

    assert airs(series) == before
    assert planned(drafted) == FRIDAY + WEEK + DAY
    assert publish_at(approved) == FRIDAY + 2 * WEEK + DAY
    assert planned(later) == FRIDAY + 3 * WEEK + DAY


def test_of_one_episode_alone_only_its_piece_moves(series):
    drafted, later = draft(series, 8), draft(series, 9)

    do(pieces(series), make_user(Role.EDITOR))

    assert (planned(drafted), planned(later)) == (FRIDAY + 2 * WEEK, FRIDAY + 2 * WEEK)


def test_no_piece_is_moved_before_its_episode(series):
    drafted = draft(series, 8)

    with pytest.raises(VerbRefused, match="before its episode has aired"):
        do(pieces(series, 8, Shift(NEW_YORK, -4)), make_user(Role.EDITOR))

    assert planned(drafted) == FRIDAY + WEEK


def test_a_piece_that_its_delayed_episode_has_overtaken_goes_to_the_next_slot(series):
    drafted, eighth = draft(series, 8), episode(series, 8)
    Episode.objects.filter(pk=eighth.pk).update(airs_at=FRIDAY + WEEK + DAY)

    do(pieces(series, 8, shift=None), make_user(Role.EDITOR))

    assert planned(drafted) == FRIDAY + 2 * WEEK


def test_an_embargo_holds_a_piece_as_an_airing_does(series, chief):
    drafted = draft(series, 8)
    Episode.objects.filter(number="8").update(embargo_until=FRIDAY + 3 * WEEK + DAY)

    do(pieces(series, 8, shift=None), chief)

    assert planned(drafted) == FRIDAY + 4 * WEEK


def test_a_chief_moves_the_series_slot_itself_with_what_follows(series, chief):
    drafted = draft(series, 8)
    saturdays = Shift(NEW_YORK, 0, LateNight.parse("Saturdays 10:00"))

    do(pieces(series, 8, saturdays, onward=True), chief, keep_slot=True)

    series.refresh_from_db()
    assert (series.slot_weekday, f"{series.slot_time:%H:%M}") == (5, "10:00")
    assert planned(drafted) == FRIDAY + WEEK + DAY + timedelta(hours=1)
    entry = AuditEntry.objects.about(series).get(verb="move_slot")
    (value,) = entry.detail["changes"][0]["values"]
    assert (value["was"], value["now"]) == ("Friday 09:00", "Saturday 10:00")


def test_an_editor_moves_the_pieces_and_not_the_series_slot(series):
    drafted, editor = draft(series, 8), make_user(Role.EDITOR)
    saturdays = pieces(series, 8, Shift(NEW_YORK, 0, LateNight.parse("Saturdays")), onward=True)

    with pytest.raises(PermissionDenied):
        do(saturdays, editor, keep_slot=True)
    do(saturdays, editor)

    series.refresh_from_db()
    assert series.slot_weekday is None
    assert planned(drafted) == FRIDAY + WEEK + DAY


def test_a_slot_past_midnight_is_the_next_days(series, chief):
    draft(series, 8)
    late = Shift(NEW_YORK, 0, LateNight.parse("Sundays 25:00"))

    do(pieces(series, 8, late, onward=True), chief, keep_slot=True)

    series.refresh_from_db()
    assert (series.slot_weekday, f"{series.slot_time:%H:%M}") == (0, "01:00")
