"""Announcers that are killed lose nothing and send nothing twice. At length: `make chaos`."""

import os
from urllib.parse import urlsplit

import pytest
from django.db import connection

from reviews.models import Announcement
from tests.chaos.points import POINTS
from tests.chaos.storm import blow

pytestmark = pytest.mark.django_db(transaction=True)


def database_url():
    """Of the test database, for other processes."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def test_killed_at_every_point_they_lose_nothing_and_double_nothing():
    verdict = blow(240, 12, database_url())

    print(verdict)
    assert (verdict.lost, verdict.doubled) == (0, 0)
    assert verdict.reached == set(POINTS)
    assert verdict.kills == 12
    assert not Announcement.objects.filter(outcome__in=["waiting", "handing over", "failed"]).exists()


@pytest.mark.one_database
def test_a_naive_loop_killed_as_often_loses_or_doubles():
    """A control: without claims, keys and leases the same judge finds fault."""
    verdict = blow(60, 6, database_url(), naively=True)

    print(verdict)
    assert verdict.lost + verdict.doubled
