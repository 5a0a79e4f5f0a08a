"""The vocabulary of credits."""

import pytest
from django.utils.translation import override

from series.roles import Role, Scope, role


def test_a_role_carries_its_names_and_its_scope() -> None:
    storyboard = role("storyboard")

    with override("en"):
        assert storyboard.label == "Storyboard"
    assert (storyboard.japanese, storyboard.scope) == ("絵コンテ", Scope.EPISODE)
    assert (storyboard.fits_series, storyboard.fits_episode) == (False, True)


def test_only_voices_need_a_character() -> None:
    assert [each for each in Role if each.needs_character] == [Role.VOICE]


def test_keys_are_the_values_that_the_database_keeps() -> None:
    assert Role.SCRIPT == "script"
    assert all(key == key.lower() for key in Role.values)
    assert len(set(Role.values)) == len(Role.values)


def test_an_unknown_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        role("best_boy")
