"""Names are kept as they are, by every way in."""

import pytest

from coverage.newsroom.models import Name
from coverage.newsroom.search.fulltext import Question, matches
from coverage.newsroom.search.query import Query
from series.models import SeriesTitle
from tests.factories import make_series

pytestmark = pytest.mark.django_db


def found(words):
    question = Question.in_names(Query.of(words).wanted, begun=True)
    return {name.text for name in Name.objects.filter(matches(Name.FULL_TEXT, question))}


def test_a_series_is_found_by_each_of_its_titles():
    series = make_series(
        "The Lighthouse Keeps No Hours", title_native="灯台は時刻を守らない", title_romaji="Tōdai"
    )
    SeriesTitle.objects.create(series=series, title="Keeper", kind="former")

    assert found("lighthouse hours") == {"The Lighthouse Keeps No Hours"}
    assert found("時刻を守") == {"灯台は時刻を守らない"}
    assert found("toudai") == found("todai") == {"Tōdai"}
    assert found("keep") == {"The Lighthouse Keeps No Hours", "Keeper"}


def test_the_index_follows_a_change_and_a_deletion():
    series = make_series("Red Kite")
    other = SeriesTitle.objects.create(series=series, title="Akai Tako")
    series.title = "Blue Kite"
    series.save()

    assert found("red") == set()
    assert found("kite") == {"Blue Kite"}

    other.delete()

    assert found("akai") == set()
