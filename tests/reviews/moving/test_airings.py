"""Airings that move, alone or with all that follow."""

from datetime import timedelta

import pytest

from coverage.newsroom.latenight import LateNight
from coverage.newsroom.models import AuditEntry
from reviews.rules import VerbRefused
from series.airings import STATIONS, Shift
from tests.factories import (
    FRIDAY,
)
from tests.reviews.moving.asking import (
    DAY,
    WEEK,
    airings,
    airs,
    do,
    draft,
    episode,
    proposed,
)

pytestmark = pytest.mark.django_db


def test_one_airing_moves_and_no_other(series, chief):
    before = airs(series)

    do(airings(series), chief)

    assert airs(series) == before | {"8": before["8"] + WEEK}


def test_all_from_an_episode_on_move(series, chief):
    before = airs(series)

    do(airings(series, 9, onward=True), chief)

    assert airs(series) == before | {"9": before["9"] + WEEK, "10": before["10"] + WEEK}


def test_what_has_aired_keeps_its_instant(series, chief):
    before = airs(series)

    done = do(airings(series, 6, onward=True), chief)

    assert [kept.number for kept in done.kept] == ["6", "7"]
    assert {number for number, when in airs(series).items() if when != before[number]} == {"8", "9", "10"}


def test_an_airing_of_this_very_instant_has_aired(series, chief):
    eighth = episode(series, 8)

    assert [kept.number for kept in proposed(airings(series, 8), eighth.airs_at).kept] == ["8"]
    assert not proposed(airings(series, 8), eighth.airs_at - timedelta.resolution).kept


def test_alone_what_has_aired_is_refused_with_the_reason(series, chief):
    with pytest.raises(VerbRefused, match="keeps its instant"):
        do(airings(series, 7), chief)


def test_it_says_from_which_slot_to_which_its_piece_is_due(series, chief):
    (airing,) = proposed(airings(series)).airings

    assert (airing.due_was, airing.due_to) == (FRIDAY + WEEK, FRIDAY + 2 * WEEK)


def test_the_late_night_label_goes_with_it(series, chief):
    eighth = episode(series, 8)
    eighth.airs_at = LateNight.parse("Wednesdays 24:55").slot(STATIONS).next_at_or_after(FRIDAY)
    eighth.late_night_label = "Wednesdays 24:55"
    eighth.save()

    do(airings(series, 8, Shift(STATIONS, 1)), chief)

    assert episode(series, 8).late_night_label == "Thursdays 24:55"
    assert episode(series, 8).airs_at == eighth.airs_at + DAY


def test_it_stands_in_the_histories_of_all_that_moved(series, chief):
    drafted = draft(series, 8)

    do(airings(series), chief)

    def told(subject):
        return [(entry.verb, entry.note) for entry in AuditEntry.objects.about(subject)]

    assert told(series) == [("move", "Golf.")]
    assert told(episode(series, 8)) == [("move_airing", "Golf.")]
    assert told(drafted) == [("replan", "Golf.")]
