from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from series.models import Credit, Episode, Person, Series
from series.roles import Role
from tests.desk.forms import fields_of, sentences
from tests.factories import (
    make_episode,
    make_image,
    make_live_review,
    make_picture,
    make_review,
    make_series,
)

pytestmark = pytest.mark.django_db


def page_of(series):
    return f"/desk/series/series/{series.pk}/change/"


def episode_page(episode):
    return f"/desk/series/episode/{episode.pk}/change/"


def test_saving_the_form_as_it_was_opened_is_no_change(client, chief):
    series = make_series()
    make_episode(series, late_night_label="every Thursday")

    response = client.post(page_of(series), fields_of(client.get(page_of(series))))

    assert response.status_code == 302, response.context["faults"]
    assert not series.episodes.exclude(number="1").exists()


def test_a_changed_slug_of_a_public_series_goes_on_answering(client, chief):
    series = make_series("Moonlit Ferry")

    client.post(page_of(series), fields_of(client.get(page_of(series))) | {"slug": "ferry"})

    assert Series.renamed("moonlit-ferry") == series


def test_a_changed_slug_of_a_live_review_goes_on_answering(client, editor):
    from reviews.models import Review
    from tests.desk.forms import address_of, opened

    review = make_live_review(slug="first-name")

    client.post(address_of(review), opened(client, review) | {"slug": "second-name"})

    assert Review.renamed("first-name") == review


def test_a_chief_says_when_a_break_ends_and_when_a_late_review_comes(client, chief):
    series = make_series()
    episode = make_episode(series)

    client.post(page_of(series), fields_of(client.get(page_of(series))) | {"back_on": "2026-12-12"})
    form = fields_of(client.get(episode_page(episode)))
    client.post(episode_page(episode), form | {"review_due_on": "2026-12-05"})

    series.refresh_from_db()
    episode.refresh_from_db()
    assert (series.back_on, episode.review_due_on) == (date(2026, 12, 12), date(2026, 12, 5))


@pytest.mark.one_database
@pytest.mark.parametrize("is_public", [True, False])
def test_the_way_to_the_public_page_is_there_when_the_page_is(client, chief, is_public):
    series = make_series(is_public=is_public)

    form = client.get(page_of(series))

    assert form.context["has_absolute_url"] is is_public


def test_a_series_with_live_reviews_stays_public(client, chief):
    series = make_series()
    make_live_review(series)
    data = fields_of(client.get(page_of(series)))
    del data["is_public"]

    response = client.post(page_of(series), data)

    assert "Withdraw them first." in response.content.decode()
    assert Series.objects.get(pk=series.pk).is_public


def test_the_late_night_time_and_the_stations_day_give_the_instant(client, chief):
    episode = make_episode(make_series(), airs_at=None)
    typed = {"late_night_label": "Wednesdays 24:55", "programme_day": "2026-01-14"}

    client.post(episode_page(episode), fields_of(client.get(episode_page(episode))) | typed)

    # Thursday, 00:55 in Tokyo.
    assert Episode.objects.get(pk=episode.pk).airs_at == datetime(2026, 1, 14, 15, 55, tzinfo=UTC)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"late_night_label": "sometime"}, "is not a weekday"),
        (
            {"late_night_label": "Wed 24:55", "airs_at_0": "2026-01-14", "airs_at_1": "12:00"},
            "means Thursday 22 January, 00:55 Tokyo",
        ),
    ],
)
def test_a_late_night_time_that_cannot_be_or_disagrees_is_told(client, chief, typed, told):
    episode = make_episode(make_series(), airs_at=None)

    response = client.post(episode_page(episode), fields_of(client.get(episode_page(episode))) | typed)

    assert told in response.content.decode()


@pytest.mark.one_database
def test_a_time_in_a_gap_moves_forward_and_a_time_that_comes_twice_is_the_first(client, chief):
    episode = make_episode(make_series(), airs_at=None)

    def saved(day, wall):
        data = fields_of(client.get(episode_page(episode))) | {"airs_at_0": day, "airs_at_1": wall}
        client.post(episode_page(episode), data)
        return Episode.objects.get(pk=episode.pk).airs_at

    assert saved("2026-03-08", "02:30") == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert saved("2026-11-01", "01:30") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_new_number_puts_an_episode_in_its_new_place(client, chief):
    series = make_series()
    episode = make_episode(series, "1")

    client.post(page_of(series), fields_of(client.get(page_of(series))) | {"episodes-0-number": "6.5"})

    assert str(Episode.objects.get(pk=episode.pk).sort_key) == "6.50"


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.one_database
def test_the_series_forms_queries_do_not_grow_with_its_rows(client, chief):
    series = make_series()

    def credit(number):
        person = Person.objects.create(name=f"Person {number}", slug=f"person-{number}")
        Credit.objects.create(person=person, role=Role.SCRIPT, series=series)
        make_episode(series, str(number))

    credit(1)
    at_one = queries_of(client, page_of(series))
    for number in range(2, 7):
        credit(number)

    assert queries_of(client, page_of(series)) == at_one
    assert at_one <= 20


@pytest.mark.one_database
def test_the_review_forms_queries_do_not_grow_with_its_parts(client, chief):
    def page_with(parts):
        series = make_series()
        episodes = [make_episode(series, str(number)) for number in range(1, parts + 1)]
        return f"/desk/reviews/review/{make_review(series, episodes=episodes).pk}/change/"

    at_one = queries_of(client, page_with(1))

    assert queries_of(client, page_with(4)) == at_one
    assert at_one <= 40


@pytest.mark.one_database
@pytest.mark.parametrize("at", ["episode", "person", "platform", "studio", "series"])
def test_the_lists_queries_do_not_grow(client, chief, at):
    make_episode(make_series())
    at_one = queries_of(client, f"/desk/series/{at}/")
    for _ in range(3):
        make_episode(make_series())

    assert queries_of(client, f"/desk/series/{at}/") == at_one


@pytest.mark.one_database
@pytest.mark.parametrize("junk", ["a\0b", "9" * 400, "🦊", "-1"], ids=["nul", "huge", "emoji", "negative"])
@pytest.mark.parametrize("page", ["series/series/add/", "series/episode/add/", "reviews/review/add/"])
def test_odd_values_in_every_field_of_a_new_page_are_refused(client, chief, page, junk):
    blank = fields_of(client.get(f"/desk/{page}"))
    odd = {name: junk for name in blank if not name.endswith("_FORMS")}

    response = client.post(f"/desk/{page}", blank | odd)

    assert response.status_code == 200
    assert response.context["faults"]


@pytest.mark.one_database
def test_the_colour_follows_the_key_visual_and_a_chief_may_choose_another(client, chief):
    series = make_series()
    teal = make_picture(file=ContentFile(make_image(colour="teal"), "teal.png"))
    page = page_of(series)

    client.post(page, fields_of(client.get(page)) | {"key_visual": str(teal.pk)})
    series.refresh_from_db()
    taken = series.colour
    client.post(page, fields_of(client.get(page)) | {"accent": "rose"})
    series.refresh_from_db()

    assert (taken, series.colour) == ("teal", "rose")


@pytest.mark.one_database
@pytest.mark.parametrize(("back_on", "is_told"), [("2026-12-10", True), ("2026-12-03", False), ("", False)])
def test_a_break_that_an_airing_falls_into_is_pointed_out(client, chief, back_on, is_told):
    series = make_series()
    make_episode(series, airs_at=datetime(2026, 12, 3, 15, tzinfo=UTC))

    typed = fields_of(client.get(page_of(series))) | {"back_on": back_on}
    response = client.post(page_of(series), typed, follow=True)

    assert any("airs before the break ends" in sentence for sentence in sentences(response)) == is_told
    assert str(Series.objects.get(pk=series.pk).back_on or "") == back_on
