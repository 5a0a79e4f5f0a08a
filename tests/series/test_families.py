import pytest
from django.db import connection

from series.families import in_order, of_one_family
from series.models import Series
from tests.factories import make_series

pytestmark = pytest.mark.django_db


def line(show):
    family = Series.objects.filter(of_one_family(show.slug), is_public=True)
    shows = list(family.order_by("premieres_on", "title", "pk"))
    return [each.title for each in in_order(next(each for each in shows if each == show), shows)]


def test_a_show_on_its_own_has_no_line():
    make_series("Other")

    assert line(make_series("Alone")) == []


def test_the_whole_line_from_wherever_one_looks(django_assert_num_queries):
    shows = [make_series("First")]
    for title in ("Second", "Third", "Fourth"):
        shows.append(make_series(title, prequel=shows[-1]))
    make_series("Stranger")

    for show in shows:
        with django_assert_num_queries(1):
            assert line(show) == ["First", "Second", "Third", "Fourth"]


def test_two_sequels_of_one_show_come_by_their_premieres():
    first = make_series("First")
    make_series("Film", prequel=first, premieres_on="2026-03-01")
    second = make_series("Second", prequel=first, premieres_on="2025-10-01")
    third = make_series("Third", prequel=second, premieres_on="2027-01-01")

    assert line(third) == ["First", "Second", "Third", "Film"]


def test_a_show_that_readers_cannot_see_breaks_the_line():
    first = make_series("First")
    hidden = make_series("Hidden", prequel=first, is_public=False)
    third = make_series("Third", prequel=hidden)
    make_series("Fourth", prequel=third)

    assert line(first) == []
    assert line(third) == ["Third", "Fourth"]


def test_a_round_ends():
    first = make_series("First")
    second = make_series("Second", prequel=first)
    Series.objects.filter(pk=first.pk).update(prequel=second)

    assert sorted(line(first)) == ["First", "Second"]


def test_the_table_is_called_as_the_query_says():
    """The query is written by hand."""
    assert Series._meta.db_table in connection.introspection.table_names()
    assert Series._meta.db_table == "series_series"
