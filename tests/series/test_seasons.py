from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from series.models import Series, SeriesSeason
from series.models.series import Season
from series.seasons import YearSeason, running_in
from tests.factories import make_series


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 1), "Winter 2026"),
        (date(2026, 3, 31), "Winter 2026"),
        (date(2026, 4, 1), "Spring 2026"),
        (date(2026, 7, 1), "Summer 2026"),
        (date(2026, 10, 1), "Fall 2026"),
        (date(2026, 12, 31), "Fall 2026"),
    ],
)
def test_a_day_lies_in_a_season(day, said):
    assert str(YearSeason.of_day(day)) == said


def test_seasons_come_in_the_order_of_the_year():
    year = [YearSeason(2026, season) for season in ("winter", "spring", "summer", "fall")]
    year = [YearSeason.of(each.year, each.season) for each in year]

    assert sorted([YearSeason.of(2027, "winter"), *reversed(year)]) == [*year, YearSeason.of(2027, "winter")]


@given(st.dates(min_value=date(1917, 1, 1), max_value=date(2199, 1, 1)))
def test_later_days_lie_in_no_earlier_season(day):
    assert YearSeason.of_day(day) <= YearSeason.of_day(day.replace(year=day.year + 1, day=1))


@pytest.mark.parametrize(
    ("year", "season"), [(0, "winter"), (1916, "fall"), (2201, "winter"), (99999, "fall"), (2026, "monsoon")]
)
def test_what_is_no_season_is_refused(year, season):
    with pytest.raises(ValueError, match=r"covered|valid"):
        YearSeason.of(year, season)


@pytest.mark.django_db
def test_a_two_cour_show_runs_in_both_seasons():
    show = make_series()
    for year, season in ((2025, Season.FALL), (2026, Season.WINTER)):
        SeriesSeason.objects.create(series=show, year=year, season=season)

    def running(year, season):
        return list(Series.objects.filter(running_in(year, season)))

    assert running(2025, "fall") == running(2026, "winter") == [show]
    assert running(2025, "winter") == running(2026, "fall") == []
