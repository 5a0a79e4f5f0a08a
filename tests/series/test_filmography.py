"""What a person made: role by role, show by show, the newest first."""

from datetime import UTC, date, datetime, timedelta

import pytest

from series.filmography import Filmography, in_runs
from series.models import Credit, Episode, Person, Studio
from series.roles import Role
from tests.factories import FRIDAY, NOW, make_episode, make_live_review, make_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def aki():
    return Person.objects.create(name="Aki", slug="aki")


def credit(person, on, role="director", **fields):
    where = {"episode": on} if isinstance(on, Episode) else {"series": on}
    return Credit.objects.create(person=person, role=role, **where | fields)


def filmography(person, at=NOW):
    return Filmography.of(Credit.objects.public(at).filter(person=person).for_filmography())


def told(found):
    return {role.value: [(work.series.title, work.numbers) for work in works] for role, works in found.roles}


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([], ""),
        (["7"], "7"),
        (["4", "5"], "4, 5"),
        (["4", "5", "6"], "4–6"),
        (["1", "4", "5", "6"], "1, 4–6"),
        (["1", "2", "3", "5", "6", "7", "12"], "1–3, 5–7, 12"),
        (["6", "6.5", "7"], "6, 6.5, 7"),
        (["0", "1", "2"], "0–2"),
        (["09", "10", "11"], "09–11"),
    ],
)
def test_episodes_that_follow_each_other_are_told_as_a_run(numbers, said):
    assert in_runs(numbers) == said


def test_one_role_on_several_episodes_of_a_show_is_one_work(aki):
    red = make_series("Red")
    for number in ("10", "1", "4", "5", "6"):
        credit(aki, make_episode(red, number), "storyboard")

    assert told(filmography(aki)) == {"storyboard": [("Red", "1, 4–6, 10")]}


def test_roles_come_in_the_vocabularys_order(aki):
    red = make_series("Red")
    credit(aki, red, "voice", character="Rouge")
    credit(aki, make_episode(red, "1"), "storyboard")
    credit(aki, red, "director")

    assert [role for role, _works in filmography(aki).roles] == [Role.DIRECTOR, Role.STORYBOARD, Role.VOICE]


def test_shows_come_newest_first_and_those_without_a_date_last(aki):
    for title, begun in (("Old", date(2024, 1, 10)), ("New", date(2026, 1, 10)), ("Undated", None)):
        credit(aki, make_series(title, premieres_on=begun))

    assert [series.title for series in filmography(aki).shows] == ["New", "Old", "Undated"]


def test_a_show_without_a_premiere_is_as_new_as_the_episodes(aki):
    credit(aki, make_series("Dated", premieres_on=date(2025, 6, 1)))
    undated = make_series("Undated")
    credit(aki, make_episode(undated, "1", airs_at=datetime(2025, 7, 1, tzinfo=UTC)), "storyboard")

    assert [series.title for series in filmography(aki).shows] == ["Undated", "Dated"]


def test_characters_and_notes_are_each_told_once(aki):
    red = make_series("Red")
    for number in ("1", "2"):
        credit(aki, make_episode(red, number), "voice", character="Rouge")
    credit(aki, make_episode(red, "3"), "voice", character="Old woman")
    credit(aki, red, "theme_song", note="OP1")

    (_song, (song,)), (_voice, (voice,)) = filmography(aki).roles

    assert voice.characters == ["Rouge", "Old woman"]
    assert song.notes == ["OP1"]


def test_the_first_episode_says_how_far_one_must_be_and_the_whole_show_asks_for_nothing(aki):
    red = make_series("Red")
    second = make_episode(red, "2")
    credit(aki, make_episode(red, "3"), "voice", character="Rouge")
    credit(aki, second, "voice", character="Rouge")
    credit(aki, red, "director")

    (_director, (whole,)), (_voice, (voice,)) = filmography(aki).roles

    assert voice.earliest == second
    assert whole.earliest is None


class TestPublic:
    """Only what readers may see is told, and who has nothing of that isn't there."""

    def test_a_hidden_series_tells_nobody(self, aki):
        credit(aki, make_series(is_public=False))

        assert not Credit.objects.public(NOW).exists()
        assert not Person.objects.public(NOW).exists()

    def test_an_embargo_holds_credits_back_until_it_ends(self, aki):
        credit(aki, make_series(embargo_until=FRIDAY))

        assert not Person.objects.public(FRIDAY - timedelta(seconds=1)).exists()
        assert Person.objects.public(FRIDAY).get() == aki

    def test_an_episode_tells_its_credits_once_it_has_aired(self, aki):
        unaired = make_episode(make_series(), airs_at=FRIDAY)
        credit(aki, unaired, "storyboard")

        assert not Person.objects.public(NOW).exists()
        assert Person.objects.public(FRIDAY).get() == aki

    def test_or_once_a_live_review_covers_it(self, aki):
        series = make_series()
        undated = make_episode(series, airs_at=None)
        credit(aki, undated, "storyboard")
        assert not Person.objects.public(NOW).exists()

        make_live_review(series, episodes=[undated])

        assert Person.objects.public(NOW).get() == aki

    def test_a_person_is_there_once_however_often_they_are_credited(self, aki):
        red = make_series("Red")
        credit(aki, red, "director")
        credit(aki, red, "producer")

        assert Person.objects.public(NOW).count() == 1

    def test_a_studio_is_there_while_one_of_its_shows_is(self):
        kite = Studio.objects.create(name="Kite", slug="kite")
        assert not Studio.objects.public(NOW).exists()

        make_series("Hidden", is_public=False).studio_links.create(studio=kite)
        assert not Studio.objects.public(NOW).exists()

        make_series("Red").studio_links.create(studio=kite)
        assert Studio.objects.public(NOW).get() == kite
