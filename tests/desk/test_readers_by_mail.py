"""The desk knows how many readers there are by mail; who they are, only chiefs."""

import pytest

from coverage.newsroom.roles import Role
from tests.factories import NOW, make_subscriber, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

ADDRESS = "mika@post.example"


@pytest.fixture(autouse=True)
def readers():
    make_subscriber(ADDRESS)
    make_subscriber("waiting@post.example", confirmed_at=None)
    make_subscriber("stopped@post.example", stopped_at=NOW, stopped_by="bounce")


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_how_many_and_nobody_there_who(client, role):
    client.force_login(make_user(role))

    page = client.get("/desk/my-mail/").content.decode()

    assert "1 reader gets what goes live by mail." in page
    assert ADDRESS not in page


@pytest.mark.parametrize(("role", "status"), [(Role.WRITER, 403), (Role.EDITOR, 403), (Role.CHIEF, 200)])
def test_only_a_chief_reads_the_addresses(client, role, status):
    client.force_login(make_user(role))

    answer = client.get("/desk/site/subscriber/")

    assert answer.status_code == status
    assert (ADDRESS in answer.content.decode()) == (status == 200)
