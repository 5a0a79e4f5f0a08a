"""What is due on the Friday that the factories know, for the tests of its rehearsal."""

import pytest

from coverage.newsroom.roles import Role
from tests.factories import FRIDAY, approve, make_episode, make_review, make_reviewer, make_series, make_user


@pytest.fixture
def series(db):
    return make_series("Moonlit Ferry")


@pytest.fixture
def owner(db):
    return make_user(Role.WRITER, email="writer@desk.example")


@pytest.fixture
def piece(series, owner):
    """Approved for Friday, and nothing is wrong with it."""
    reviewer = make_reviewer("Ada Quill", user=owner)
    return approve(make_review(series, episodes=[make_episode(series)], reviewer=reviewer, headline="Ashore"))


@pytest.fixture
def draft(series, owner):
    reviewer = make_reviewer("Bo Reed")
    return make_review(series, episodes=[make_episode(series, "2")], reviewer=reviewer, planned_at=FRIDAY)
