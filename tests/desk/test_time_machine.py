"""The public site at any instant: for the desk alone, marked, kept by nobody, and true."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coverage.desk.time_machine.travelling import COOKIE, LONGEST
from coverage.newsroom.roles import Role
from tests.factories import (
    FRIDAY,
    NOW,
    make_user,
)
from tests.site.sweeps import addresses, answer, differences, sweep

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

PAGE, LEAVE = "/desk/time-machine/", "/desk/time-machine/leave/"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
THEN = FRIDAY + MINUTE
BANNER = re.compile(rb'<aside id="time-banner".*?</aside>', re.DOTALL)
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)", re.IGNORECASE)


def travel(client, at=THEN, **data):
    return client.post(PAGE, {"at": at.isoformat()} | data)


def is_marked(response):
    return bool(BANNER.search(response.content))


@pytest.mark.both_databases
def test_a_piece_of_friday_is_read_on_wednesday(client, editor, coming):
    before = client.get(coming.get_absolute_url())

    travel(client)
    there = client.get(coming.get_absolute_url())

    assert (before.status_code, there.status_code) == (404, 200)
    assert coming.headline in there.text
    assert "The site as of Friday 16 January, 09:01 New York." in there.text


@pytest.mark.both_databases
def test_a_second_before_it_is_not_there(client, editor, coming):
    travel(client, FRIDAY - SECOND)

    response = client.get(coming.get_absolute_url())

    assert response.status_code == 404
    assert "The site as of Friday 16 January, 08:59:59 New York." in response.text


def test_one_tap_on_the_front_page_leads_there(client, editor, coming):
    front = client.get("/desk/").text
    (at,) = re.findall(r'name="at" value="([^"]+)"', front)

    response = client.post(PAGE, {"at": at, "go": "/"}, follow=True)

    assert response.redirect_chain == [("/", 302)]
    assert at == THEN.isoformat()
    assert coming.headline in response.text


def test_a_wall_time_is_the_newsrooms(client, editor):
    client.post(PAGE, {"instant_0": "2026-01-16", "instant_1": "08:59:59"})

    assert "as of Friday 16 January, 08:59:59 New York" in client.get("/").text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"at": "soon"},
        {"at": "2026-01-16T09:00:00"},
        {"at": "9999-12-31T23:59:59-14:00"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"instant_0": "2126-01-16", "instant_1": "09:00"},
        {"instant_0": "2026-01-16", "instant_1": ""},
    ],
)
def test_what_is_no_instant_is_refused_with_a_reason(client, editor, data):
    response = client.post(PAGE, data)

    assert response.status_code == 400
    assert "errorlist" in response.text
    assert COOKIE not in response.cookies


@pytest.mark.parametrize(
    "go", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "reviews/"]
)
def test_it_leads_nowhere_else(client, editor, go):
    assert travel(client, go=go)["Location"] == PAGE
    assert client.post(LEAVE, {"go": go})["Location"] == PAGE


def test_back_to_now_is_back_for_good(client, editor, coming):
    travel(client)

    response = client.post(LEAVE, {"go": coming.get_absolute_url()})

    assert response["Location"] == coming.get_absolute_url()
    assert client.get(coming.get_absolute_url()).status_code == 404
    assert not is_marked(client.get("/"))


# Who, and what not.


def test_nobody_but_the_desk_gets_in(coming):
    nobody, reader = Client(), Client()
    reader.force_login(make_user())

    travel(nobody)
    travel(reader)

    assert not {COOKIE} & {*nobody.cookies, *reader.cookies}
    assert {client.get(coming.get_absolute_url()).status_code for client in (nobody, reader)} == {404}


def test_staff_without_a_role_are_refused(client):
    user = make_user()
    user.is_staff = True
    user.save()
    client.force_login(user)

    assert travel(client).status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_every_role_of_the_desk_may(client, role, coming):
    client.force_login(make_user(role))

    travel(client)

    assert is_marked(client.get("/"))


@pytest.mark.parametrize(
    "loss", [{"is_staff": False}, {"is_active": False}], ids=["no longer staff", "no longer active"]
)
def test_who_loses_the_desk_is_back_at_once(client, editor, coming, loss):
    travel(client)
    type(editor).objects.filter(pk=editor.pk).update(**loss)

    assert not is_marked(client.get("/"))
    assert client.get(coming.get_absolute_url()).status_code == 404


def test_so_is_who_loses_the_role(client, editor, coming):
    travel(client)
    editor.groups.clear()

    assert not is_marked(client.get("/"))


def test_it_ends_with_the_session(client, editor):
    travel(client)
    kept = client.cookies[COOKIE].value
    client.logout()
    assert not is_marked(client.get("/"))

    client.force_login(editor)
    client.cookies[COOKIE] = kept

    assert not is_marked(client.get("/"))


def test_it_ends_by_itself_overnight(client, editor):
    travel(client)
    assert is_marked(client.get("/"))

    with time_machine.travel(NOW + LONGEST + SECOND, tick=False):
        assert not is_marked(client.get("/"))


@pytest.mark.parametrize("value", ["", "2026-01-16T14:01:00+00:00", "2026-01-16T14:01:00+00:00:x:y"])
def test_a_forged_instant_is_the_present(client, editor, value):
    client.cookies[COOKIE] = value

    assert not is_marked(client.get("/"))


def test_the_instant_is_for_this_browser_and_this_site_only(client, editor):
    cookie = travel(client).cookies[COOKIE]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == LONGEST.total_seconds()


def test_another_window_elsewhere_stays_in_the_present(client, editor, coming):
    elsewhere = Client()
    elsewhere.force_login(editor)

    travel(client)

    assert not is_marked(elsewhere.get("/"))


def test_the_desk_stands_in_the_present(client, editor, coming):
    pages = ["/desk/", "/desk/reviews/review/", reverse("admin:reviews_review_change", args=[coming.pk])]
    before = [client.get(page).text for page in pages]

    travel(client)

    token = re.compile(
        r'((?:csrfmiddlewaretoken|sitting)" value="|nonce="|data-sitting="|data-turn="|\?sitting=)[^"]+'
    )
    after = [client.get(page).text for page in pages]
    assert [token.sub("", page) for page in after] == [token.sub("", page) for page in before]


def test_only_what_is_registered_as_public_travels(client, editor):
    travel(client)

    assert not is_marked(client.get("/no/such/page/"))
    assert is_marked(client.get("/no-such-page/"))


def test_nothing_is_sent_there(client, editor):
    travel(client)

    assert client.post("/").status_code == 405


# How it is kept.


def test_no_answer_of_it_may_be_kept_or_found(client, editor, coming):
    travel(client)

    for address in addresses(THEN):
        response = client.get(address, headers={"If-None-Match": "*"})

        assert response.status_code in (200, 302)
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert not {"ETag", "Last-Modified", "Expires"} & {*response.headers}
        if response.streaming:
            response.getvalue()


def test_what_the_browser_kept_before_is_dropped(client, editor):
    assert travel(client)["Clear-Site-Data"] == '"cache"'


def test_it_writes_nothing_and_readers_get_the_present_all_the_while(client, editor, coming):
    paths = [*addresses(NOW), coming.get_absolute_url()]
    before = sweep(NOW, paths)

    travel(client)
    with CaptureQueriesContext(connection) as asked:
        for path in {*paths, *addresses(THEN)}:
            answer(path, NOW, client)
        client.get(PAGE)

    assert len(asked) > 100
    assert [query["sql"] for query in asked if WRITES.match(query["sql"])] == []
    assert differences(before, sweep(NOW, paths)) == set()


@pytest.mark.both_databases
def test_pictures_of_it_show_in_it_and_nowhere_else(client, editor, coming):
    pictures = set(addresses(THEN, "site:media", "site:card", "site:rendition")) - set(addresses(NOW))
    travel(client)

    inside = {answer(path, NOW, client)[0] for path in pictures}
    outside = {answer(path, NOW)[0] for path in pictures}

    assert pictures
    assert (inside, outside) == ({200}, {404})


def test_somebody_of_the_desk_sees_no_more_pictures_there_than_readers_do(client, editor, coming):
    (picture,) = set(addresses(THEN, "site:media")) - set(addresses(NOW))
    assert answer(picture, NOW, client)[0] == 200

    travel(client, FRIDAY - SECOND)

    assert answer(picture, NOW, client)[0] == 404


def test_an_ordinary_request_asks_nothing_more(client, editor, django_assert_num_queries):
    with CaptureQueriesContext(connection) as for_a_reader:
        Client().get("/")

    with django_assert_num_queries(len(for_a_reader)):
        client.get("/")
