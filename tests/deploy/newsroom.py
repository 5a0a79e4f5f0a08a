"""The desk of a Friday: does what standard input tells, one line after the other, and says when.

`begin`, `due SECONDS` (approves a piece for the whole second that lies at least so far ahead), `withdraw`.
"""

import math
import sys
import time
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.test import override_settings

from coverage.newsroom import clock
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Review
from reviews.verbs import Act
from tests.demo_site import TEXTS
from tests.factories import approve, make_review, make_series, make_user

SLUG = "a-piece-that-is-due"


def begin() -> float:
    """An empty newsroom, and in it a show with two pieces: one is live, and one nobody has approved."""
    call_command("migrate", verbosity=0)
    with override_settings(WHITENOISE_SKIP_COMPRESS_EXTENSIONS=TEXTS):
        call_command("collectstatic", interactive=False, verbosity=0)
    now = clock.now()
    red = make_series("Red")
    earlier = now - timedelta(days=1)
    approve(make_review(red, slug="live"), earlier, at=earlier - timedelta(hours=1))
    make_review(red, slug=SLUG)
    return now.timestamp()


def due(seconds: int) -> float:
    at = math.ceil(time.time()) + seconds
    approve(Review.objects.get(slug=SLUG), datetime.fromtimestamp(at, UTC), at=clock.now())
    return at


def withdraw() -> float:
    chief = make_user(Role.CHIEF)
    review = Review.objects.get(slug=SLUG)
    verbs.withdraw(review, Act(chief, clock.now(), note="It was wrong."))
    return time.time()


def main() -> None:
    for line in sys.stdin:
        what, *rest = line.split()
        told = {"begin": begin, "due": due, "withdraw": withdraw}[what](*map(int, rest))
        print(told, flush=True)
