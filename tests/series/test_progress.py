from decimal import Decimal

import pytest

from series.templatetags.progress import about, about_episode
from tests.factories import make_episode, make_series


def test_the_furthest_place_of_each_series_counts():
    places = [(12, Decimal("6.00")), (14, Decimal(3)), (12, Decimal("6.50"))]

    assert about(places) == 'data-about="12:6.5 14:3"'


def test_about_nothing_says_nothing():
    assert about([]) == ""


def test_a_round_number_is_not_written_with_an_exponent():
    assert about([(1, Decimal("100.00"))]) == 'data-about="1:100"'


@pytest.mark.django_db
def test_an_episode_says_where_it_stands():
    episode = make_episode(make_series(), number="12.5")

    assert about_episode(episode) == f'data-about="{episode.series_id}:12.5"'
