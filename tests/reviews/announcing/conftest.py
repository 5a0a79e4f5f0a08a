import pytest

from coverage.newsroom.roles import Role
from tests.factories import make_episode, make_review, make_reviewer, make_series, make_user


@pytest.fixture
def writer(db):
    return make_user(Role.WRITER, email="writer@desk.example")


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR, email="editor@desk.example")


@pytest.fixture
def piece(writer):
    """A draft of the writer's about one episode."""
    series = make_series("Moonlit Ferry")
    return make_review(
        series, episodes=[make_episode(series, "3")], reviewer=make_reviewer(user=writer), by=writer
    )
