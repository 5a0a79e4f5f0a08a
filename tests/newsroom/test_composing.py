"""A statement that is composed once answers every later question as one composed anew would."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coverage.newsroom import composing
from coverage.newsroom.composing import composed_once
from series.models import Episode, Series
from tests.factories import NOW, make_episode, make_series

pytestmark = pytest.mark.django_db


@composed_once
def titled(title):
    return Series.objects.filter(title=title)


@composed_once
def aired(at):
    return Episode.objects.filter(airs_at__lte=at).order_by("airs_at")


@composed_once
def aired_the_day_before(at):
    return Episode.objects.filter(airs_at__date=(at - timedelta(days=1)).date())


@composed_once
def titles(keys, but):
    return Series.objects.filter(pk__in=keys).exclude(pk=but).order_by("pk").values_list("title", "slug")


@pytest.fixture
def shows():
    return [make_series(title) for title in ("Red", "50% “off”", "It's 'so'")]


def test_texts_are_handed_over_whole(shows):
    assert [titled(show.title) for show in shows] == [[show] for show in shows]
    assert titled("' OR 1=1 --") == []
    assert titled("") == []


def test_each_instant_has_its_own_answer(shows):
    first, second = (make_episode(shows[0], str(day), airs_at=NOW + timedelta(days=day)) for day in (1, 2))

    assert aired(NOW) == []
    assert aired(second.airs_at) == [first, second]
    assert aired(second.airs_at - timedelta.resolution) == [first]


def test_an_instant_may_be_moved_and_asked_for_its_day(shows):
    episode = make_episode(shows[0], "1", airs_at=NOW)

    found = [aired_the_day_before(NOW + timedelta(days=days)) for days in (0, 1, 2)]

    assert found == [[], [episode], []]


def test_keys_may_be_none_one_or_many(shows):
    keys = tuple(show.pk for show in shows)
    rows = [(show.title, show.slug) for show in shows]

    assert titles((), 0) == []
    assert titles(keys[:1], 0) == rows[:1]
    assert titles(keys, 0) == rows
    assert titles(keys, keys[1]) == [rows[0], rows[2]]


def test_what_is_to_be_read_along_is_read_along(shows):
    @composed_once
    def of(series):
        return Series.objects.filter(pk=series).prefetch_related("episodes")

    for show in shows:
        make_episode(show, "1")

    with CaptureQueriesContext(connection) as captured:
        found = [
            [episode.series_id for episode in row.episodes.all()] for show in shows for row in of(show.pk)
        ]

    assert found == [[show.pk] for show in shows]
    assert len(captured) == 2 * len(shows)


def test_it_is_composed_once(shows):
    composed = []

    @composed_once
    def counted(at):
        composed.append(at)
        return Episode.objects.filter(airs_at__lte=at)

    answers = [counted(NOW), counted(NOW + timedelta(days=1))]

    assert answers == [[], []]
    assert len(composed) == 1


def test_who_replaces_a_rule_meets_the_replacement(shows, monkeypatch):
    assert titled("Red") == shows[:1]

    monkeypatch.setattr(type(Series.objects.all()), "filter", lambda rows, **_conditions: rows.all())

    assert len(titled("Red")) == len(shows)


@pytest.mark.parametrize("given", [None, True, 1.5, ["red"]])
def test_what_it_cannot_hand_over_it_refuses(given):
    with pytest.raises(TypeError, match="composed for a"):
        titled(given)


def test_nothing_that_was_given_stays_behind(shows):
    titled("Red")

    kept = [queryset.query for queryset in composing._kept.values()]

    assert not any("given" in vars(query) for query in kept)
