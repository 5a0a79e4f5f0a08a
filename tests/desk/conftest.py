import pytest
import time_machine

from coverage.newsroom.roles import Role
from tests.factories import NOW, approve, make_episode, make_picture, make_review, make_series, make_user


@pytest.fixture(autouse=True)
def wednesday():
    """The desk is open on the Wednesday before the Friday that the factories know."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def editor(client, db):
    user = make_user(Role.EDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def chief(client, db):
    user = make_user(Role.CHIEF)
    client.force_login(user)
    return user


@pytest.fixture
def writer(client, db):
    user = make_user(Role.WRITER)
    client.force_login(user)
    return user


@pytest.fixture
def coming(db):
    """Approved for Friday, with a picture of its own."""
    series = make_series("Moonlit Ferry")
    return approve(make_review(series, episodes=[make_episode(series)], lead_picture=make_picture()))
