"""Each machine's clock is corrected by its distance from the database's."""

import logging
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
import time_machine
from django.db import DatabaseError, InterfaceError, connection

from coverage.newsroom import clock
from coverage.newsroom.clock import Correction
from tests.factories import NOW

FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture
def passes(monkeypatch):
    """Lets a minute pass on the clock that only counts, which no correction touches."""
    counted = [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: counted[0])

    def pass_by(seconds=clock.MEASURED_EVERY_SECONDS):
        counted[0] += seconds

    return pass_by


@pytest.fixture(autouse=True)
def stopped():
    with time_machine.travel(NOW, tick=False):
        yield


def test_two_machines_five_minutes_apart_tell_the_same_instant(passes, monkeypatch):
    told = []
    for wrong in (timedelta(), FIVE_MINUTES, -FIVE_MINUTES):
        with time_machine.travel(NOW + wrong, tick=False):
            correction = Correction(ask=lambda: NOW)
            correction.keep_right()
            monkeypatch.setattr(clock, "_correction", correction)
            told.append(clock.now())

    assert told == [NOW] * 3


def test_nobody_goes_by_a_clock_that_is_being_measured_for_the_first_time():
    asked, told = Event(), Event()

    def ask():
        asked.set()
        told.wait(10)
        return NOW - FIVE_MINUTES

    correction = Correction(ask)
    applied = []

    def go_by_it():
        correction.keep_right()
        applied.append(correction.applied)

    threads = [Thread(target=go_by_it) for _ in range(3)]
    threads[0].start()
    asked.wait(10)
    for thread in threads[1:]:
        thread.start()
    # Whoever doesn't wait is through by then.
    threads[1].join(0.2)
    told.set()
    for thread in threads:
        thread.join()

    # The way took time, too, as its answer was waited for.
    assert [round(each / FIVE_MINUTES, 1) for each in applied] == [-1] * 3


def test_what_failed_before_there_was_any_measure_is_tried_again_soon(passes):
    answers = iter([InterfaceError("closed"), NOW + FIVE_MINUTES])

    def ask():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    correction = Correction(ask)
    correction.keep_right()
    passes(clock.AGAIN_AFTER_SECONDS)
    correction.keep_right()

    assert correction.applied == FIVE_MINUTES


def test_a_later_measure_moves_the_clock_by_half(passes):
    distances = iter([timedelta(seconds=10), timedelta(seconds=14), timedelta(seconds=14)])
    correction, applied = Correction(ask=lambda: NOW + next(distances)), []

    for _ in range(3):
        correction.keep_right()
        applied.append(correction.applied.total_seconds())
        passes()

    assert applied == [10, 12, 13]


def test_it_is_measured_once_a_minute(passes):
    asked = []

    def ask():
        asked.append(NOW)
        return NOW

    correction = Correction(ask)

    for seconds in (1, 58, 1, 59):
        correction.keep_right()
        passes(seconds)
    correction.keep_right()

    assert len(asked) == 2


def test_an_answer_that_took_long_says_nothing(passes):
    def slowly():
        passes(clock.LONGEST_ROUND_TRIP_SECONDS + 0.1)
        return NOW + FIVE_MINUTES

    correction = Correction(ask=slowly)
    correction.keep_right()

    assert correction.applied == timedelta()


def test_a_difference_that_may_be_the_ways_changes_nothing(passes):
    def on_its_way():
        passes(0.2)
        return NOW + timedelta(seconds=0.15)

    correction = Correction(ask=on_its_way)
    correction.keep_right()

    assert correction.applied == timedelta()


def test_a_database_that_is_away_leaves_the_clock_as_it_was(passes, caplog):
    def away():
        raise DatabaseError("gone")

    correction = Correction(ask=away, applied=FIVE_MINUTES)
    correction.keep_right()

    assert correction.applied == FIVE_MINUTES
    assert "can't be read" in caplog.text


def test_a_machine_that_is_far_off_is_told_of(passes, caplog):
    with caplog.at_level(logging.WARNING):
        Correction(ask=lambda: NOW + FIVE_MINUTES).keep_right()

    assert "This machine's clock is -300.000 s from the database's." in caplog.text


def test_nothing_is_measured_unless_it_is_asked_for(settings, monkeypatch):
    settings.CLOCK_BY_DATABASE = False
    correction = Correction(ask=lambda: pytest.fail("The database was asked."))
    monkeypatch.setattr(clock, "_correction", correction)

    clock.keep_right()

    assert clock.now() == NOW


@pytest.mark.django_db
def test_postgresql_tells_its_clock():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no clock of its own.")

    assert clock.database_time().tzinfo is not None
    assert clock.database_time() > datetime(2020, 1, 1, tzinfo=UTC)
