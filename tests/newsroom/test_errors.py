"""What Sentry is told of an error: where it is in the code, and nothing of who met it."""

import pytest

from coverage.newsroom import errors

sentry_sdk = pytest.importorskip("sentry_sdk", reason="sentry-sdk, an extra, isn't installed.")


@pytest.fixture
def told():
    """The events that would leave the house."""
    from sentry_sdk.transport import Transport

    sent: list[object] = []

    class Kept(Transport):
        def capture_envelope(self, envelope):
            sent.extend(item.payload.json for item in envelope.items if item.payload.json)

    client = sentry_sdk.get_client()
    # Without its hooks in Django, which no test could take out again.
    errors.tell_sentry("http://key@127.0.0.1:1/1", transport=Kept, default_integrations=False)
    yield sent
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(client if client.is_active() else None)


def test_an_error_is_told_without_the_words_around_it(told):
    draft = "Canarydraft"

    try:
        raise ValueError("It broke.")
    except ValueError:
        sentry_sdk.capture_exception()

    (event,) = told
    assert event["exception"]["values"][0]["value"] == "It broke."
    assert draft not in str(event)
    assert "vars" not in str(event["exception"])


def test_nothing_says_who_it_was_or_what_they_sent():
    event = {
        "user": {"id": 7, "ip_address": "192.0.2.1"},
        "breadcrumbs": {"values": [{"message": "canary"}]},
        "request": {
            "method": "POST",
            "url": "https://reviews.example/previews/" + "canary" * 7 + "x/?q=canary",
            "query_string": "q=canary",
            "cookies": {"sessionid": "canary"},
            "headers": {"Authorization": "canary"},
            "data": {"body": "canary"},
            "env": {"REMOTE_ADDR": "192.0.2.1"},
        },
    }

    left = errors.without_persons(event, {})

    assert left == {"request": {"method": "POST", "url": "https://reviews.example/previews/[secret]/"}}
