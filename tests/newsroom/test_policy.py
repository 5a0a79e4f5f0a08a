"""What browsers are allowed: the public policy, and the desk's, which the prose editor widens."""

import pytest
from django.conf import settings
from django.utils.csp import CSP


def policy_of(response):
    header = response.headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in header.split("; "))}


@pytest.mark.parametrize("policy", [settings.SECURE_CSP, settings.SECURE_CSP_DESK])
def test_no_policy_allows_inline_code_or_foreign_hosts(policy):
    allowed = {value for values in policy.values() for value in values}

    hashes = {settings.PROSE_EDITOR_STYLE_HASH, settings.NOTHING_KEPT_HASH}
    assert allowed <= {CSP.SELF, CSP.NONE, CSP.NONCE, "data:"} | hashes


@pytest.mark.one_database
def test_the_public_policy_allows_one_inline_script_by_its_hash(client, db):
    policy = policy_of(client.get("/no-such-page/"))

    assert policy["script-src"] == ["'self'", settings.NOTHING_KEPT_HASH]
    assert policy["style-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]


@pytest.mark.one_database
def test_the_desk_allows_the_editors_one_style(admin_client):
    policy = policy_of(admin_client.get("/desk/"))

    assert settings.PROSE_EDITOR_STYLE_HASH in policy["style-src"]
    assert "'unsafe-inline'" not in policy["style-src"]


@pytest.mark.one_database
def test_every_answer_names_its_request(client, db):
    assert client.get("/no-such-page/").headers["X-Request-ID"]
