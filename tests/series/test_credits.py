import pytest
from django.core.exceptions import ValidationError

from series.models import Credit, Person
from series.roles import Role
from tests.factories import make_episode, make_series

pytestmark = pytest.mark.django_db


def credit(role, **fields):
    person = Person.objects.create(name="Toshizo Nemoto", slug="nemoto")
    return Credit(person=person, role=role, character="Rouge" if role == Role.VOICE else "", **fields)


@pytest.mark.parametrize("role", Role)
def test_a_role_stands_where_it_is_one(role):
    on_series, on_episode = credit(role, series=make_series()), None
    on_episode = Credit(person=on_series.person, role=role, character=on_series.character)
    on_episode.episode = make_episode(make_series())

    for row, fits in [(on_series, role.fits_series), (on_episode, role.fits_episode)]:
        if fits:
            row.full_clean()
        else:
            with pytest.raises(ValidationError) as refused:
                row.full_clean()
            assert set(refused.value.message_dict) == {"role"}


def test_a_voice_is_somebodys():
    row = credit(Role.VOICE, series=make_series())
    row.character = ""

    with pytest.raises(ValidationError, match="Whose voice is it"):
        row.full_clean()


@pytest.mark.parametrize("role", ["", "tea_lady"])
def test_an_unknown_role_is_refused_and_nothing_breaks(role):
    with pytest.raises(ValidationError) as refused:
        credit(role, series=make_series()).full_clean()

    assert set(refused.value.message_dict) == {"role"}


@pytest.mark.parametrize("both", [True, False])
def test_a_credit_is_on_a_series_or_on_an_episode(both):
    where = {"series": make_series(), "episode": make_episode(make_series())} if both else {}

    with pytest.raises(ValidationError, match="on a series or on one of its episodes"):
        credit(Role.SCRIPT, **where).full_clean()


def test_so_its_episode_is_always_of_its_series():
    """The one way to its series leads through the episode."""
    row = credit(Role.SCRIPT, episode=make_episode(make_series()))
    row.full_clean()

    assert row.series_id is None
    assert row.episode.series
