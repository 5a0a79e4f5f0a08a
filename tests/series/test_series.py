from datetime import time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from coverage.newsroom.models import Publication
from coverage.newsroom.models.publication import Weekday
from coverage.newsroom.slots import WeeklySlot
from series.models import SeriesStudio, Studio
from tests.factories import make_picture, make_series

pytestmark = pytest.mark.django_db


def test_a_series_goes_out_with_the_paper():
    publication = Publication.objects.get()

    assert make_series().slot(publication) == publication.slot


def test_a_series_with_its_own_slot_goes_by_it_in_the_newsrooms_zone():
    show = make_series(slot_weekday=Weekday.TUESDAY, slot_time=time(17))

    assert show.slot(Publication.objects.get()) == WeeklySlot(1, time(17), ZoneInfo("America/New_York"))


def test_midnight_on_monday_is_a_slot_too():
    show = make_series(slot_weekday=Weekday.MONDAY, slot_time=time(0))

    assert show.slot(Publication.objects.get()).weekday == 0
    show.full_clean()


def test_a_spoiling_picture_is_no_key_visual():
    show = make_series()
    show.key_visual = make_picture(spoils=True)

    with pytest.raises(ValidationError) as refused:
        show.full_clean()

    assert set(refused.value.message_dict) == {"key_visual"}


def test_a_key_visual_that_turns_out_to_spoil_is_not_shown():
    show = make_series(key_visual=make_picture())
    assert show.picture == show.key_visual

    show.key_visual.spoils = True

    assert show.picture is None
    assert make_series().picture is None


def test_a_prequel_and_its_sequels_know_each_other():
    first = make_series()
    second, third = make_series(prequel=first), make_series(prequel=first)

    assert set(first.sequels.all()) == {second, third}
    second.full_clean()


def test_no_series_comes_before_itself_however_far_round():
    first = make_series()
    second = make_series(prequel=first)
    third = make_series(prequel=second)
    first.prequel = third

    with pytest.raises(ValidationError, match="comes before the one you chose"):
        first.full_clean()


def test_a_round_that_is_there_already_does_not_hang_the_form():
    first = make_series()
    second = make_series(prequel=first)
    type(first).objects.filter(pk=first.pk).update(prequel=second)
    other = make_series(prequel=second)

    other.full_clean()


def test_one_studio_is_the_main_one_and_comes_first():
    show = make_series()
    for slug, is_main in [("a-assisting", False), ("b-main", True), ("c-assisting", False)]:
        studio = Studio.objects.create(name=slug, slug=slug)
        SeriesStudio.objects.create(series=show, studio=studio, is_main=is_main)

    assert [str(link) for link in show.studio_links.all()] == ["b-main", "a-assisting", "c-assisting"]


def test_a_two_cour_show_stands_in_both_seasons():
    show = make_series()
    for season in ("winter", "spring"):
        show.seasons.create(year=2026, season=season)

    assert [str(season) for season in show.seasons.all()] == ["Winter 2026", "Spring 2026"]
