"""What machines are told of a piece: what the verbs write, and what leaves of it."""

import hashlib
import hmac
import ipaddress
import json
from base64 import b64decode, b64encode
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.urls import reverse

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.announcing import purging
from reviews.announcing.delivering import deliver_due
from reviews.announcing.kinds import Call
from reviews.models import Announcement, Correction, Endpoint, Review
from reviews.models.announcements import Outcome
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    make_endpoint,
    make_episode,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)
from tests.receiver import listening

pytestmark = pytest.mark.django_db

CANARY = "Canary dies"


@pytest.fixture(scope="module")
def listener():
    with listening() as receiver:
        yield receiver


@pytest.fixture
def receiver(listener, settings):
    listener.log.clear()
    listener.answers.clear()
    settings.PRIVATE_NETWORKS = [ipaddress.ip_network("127.0.0.0/8")]
    return listener


@pytest.fixture
def everybody(receiver, settings):
    """One of each who can be told."""
    settings.WEBSUB_HUBS = [f"{receiver.origin}/hub"]
    settings.INDEXNOW_KEY, settings.INDEXNOW_URL = "a-key-of-ours", f"{receiver.origin}/indexnow"
    settings.CACHE_PURGE = [f"nginx:{receiver.origin}"]
    return make_endpoint(hook(receiver))


@pytest.fixture
def chief(db):
    return make_user(Role.CHIEF)


def hook(receiver):
    return f"{receiver.origin}/hook"


def approve(review, by, at=NOW, publish_at=FRIDAY):
    return verbs.approve(review, Act(by, at), publish_at)


def deliver(at=FRIDAY + timedelta(seconds=2)):
    return +deliver_due(lambda: at)


def calls(**which):
    rows = Announcement.objects.filter(kind__in=Call.values, **which).order_by("pk")
    return [(row.kind, row.detail["event"], row.due_at) for row in rows]


def bodies(receiver, path="/hook"):
    return [json.loads(got.body) for got in receiver.log if got.path == path]


def change(review, at):
    Review.objects.filter(pk=review.pk).update(standfirst="Other words.")
    review.refresh_from_db()
    review.keep(by=None, at=at)
    return review


def test_an_approved_piece_is_told_to_each_at_its_instant(piece, chief, everybody):
    approve(piece, chief)

    after = {"purge": timedelta(seconds=2)}  # when no process makes the page of before any more
    assert sorted(calls()) == [
        (kind, "review.live", FRIDAY + after.get(kind, timedelta()))
        for kind in ("indexnow", "purge", "webhook", "websub")
    ]
    assert deliver(FRIDAY - timedelta(seconds=1)).get(Outcome.SENT, 0) == 1  # the mail to its writer
    assert deliver()[Outcome.SENT] == 4


def test_what_is_told_before_its_instant_is_nothing(piece, chief, everybody, receiver):
    approve(piece, chief)

    deliver(FRIDAY - timedelta(seconds=1))

    assert receiver.log == []


def test_nobody_is_told_where_nobody_is_set_up(piece, chief):
    approve(piece, chief)

    assert calls() == []


def test_rescheduling_begins_a_new_round(piece, chief, receiver):
    make_endpoint(hook(receiver))
    approve(piece, chief)
    verbs.reschedule(piece, Act(chief, NOW), FRIDAY + timedelta(days=7))

    assert deliver(FRIDAY)[Outcome.SKIPPED] == 1
    assert receiver.log == []
    assert deliver(FRIDAY + timedelta(days=7))[Outcome.SENT] == 1
    assert len(receiver.log) == 1


def test_what_is_withdrawn_before_its_instant_is_never_told(piece, chief, receiver):
    make_endpoint(hook(receiver))
    approve(piece, chief)
    verbs.withdraw(piece, Act(chief, NOW))
    approve(piece, chief, publish_at=FRIDAY + timedelta(days=1))

    deliver(FRIDAY)
    before = list(receiver.log)
    deliver(FRIDAY + timedelta(days=1))

    assert before == []
    assert [body["type"] for body in bodies(receiver)] == ["review.live"]


def test_what_happens_to_a_live_piece_is_told_at_once_and_in_order(piece, chief, receiver):
    make_endpoint(hook(receiver))
    approve(piece, chief)
    deliver()
    later = [FRIDAY + timedelta(hours=hours) for hours in range(1, 4)]
    verbs.correct(change(piece, later[0]), Act(chief, later[0], note="It was wrong."), Correction.Kind.FACT)
    deliver(later[0])
    verbs.withdraw(piece, Act(chief, later[1], note="It is all wrong."))
    deliver(later[1])
    verbs.reinstate(piece, Act(chief, later[2]))
    deliver(later[2])

    told = bodies(receiver)
    assert [body["type"].partition(".")[2] for body in told] == ["live", "changed", "withdrawn", "live"]
    assert told[1]["data"]["standfirst"] == "Other words."
    assert set(told[2]["data"]) == {"id", "url"}
    assert sorted(body["sequence"] for body in told) == [body["sequence"] for body in told]


def test_a_correction_before_the_announcer_came_takes_nothing_away(piece, chief, receiver):
    make_endpoint(hook(receiver))
    approve(piece, chief)
    later = FRIDAY + timedelta(minutes=5)
    verbs.correct(change(piece, later), Act(chief, later, note="It was wrong."), Correction.Kind.FACT)

    deliver(later)

    assert [body["type"] for body in bodies(receiver)] == ["review.live", "review.changed"]


def test_a_new_edition_before_its_instant_is_told_once_as_it_went_live(piece, chief, receiver):
    make_endpoint(hook(receiver))
    approve(piece, chief)
    approve(change(piece, NOW), chief)

    deliver()

    assert [body["data"]["standfirst"] for body in bodies(receiver)] == ["Other words."]


def test_a_typo_put_right_is_new_to_caches_alone(piece, chief, everybody):
    approve(piece, chief)
    deliver()
    verbs.correct(change(piece, FRIDAY), Act(chief, FRIDAY), Correction.Kind.TYPO)

    assert [kind for kind, event, _due in calls() if event == "review.changed"] == ["purge"]


def test_a_verb_that_is_undone_tells_nothing(piece, chief, receiver):
    make_endpoint(hook(receiver))

    with pytest.raises(verbs.VerbRefused):
        verbs.reinstate(piece, Act(chief, NOW))

    assert calls() == []


@pytest.mark.one_database
def test_a_webhook_is_signed_so_that_its_receiver_can_tell(piece, chief, receiver):
    endpoint = make_endpoint(hook(receiver))
    secret = b64decode(endpoint.renew_secret().removeprefix("whsec_"))
    approve(piece, chief)

    deliver(FRIDAY)

    (got,) = receiver.log
    row = Announcement.objects.get(kind="webhook")
    key, seconds = got.headers["webhook-id"], got.headers["webhook-timestamp"]
    signed = f"{key}.{seconds}.".encode() + got.body
    signature = b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert got.headers["webhook-signature"] == f"v1,{signature}"
    assert (key, int(seconds)) == (str(row.key), FRIDAY.timestamp())
    assert got.headers["idempotency-key"] == key


@pytest.mark.one_database
def test_of_a_piece_no_more_leaves_than_may_leave_its_page(piece, chief, everybody, receiver):
    Review.objects.update(introduction=f"<p>{CANARY}</p>", standfirst="What it is about.")
    piece.parts.update(body=f"<p>{CANARY}</p>", verdict=f"<p>{CANARY}</p>")
    piece.refresh_from_db()
    approve(piece, chief)

    deliver()

    (told,) = bodies(receiver)
    assert told["data"]["standfirst"] == "What it is about."
    assert told["data"]["url"] == f"http://127.0.0.1:8000{piece.get_absolute_url()}"
    assert len(receiver.log) > 3
    assert not [got for got in receiver.log if CANARY.encode() in got.body]


def test_an_endpoint_is_told_what_it_asked_for(piece, chief, receiver):
    for wanted in ({"tells_live": False}, {"is_on": False}, {"series": make_series()}):
        make_endpoint(hook(receiver), **wanted)
    mine = make_endpoint(hook(receiver), series=piece.series)

    approve(piece, chief)

    (row,) = Announcement.objects.filter(kind="webhook")
    assert row.destination == f"endpoint:{mine.pk}"


def test_an_endpoint_for_one_show_is_told_of_a_roundup_with_a_part_about_it(chief, receiver):
    show = make_series()
    roundup = make_review(
        make_series(), kind="roundup", episodes=[make_episode(show)], reviewer=make_reviewer()
    )
    make_endpoint(hook(receiver), series=show)

    approve(roundup, chief)

    assert len(calls(kind="webhook")) == 1


def test_an_endpoint_that_was_switched_off_is_told_nothing_more(piece, chief, receiver):
    make_endpoint(hook(receiver))
    approve(piece, chief)
    Endpoint.objects.update(is_on=False)

    assert deliver()[Outcome.SKIPPED] == 1
    assert receiver.log == []


@pytest.mark.one_database
def test_an_address_that_cant_be_read_stops_no_other(piece, chief, receiver):
    make_endpoint("https://hooks.example:99999/")
    make_endpoint(hook(receiver))
    approve(piece, chief)

    deliver()

    assert len(bodies(receiver)) == 1
    waiting = Announcement.objects.get(outcome=Outcome.WAITING)
    assert (waiting.attempts, waiting.claimed_until) == (1, None)
    assert "Port" in waiting.reason


@pytest.mark.one_database
def test_a_hub_is_told_of_every_feed_that_the_piece_stands_in(piece, chief, everybody, receiver):
    approve(piece, chief)

    deliver()

    (got,) = [got for got in receiver.log if got.path == "/hub"]
    told = parse_qs(got.body.decode())
    paths = {url.removeprefix("http://127.0.0.1:8000") for url in told["hub.url"]}
    critic = piece.bylines.get().reviewer.slug
    assert told["hub.mode"] == ["publish"]
    assert {"/feed/", "/feed.json"} < paths
    assert reverse("site:series_feed", args=[piece.series.slug]) in paths
    assert reverse("site:reviewer_feed_json", args=[critic]) in paths


@pytest.mark.one_database
def test_search_engines_are_told_of_its_page_with_the_key(piece, chief, everybody, receiver, client):
    approve(piece, chief)

    deliver()

    (told,) = bodies(receiver, "/indexnow")
    assert told["host"] == "127.0.0.1:8000"
    assert told["urlList"][0] == f"http://127.0.0.1:8000{piece.get_absolute_url()}"
    path = told["keyLocation"].removeprefix("http://127.0.0.1:8000")
    assert client.get(path).content.decode() == told["key"] == "a-key-of-ours"


@pytest.mark.one_database
def test_without_a_key_there_is_no_page_for_it(client, db):
    assert client.get(reverse("site:indexnow_key")).status_code == 404


@pytest.mark.one_database
def test_nginx_is_asked_for_each_address_and_told_the_sites_name(piece, chief, everybody, receiver):
    receiver.answers += [(404, {})] * 3
    approve(piece, chief)

    deliver()

    purged = [got for got in receiver.log if got.method == "PURGE"]
    assert {piece.get_absolute_url(), "/", "/feed/", "/sitemap.xml"} < {got.path for got in purged}
    assert {got.headers["host"] for got in purged} == {"127.0.0.1:8000"}
    assert Announcement.objects.get(kind="purge").outcome == Outcome.SENT


@pytest.mark.one_database
def test_cloudflare_is_asked_by_names_with_its_token(piece, chief, receiver, settings, monkeypatch):
    settings.CACHE_PURGE, settings.CLOUDFLARE_API_TOKEN = ["cloudflare:zone1"], "a-token"
    monkeypatch.setattr(purging, "CLOUDFLARE", receiver.origin)
    receiver.answers.append((200, {}))
    approve(piece, chief)

    deliver()

    (got,) = receiver.log
    assert got.path == "/zone1/purge_cache"
    assert got.headers["authorization"] == "Bearer a-token"
    assert json.loads(got.body)["tags"][:2] == ["lists", f"review-{piece.slug}"]
    assert "a-token" not in str(Announcement.objects.filter(kind="purge").values())


class Varnish:
    taken = (204,)

    def __init__(self, where):
        self.where = where

    def requests(self, names, paths):
        return [purging.Request(self.where, "POST", headers={"Surrogate-Key": " ".join(names)})]


@pytest.mark.one_database
def test_any_class_can_purge(piece, chief, receiver, settings):
    settings.CACHE_PURGE = [f"{__name__}.Varnish:{receiver.origin}/ban"]
    approve(piece, chief)

    deliver()

    assert receiver.log[0].headers["surrogate-key"].startswith("lists review-")
