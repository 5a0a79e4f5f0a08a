import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from series.models import Credit, Person, VocabularyEntry
from tests.desk.forms import fields_of
from tests.factories import make_episode, make_picture, make_series

pytestmark = pytest.mark.django_db

NEW_ROW = {
    "vocabulary-TOTAL_FORMS": "1",
    "vocabulary-INITIAL_FORMS": "0",
    "vocabulary-0-kind": "character",
    "vocabulary-0-form": "Ayame Tokitsu",
    "vocabulary-0-variants": "Ayame; Tokitsu-san;",
}


def page_of(series):
    return f"/desk/series/series/{series.pk}/change/"


def test_a_chief_keeps_a_series_vocabulary_on_its_form(client, chief):
    series = make_series()
    episode = make_episode(series)
    blank = fields_of(client.get(page_of(series)))

    response = client.post(page_of(series), blank | NEW_ROW | {"vocabulary-0-first_seen": str(episode.pk)})

    assert response.status_code == 302, response.context["faults"]
    entry = series.vocabulary.get()
    assert (entry.form, entry.other_forms(), entry.first_seen) == (
        "Ayame Tokitsu",
        ["Ayame", "Tokitsu-san"],
        episode,
    )


def test_a_name_is_first_seen_in_an_episode_of_its_own_series(client, chief):
    series, elsewhere = make_series(), make_episode(make_series())
    blank = fields_of(client.get(page_of(series)))

    response = client.post(page_of(series), blank | NEW_ROW | {"vocabulary-0-first_seen": str(elsewhere.pk)})

    assert "Choose an episode of this series." in response.content.decode()
    assert not series.vocabulary.exists()


@pytest.mark.one_database
def test_a_writer_sees_it_and_changes_nothing(client, writer):
    series = make_series()
    VocabularyEntry.objects.create(series=series, form="Ayame Tokitsu")

    assert "Ayame Tokitsu" in client.get(page_of(series)).content.decode()
    assert client.post(page_of(series), NEW_ROW).status_code == 403


@pytest.mark.one_database
def test_the_house_list_holds_what_belongs_to_no_series(client, chief):
    VocabularyEntry.objects.create(form="email", kind="term", variants="e-mail")
    own = VocabularyEntry.objects.create(series=make_series(), form="Ayame Tokitsu")

    page = client.get("/desk/series/vocabularyentry/").content.decode()

    assert "House list" in page
    assert "e-mail" in page
    assert "Ayame Tokitsu" not in page
    assert client.get(f"/desk/series/vocabularyentry/{own.pk}/change/").status_code == 302


@pytest.mark.one_database
def test_the_series_forms_queries_do_not_grow_with_its_vocabulary(client, chief):
    series = make_series()

    def queries(rows):
        for number in range(rows):
            VocabularyEntry.objects.create(
                series=series,
                form=f"Name {rows} {number}",
                first_seen=make_episode(series, str(rows * 10 + number)),
            )
        client.get(page_of(series))
        with CaptureQueriesContext(connection) as captured:
            client.get(page_of(series))
        return len(captured)

    assert queries(1) == queries(4)


@pytest.mark.one_database
def test_the_form_of_a_large_series_asks_at_most_twelve_queries(client, chief):
    series = make_series(prequel=make_series(), key_visual=make_picture())
    for number in range(40):
        episode = make_episode(series, str(number))
        person = Person.objects.create(name=f"Person {number}", slug=f"person-{number}")
        Credit.objects.create(person=person, role="director", series=series)
        VocabularyEntry.objects.create(series=series, form=f"Name {number}", first_seen=episode)
    client.get(page_of(series))

    with CaptureQueriesContext(connection) as captured:
        page = client.get(page_of(series))

    assert page.status_code == 200
    assert len(captured) <= 12
