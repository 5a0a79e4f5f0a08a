from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from coverage.newsroom.latenight import LateNight
from coverage.newsroom.models import Publication
from coverage.newsroom.weeks import Week
from series.models import Episode
from tests.factories import make_episode, make_series

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "place"), [("7", "7"), ("12.5", "12.5"), ("0", "0"), ("", "0"), ("1071", "1071")]
)
def test_an_episode_stands_where_its_number_says(number, place):
    episode = Episode(series=make_series(), number=number)

    episode.full_clean()
    episode.save()

    assert episode.sort_key == Decimal(place)


def test_it_stands_elsewhere_when_an_editor_says_so():
    assert make_episode(make_series(), "0", sort_key=Decimal("6.5")).sort_key == Decimal("6.5")


@pytest.mark.parametrize("number", ["seven", "-1", "7.", "1.234", "12345", "７", "7 ", "7-8"])
def test_a_number_is_written_as_printed(number):
    with pytest.raises(ValidationError) as refused:
        Episode(series=make_series(), number=number).full_clean()

    assert "number" in refused.value.message_dict


def test_two_series_may_have_the_same_number():
    make_episode(make_series())

    Episode(series=make_series(), number="1").full_clean()


def test_its_name_is_its_number_and_a_films_is_its_series():
    show = make_series("Metallic Rouge")

    assert str(make_episode(show, "12.5")) == "Metallic Rouge Episode 12.5"
    assert make_episode(show, "12").label == "Episode 12"
    assert (make_episode(show, "").label, str(make_episode(make_series("Film"), ""))) == ("", "Film")


def test_they_come_in_the_order_of_their_keys_and_not_of_their_spelling():
    show = make_series()
    for number in ("10", "2", "6.5", "0", "6"):
        make_episode(show, number)

    assert [episode.number for episode in show.episodes.all()] == ["0", "2", "6", "6.5", "10"]


@pytest.mark.parametrize(("kind", "counts"), [("regular", True), ("special", True), ("recap", False)])
def test_only_a_recap_does_not_count(kind, counts):
    assert Episode(kind=kind).counts is counts


def test_a_week_holds_what_airs_in_it_as_the_newsroom_counts_it():
    zone, show, week = Publication.objects.get().zone, make_series(), Week(2026, 3)
    tick = timedelta.resolution
    airings = {
        "1": week.starts(zone) - tick,
        "2": week.starts(zone),
        "3": week.ends(zone) - tick,
        "4": week.ends(zone),
    }
    for number, airs_at in airings.items():
        make_episode(show, number, airs_at=airs_at)

    assert [episode.number for episode in Episode.objects.airing(week, zone)] == ["2", "3"]


def test_a_late_night_time_is_kept_as_its_instant_and_its_label():
    spoken = LateNight.parse("Wednesdays 24:55")
    zone = Publication(time_zone="Asia/Tokyo").zone

    make_episode(make_series(), airs_at=spoken.instant_in(Week(2024, 2), zone), late_night_label=spoken.label)

    episode = Episode.objects.get()
    assert episode.airs_at == datetime(2024, 1, 10, 15, 55, tzinfo=UTC)
    assert episode.late_night_label == "Wednesdays 24:55"
