"""Series, episodes and whatever else the desk changes: nothing is saved over what its editor hasn't seen."""

import json

import pytest
from django.contrib import admin

from coverage.newsroom.admin import seen
from coverage.newsroom.admin.base import DeskAdmin
from coverage.newsroom.models import Publication
from reviews.models import Review
from series.models import Credit, Person, Platform, Series, Streaming, Studio, VocabularyEntry
from tests.desk.forms import fields_of
from tests.factories import (
    NOW,
    make_endpoint,
    make_episode,
    make_live_review,
    make_picture,
    make_reviewer,
    make_series,
)

# Django's own widget of a password names what is not always there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def series():
    show = make_series("Moonlit Ferry", synopsis="A ferry.")
    make_episode(show, "1")
    make_episode(show, "2")
    person = Person.objects.create(name="Aki", slug="aki")
    Credit.objects.create(series=show, person=person, role="director", note="as told")
    Streaming.objects.create(series=show, platform=Platform.objects.create(name="Stream", slug="stream"))
    return show


def page_of(row):
    return f"/desk/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def opened(client, row):
    return fields_of(client.get(page_of(row)))


def refused(client, row, data):
    response = client.post(page_of(row), data)
    assert response.status_code == 200
    assert response.context["refused"]
    return response


def save(client, row, data):
    response = client.post(page_of(row), data)
    assert response.status_code == 302, response.context["faults"]
    return type(row).objects.get(pk=row.pk)


def labels(response):
    return [choice.label for choice in response.context["differences"]]


def test_a_stale_save_of_a_series_is_refused_and_keeps_what_was_typed(client, chief, series):
    data = opened(client, series)
    Series.objects.filter(pk=series.pk).update(synopsis="Theirs.")

    page = refused(client, series, data | {"synopsis": "Mine."})

    assert Series.objects.get(pk=series.pk).synopsis == "Theirs."
    assert fields_of(page)["synopsis"][0].strip() == "Mine."
    assert labels(page) == ["Synopsis"]
    assert save(client, series, fields_of(page)).synopsis == "Mine."


def test_theirs_may_be_taken(client, chief, series):
    data = opened(client, series)
    Series.objects.filter(pk=series.pk).update(synopsis="Theirs.", title="Theirs")
    page = refused(client, series, data | {"synopsis": "Mine.", "title": "Mine"})

    saved = save(client, series, fields_of(page) | {"take-synopsis": "theirs"})

    assert (saved.synopsis, saved.title) == ("Theirs.", "Mine")


def test_what_only_they_changed_is_taken_over(client, chief, series):
    data = opened(client, series)
    series.episodes.filter(number="1").update(title="Theirs", airs_at=NOW)
    Series.objects.filter(pk=series.pk).update(accent="", premieres_on="2026-01-05")

    page = refused(client, series, data | {"synopsis": "Mine."})
    saved = save(client, series, fields_of(page))

    assert labels(page) == ["Synopsis"]
    assert len(page.context["taken_over"]) == 3
    assert (saved.synopsis, str(saved.premieres_on)) == ("Mine.", "2026-01-05")
    episode = saved.episodes.get(number="1")
    assert (episode.title, episode.airs_at) == ("Theirs", NOW)


def test_a_row_alone_is_guarded_against_a_change_anywhere_on_the_form(client, chief, series):
    data = opened(client, series)
    Series.objects.filter(pk=series.pk).update(synopsis="Theirs.")

    refused(client, series, data | {"episodes-0-title": "Mine"})

    assert not series.episodes.filter(title="Mine").exists()


def test_two_forms_may_not_save_over_each_other_through_one_row(client, chief, series):
    episode = series.episodes.get(number="1")
    on_its_own, under_its_series = opened(client, episode), opened(client, series)
    save(client, series, under_its_series | {"episodes-0-title": "Theirs"})

    page = refused(client, episode, on_its_own | {"title": "Mine"})

    assert labels(page) == ["Title"]
    assert save(client, episode, fields_of(page)).title == "Mine"


def test_a_row_that_they_dropped_is_made_anew_or_stays_dropped(client, chief, series):
    data = opened(client, series)
    series.credits.all().delete()
    page = refused(client, series, data | {"credits-0-note": "Typed"})
    again = fields_of(page)

    save(client, series, again | {"take-credits-0": "theirs"})
    assert not series.credits.exists()
    page = refused(client, series, data | {"credits-0-note": "Typed"})
    save(client, series, fields_of(page))

    assert series.credits.get().note == "Typed"


def test_a_row_that_they_added_stays(client, chief, series):
    data = opened(client, series)
    make_episode(series, "3")

    page = refused(client, series, data | {"synopsis": "Mine."})
    save(client, series, fields_of(page))

    assert series.episodes.count() == 3


@pytest.mark.one_database
@pytest.mark.parametrize("odd", ["", "x", "[]", '{"a": 1}', "9" * 5000])
def test_a_form_that_does_not_say_what_was_seen_is_refused(client, chief, series, odd):
    response = client.post(page_of(series), opened(client, series) | {"seen": odd, "synopsis": "Mine."})

    assert response.status_code == 200
    assert Series.objects.get(pk=series.pk).synopsis == "A ferry."


def test_a_refused_form_goes_on_being_about_what_was_seen(client, chief, series):
    data = opened(client, series)
    wrong = fields_of(client.post(page_of(series), data | {"title": "", "synopsis": "Mine."}))
    Series.objects.filter(pk=series.pk).update(synopsis="Theirs.")

    assert json.loads(wrong["seen"][0]) == json.loads(data["seen"][0])
    refused(client, series, wrong | {"title": "Mine"})


def test_without_the_token_their_text_would_be_gone(client, chief, series, monkeypatch):
    """A control."""
    monkeypatch.setattr(seen, "claim", lambda *_args: None)
    data = opened(client, series)
    Series.objects.filter(pk=series.pk).update(synopsis="Theirs.")

    assert save(client, series, data | {"title": "Mine"}).synopsis == "A ferry."


def one_of_each(series, chief):
    review = make_live_review(series, episodes=[series.episodes.first()])
    yield from (series, series.episodes.first(), Person.objects.get(), Platform.objects.get(), review)
    yield Studio.objects.create(name="Kite", slug="kite")
    yield VocabularyEntry.objects.create(form="email", kind="term")
    yield from (make_picture(), make_reviewer(), make_endpoint(), Publication.objects.get(), chief)


def test_every_form_of_the_desk_is_saved_as_it_was_opened(client, chief, series):
    rows = list(one_of_each(series, chief))
    desk = {model for model, screens in admin.site._registry.items() if isinstance(screens, DeskAdmin)}

    for row in rows:
        data = opened(client, row)
        assert ("version" if isinstance(row, Review) else "seen") in data
        save(client, row, data)

    unwritten = {"announcement", "auditentry", "flatpage", "subscriber"}
    assert {model._meta.model_name for model in desk} - unwritten <= {row._meta.model_name for row in rows}


def test_a_flat_page_is_guarded_too(client, chief):
    from django.contrib.flatpages.models import FlatPage

    page = FlatPage.objects.get(url="/about/")
    data = opened(client, page)
    save(client, page, data)
    FlatPage.objects.filter(pk=page.pk).update(title="Theirs")

    assert labels(refused(client, page, data | {"title": "Mine"})) == ["Title"]


def test_a_login_meanwhile_is_no_conflict(client, chief):
    data = opened(client, chief)
    type(chief).objects.filter(pk=chief.pk).update(last_login=NOW)

    assert save(client, chief, data | {"first_name": "Mika"}).first_name == "Mika"
