"""What a piece is held against: its series' vocabulary, shared along the line of its seasons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.copydesk.checking import check
from reviews.copydesk.draft import manuscript_of
from reviews.copydesk.knowing import vocabulary_of
from series.models import Credit, Person, VocabularyEntry
from tests.factories import make_episode, make_review, make_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def seasons():
    """The first, the second and the third of one show."""
    first = make_series("Tin Orchard")
    second = make_series("Tin Orchard II", prequel=first)
    return first, second, make_series("Tin Orchard III", prequel=second)


def entries_of(series):
    return {entry.form: entry for entry in vocabulary_of(series).entries}


def voice(series, character):
    slug = character.lower().replace(" ", "-")
    person = Person.objects.create(name=f"Voice of {character}", slug=slug)
    return Credit.objects.create(person=person, role="voice", series=series, character=character)


def test_a_name_is_known_to_every_season_and_to_no_other_show(seasons):
    VocabularyEntry.objects.create(series=seasons[1], form="Count Ashgrove")

    assert all("Count Ashgrove" in entries_of(season) for season in seasons)
    assert "Count Ashgrove" not in entries_of(make_series("Another"))
    assert "Count Ashgrove" not in {entry.form for entry in vocabulary_of(None).entries}


def test_a_character_is_known_from_another_seasons_credits_without_being_copied(seasons):
    voice(seasons[0], "Hana Morishita")

    findings = check(
        manuscript_of(make_review(seasons[2], introduction="<p>Hana Morishta is back.</p>")),
        vocabulary_of(seasons[2]),
    )

    assert [(each.found, each.suggest) for each in findings] == [("Morishta", ("Morishita",))]
    assert not VocabularyEntry.objects.exists()


def test_what_another_season_credits_is_no_fact_about_this_one(seasons):
    voice(seasons[0], "Hana Morishita")

    assert vocabulary_of(seasons[2]).credits == ()
    assert len(vocabulary_of(seasons[0]).credits) == 1


def test_another_seasons_episode_hides_no_name_in_this_one(seasons):
    entry = VocabularyEntry.objects.create(
        series=seasons[0], form="Count Ashgrove", first_seen=make_episode(seasons[0], "1")
    )
    later = make_review(
        seasons[1], episodes=[make_episode(seasons[1], "1")], headline="Count Ashgrove is back"
    )

    assert entries_of(seasons[0])[entry.form].first_seen == 1
    assert check(manuscript_of(later), vocabulary_of(seasons[1])) == []


@pytest.mark.one_database
def test_it_takes_the_same_queries_for_one_season_and_many(seasons):
    def queries(series):
        with CaptureQueriesContext(connection) as captured:
            vocabulary_of(series)
        return len(captured)

    alone = make_series("Alone")
    voice(alone, "One")
    at_one = queries(alone)
    for season in seasons:
        voice(season, f"Character of {season}")
        VocabularyEntry.objects.create(series=season, form=f"Place of {season}")

    assert queries(seasons[0]) == at_one
