"""What the provider tells of bounces and complaints ends the mailing."""

import json
from base64 import b64encode

import pytest
import time_machine
from django.test import Client

from coverage.site.models import Stop, Subscriber
from tests.factories import NOW, make_subscriber

pytestmark = pytest.mark.django_db

SECRET = "postmark:a-long-enough-secret"
ADDRESS = "mika@post.example"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.MAIL_EVENTS_FROM = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


def tell(event, secret=SECRET):
    body = event if isinstance(event, str) else json.dumps(event)
    with time_machine.travel(NOW, tick=False):
        return Client(enforce_csrf_checks=True).post(
            "/mail/events/",
            body,
            content_type="application/json",
            headers={"Authorization": f"Basic {b64encode(secret.encode()).decode()}"},
        )


def bounce(kind, address=ADDRESS, record="Bounce"):
    at = "2026-01-14T12:00:00Z"
    return {"RecordType": record, "Type": kind, "Email": address, "ID": 1, "BouncedAt": at}


@pytest.mark.parametrize(
    ("event", "stopped_by"),
    [
        (bounce("HardBounce"), Stop.BOUNCE),
        (bounce("BadEmailAddress"), Stop.BOUNCE),
        (bounce("SpamComplaint", record="SpamComplaint"), Stop.COMPLAINT),
        (bounce("Transient"), ""),
        (bounce("AutoResponder"), ""),
        ({"RecordType": "Delivery", "Recipient": ADDRESS}, ""),
        (bounce("HardBounce", "other@post.example"), ""),
    ],
)
def test_what_cannot_arrive_or_is_not_wanted_ends_the_mailing(event, stopped_by):
    reader = make_subscriber(ADDRESS)

    answer = tell(event)

    reader.refresh_from_db()
    assert answer.status_code == 200
    assert (reader.stopped_by, reader.stopped_at) == (stopped_by, NOW if stopped_by else None)
    assert Subscriber.objects.reached().exists() == (not stopped_by)


def test_an_address_is_the_same_in_capitals():
    make_subscriber(ADDRESS)

    tell(bounce("HardBounce", ADDRESS.upper()))

    assert not Subscriber.objects.reached().exists()


def test_a_complaint_is_not_forgotten_over_a_bounce():
    reader = make_subscriber(ADDRESS)

    for event in (bounce("SpamComplaint", record="SpamComplaint"), bounce("HardBounce")):
        tell(event)

    reader.refresh_from_db()
    assert reader.stopped_by == Stop.COMPLAINT


def test_who_leaves_at_the_providers_is_forgotten():
    make_subscriber(ADDRESS)

    tell({"RecordType": "SubscriptionChange", "Recipient": ADDRESS, "SuppressSending": True,
          "SuppressionReason": "ManualSuppression", "ChangedAt": "2026-01-14T12:00:00Z"})  # fmt: skip

    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("event", ["", "{", "[]", "null", '"x"', "{}", '{"RecordType": 3, "Email": 5}'])
def test_what_is_no_event_changes_nothing(event):
    reader = make_subscriber(ADDRESS)

    assert tell(event).status_code in (200, 400)

    reader.refresh_from_db()
    assert reader.stopped_at is None


def test_without_the_secret_nobody_is_believed():
    make_subscriber(ADDRESS)

    assert tell(bounce("HardBounce"), "postmark:wrong").status_code == 400
    assert Subscriber.objects.reached().exists()


def test_where_no_provider_is_set_up_nothing_answers(settings):
    settings.MAIL_EVENTS_FROM = settings.NO_PROVIDER

    assert tell(bounce("HardBounce")).status_code == 404
