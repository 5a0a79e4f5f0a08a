"""What a reader does to get mail, and what the house sends meanwhile."""

import re

import time_machine
from django.core import mail
from django.test import Client

from reviews.announcing.delivering import deliver_due
from tests.factories import NOW


def ask(address="mika@post.example", of="week", at=NOW, **headers):
    with time_machine.travel(at, tick=False):
        return Client(enforce_csrf_checks=True).post("/mail/ask/", {"address": address, "of": of}, **headers)


def visit(path, at=NOW):
    with time_machine.travel(at, tick=False):
        return Client().get(path)


def press(path, data=None, at=NOW):
    """A POST by somebody without a cookie or a token."""
    with time_machine.travel(at, tick=False):
        return Client(enforce_csrf_checks=True).post(path, data or {})


def delivered(at=NOW):
    """The mails that leave at `at`."""
    before = len(mail.outbox)
    with time_machine.travel(at, tick=False):
        deliver_due(lambda: at)
    return mail.outbox[before:]


def path_in(message, view):
    """Where a mail leads to, within the site."""
    return re.search(rf"http://127\.0\.0\.1:8000(/mail/{view}/\S+)", message.body)[1]
