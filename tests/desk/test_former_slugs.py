"""A chief changes the slug of what readers know: the old one goes on answering."""

import pytest

from series.models import Person, Studio
from tests.desk.forms import fields_of
from tests.factories import make_reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SLUGGED = {
    "series/person": lambda: Person.objects.create(name="Aki", slug="first"),
    "series/studio": lambda: Studio.objects.create(name="Kite", slug="first"),
    "reviews/reviewer": lambda: make_reviewer("First"),
}


@pytest.fixture(params=SLUGGED)
def page_and_row(request):
    row = SLUGGED[request.param]()
    return f"/desk/{request.param}/{row.pk}/change/", row


@pytest.mark.both_databases
def test_a_changed_slug_goes_on_answering(client, chief, page_and_row):
    page, row = page_and_row

    response = client.post(page, fields_of(client.get(page)) | {"slug": "second"})

    assert response.status_code == 302
    assert type(row).renamed("first") == row


def test_saving_without_a_change_keeps_none(client, chief, page_and_row):
    page, row = page_and_row

    client.post(page, fields_of(client.get(page)))

    assert row.former_slugs.count() == 0


def test_typing_a_name_anew_proposes_no_other_slug(client, chief, page_and_row):
    page, _row = page_and_row

    assert client.get(page).context["adminform"].prepopulated_fields == []


def test_the_way_to_a_page_that_may_not_be_there_is_not_offered(client, chief, page_and_row):
    page, _row = page_and_row

    assert client.get(page).context["has_absolute_url"] is False
