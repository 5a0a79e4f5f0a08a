from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from coverage.newsroom import boundaries
from coverage.newsroom.models import Publication
from coverage.newsroom.models.publication import ensure_publication
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.verbs import Act
from tests.factories import FRIDAY, NOW, approve, make_episode, make_review, make_series, make_user

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MOMENT = NOW + timedelta(hours=3)


def boundary(at=NOW):
    return Publication.objects.current(at).next_boundary(at)


def test_there_is_one_publication_after_migrating():
    ensure_publication("default", apps)

    assert Publication.objects.get().pk == 1


def test_its_slot_is_friday_nine_in_new_york():
    assert Publication.objects.get().slot.next_at_or_after(NOW) == FRIDAY


def test_the_publication_and_its_boundary_are_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        boundary()


def test_an_unknown_zone_is_refused_with_a_sentence():
    publication = Publication.objects.get()
    publication.time_zone = "Mars/Olympus"

    with pytest.raises(ValidationError, match="is no IANA time zone"):
        publication.full_clean()


def test_the_week_is_counted_in_the_newsrooms_zone():
    sunday_evening_in_new_york = datetime(2026, 1, 19, 3, 0, tzinfo=UTC)

    assert str(Publication.objects.get().week(sunday_evening_in_new_york)) == "2026-W03"


def release():
    approve(make_review(), MOMENT)


def withdrawn_release():
    review = approve(make_review(), MOMENT)
    verbs.withdraw(review, Act(make_user(Role.CHIEF), NOW))


def airing():
    make_episode(make_series(), airs_at=MOMENT)


def episode_embargo():
    make_episode(make_series(), embargo_until=MOMENT)


def series_embargo():
    make_series(embargo_until=MOMENT)


def piece_in_the_news():
    two_days_before = MOMENT - timedelta(hours=48)
    approve(make_review(), two_days_before, at=two_days_before - timedelta(hours=1))


SOURCES = {
    "boundary_news_window": piece_in_the_news,
    "boundary_release": release,
    "boundary_airing": airing,
    "boundary_episode_embargo": episode_embargo,
    "boundary_series_embargo": series_embargo,
}


def test_every_source_of_boundaries_has_an_example_here():
    assert set(SOURCES) == set(boundaries.names())


@pytest.mark.parametrize("name", SOURCES)
def test_each_source_is_a_boundary_until_it_has_come(name):
    without = boundary(MOMENT)

    SOURCES[name]()

    assert boundary(NOW) == boundary(MOMENT - SECOND) == MOMENT
    assert boundary(MOMENT) == without > MOMENT


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_that_were_forgotten_would_be_noticed(name, monkeypatch):
    SOURCES[name]()

    monkeypatch.delitem(boundaries._sources, name)

    assert boundary() != MOMENT


def test_the_earliest_of_several_counts():
    approve(make_review(), MOMENT)
    make_episode(make_series(), airs_at=MOMENT - SECOND)

    assert boundary() == MOMENT - SECOND


def test_a_release_taken_back_turns_nothing():
    undisturbed = boundary()

    withdrawn_release()

    assert boundary() == undisturbed


def test_the_next_slot_is_a_boundary_and_so_is_each_day():
    midnight = datetime(2026, 1, 16, 5, 0, tzinfo=UTC)

    assert boundary(midnight - SECOND) == midnight
    assert boundary(midnight) == boundary(FRIDAY - SECOND) == FRIDAY
    assert boundary(FRIDAY) == midnight + timedelta(days=1)


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Africa/Cairo"])
@pytest.mark.parametrize("month", range(1, 13))
def test_a_boundary_is_never_more_than_two_days_away_whatever_the_clocks_do(zone, month):
    publication = Publication(time_zone=zone, slot_time=time(2, 30), slot_weekday=6)
    publication.__dict__ |= dict.fromkeys(boundaries.names())  # nothing planned

    for hours in range(0, 31 * 24, 7):
        at = datetime(2026, month, 1, tzinfo=UTC) + timedelta(hours=hours)
        assert at < publication.next_boundary(at) <= at + timedelta(days=2)


def test_a_day_with_a_change_of_clocks_ends_at_midnight_all_the_same():
    zone = ZoneInfo("America/New_York")
    sunday = datetime(2026, 3, 8, 6, tzinfo=UTC)

    assert boundary(sunday).astimezone(zone) == datetime(2026, 3, 9, tzinfo=zone)


def test_a_day_shown_twice_by_clocks_set_back_over_midnight_ends_once_more():
    publication = Publication(time_zone="America/Havana")
    first_midnight = datetime(2026, 11, 1, 4, tzinfo=UTC)

    assert publication.next_day(first_midnight) == datetime(2026, 11, 2, 5, tzinfo=UTC)
