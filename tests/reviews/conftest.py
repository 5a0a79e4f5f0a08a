import pytest

from coverage.newsroom.roles import Role
from tests.factories import make_user


@pytest.fixture
def writer(db):
    return make_user(Role.WRITER)


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR)


@pytest.fixture
def chief(db):
    return make_user(Role.CHIEF)
