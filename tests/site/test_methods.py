"""What a public address answers to a method that isn't for reading."""

import pytest
import time_machine
from django.test import Client

from tests.factories import NOW
from tests.site.sweeps import addresses
from tests.site.worlds import make_ordinary_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WRITING = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


@pytest.fixture(scope="module")
def world_once(stand):
    with stand(make_ordinary_world) as world:
        yield world


@pytest.fixture(autouse=True)
def world(world_once):
    world_once.for_one_test()


def test_every_other_method_is_refused():
    paths = addresses(NOW)

    with time_machine.travel(NOW, tick=False):
        answers = {(how, path): Client().generic(how, path) for path in paths for how in WRITING}

    assert {asked for asked, refusal in answers.items() if refusal.status_code != 405} == set()
    assert {refusal.headers["Allow"] for refusal in answers.values()} == {"GET, HEAD"}
    assert all("no-store" in refusal.headers["Cache-Control"] for refusal in answers.values())
