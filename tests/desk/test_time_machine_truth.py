"""The time machine against the truth: what it shows of an instant is what is served at that instant.

The short form reads a small newsroom at fifty instants, other addresses at each. `make travels` reads a demo
season, every surface at every instant.
"""

import os
import random
from datetime import UTC, timedelta
from itertools import cycle

import pytest
import time_machine
from django.test import Client, override_settings

from coverage.desk.time_machine.coming import SECOND
from coverage.newsroom.models import Publication
from coverage.newsroom.roles import Role
from coverage.site import surfaces
from reviews import verbs
from reviews.models import Release, Review
from reviews.verbs import Act
from series.models import Episode, Series
from tests.desk.test_demo_newsroom import WEDNESDAY, load_demo
from tests.desk.test_time_machine import BANNER, PAGE
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_review,
    make_series,
    make_user,
    unread,
)
from tests.site.worlds import add_the_piece, edit, make_ordinary_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

LONG = os.environ.get("TRAVELS", "")
MANY = 50
AT_BOUNDARIES = 30
# In the short form: how many addresses of those that may be read are read at each instant.
FEW = 2
ROUND = (-SECOND, timedelta(), SECOND)
HOW = ("Content-Type", "Location")


def answer(client, address):
    """Status, what else tells answers apart, and the body without the machine's banner."""
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, *(response.get(name) for name in HOW), BANNER.sub(b"", body, count=1)


def lies(now, instants, addresses_at):
    """What the machine shows otherwise at `now` than readers get at each instant."""
    travelling = Client()
    travelling.force_login(make_user(Role.EDITOR))
    found = []
    for at in instants:
        with time_machine.travel(now, tick=False):
            travelling.post(PAGE, {"at": at.isoformat()})
        for address in addresses_at(at):
            with time_machine.travel(now, tick=False):
                shown = answer(travelling, address)
            with time_machine.travel(at, tick=False):
                served = answer(Client(), address)
            if shown != served:
                found.append(f"{address} at {at}: {shown[:3]}, and {served[:3]} in truth")
    return found


def instants(first, last):
    """Fifty between `first` and `last`: most within a second of something that turns, the rest anywhere."""
    publication = Publication.objects.get()
    turns = {publication.next_slot(first), publication.next_day(last - timedelta(days=3))}
    for model, field in (
        (Release, "publish_at"),
        (Episode, "airs_at"),
        (Episode, "embargo_until"),
        (Series, "embargo_until"),
    ):
        turns.update(model.objects.filter(**{f"{field}__range": (first, last)}).values_list(field, flat=True))
    dice = random.Random(4)
    chosen = dice.sample(sorted(turns), min(len(turns), AT_BOUNDARIES))
    near = [turn + shift for turn, shift in zip(chosen * 3, cycle(ROUND))][:AT_BOUNDARIES]
    span = (last - first).total_seconds()
    rest = [first + timedelta(seconds=dice.uniform(0, span)) for _number in range(MANY - len(near))]
    return [at.astimezone(UTC) for at in near + rest]


def every_address(at):
    return [address for surface in surfaces.every() for address in surface.addresses(at)]


def make_small_newsroom():
    """Pending edits, withdrawals before and after going live, a late-night slot, embargoes."""
    series, second, unaired, review = make_ordinary_world()
    add_the_piece(series, second, unaired)
    edit(review)
    chief = make_user(Role.CHIEF)
    gone = make_live_review(series, slug="gone")
    verbs.withdraw(gone, Act(chief, NOW - timedelta(days=1), note="Taken back."))
    never = approve(make_review(series, slug="never"), by=chief)
    verbs.withdraw(never, Act(chief, NOW, note="Not yet."))
    late_night = make_series("Late", slot_weekday=2, slot_time="00:55")
    aired = make_episode(late_night, "1", airs_at=FRIDAY + timedelta(days=3, hours=1, minutes=55))
    approve(make_review(late_night, episodes=[aired]), FRIDAY + timedelta(days=5, hours=-9), by=chief)
    return [review.get_absolute_url(), gone.get_absolute_url(), never.get_absolute_url(), "/no-such-page/"]


@pytest.mark.skipif(bool(LONG), reason="the long form is asked for")
def test_the_machine_shows_what_readers_get():
    odd = make_small_newsroom()
    first, last = FRIDAY - timedelta(weeks=1, days=1), FRIDAY + timedelta(weeks=2)
    everything = [*odd, *every_address(last)]
    random.Random(4).shuffle(everything)
    turn = cycle(everything)

    found = lies(NOW, instants(first, last), lambda at: [next(turn) for _number in range(FEW)])

    assert found == []


def test_fifty_instants_are_asked_for_and_most_are_at_a_boundary():
    make_small_newsroom()

    asked = instants(FRIDAY - timedelta(weeks=1, days=1), FRIDAY + timedelta(weeks=2))

    def near_a_boundary(at):
        before = at - SECOND - timedelta.resolution
        return Publication.objects.current(before).next_boundary(before) - at <= SECOND

    assert len(asked) == MANY
    assert sum(map(near_a_boundary, asked)) >= 20


@pytest.fixture
def demo(tmp_path):
    """The demo newsroom on its Wednesday, with more waiting and more withdrawn than it comes with."""
    with (
        override_settings(MEDIA_ROOT=tmp_path),
        time_machine.travel(WEDNESDAY, tick=False),
    ):
        load_demo()
        chief = make_user(Role.CHIEF)
        live = Release.objects.live(WEDNESDAY).select_related("review").order_by("-publish_at")
        for release in live[3:6]:
            Review.objects.filter(pk=release.review.pk).update(headline="Edited since", standfirst="Edited.")
            Review.objects.get(pk=release.review.pk).keep(by=chief, at=WEDNESDAY)
        for release in live[8:10]:
            act = Act(chief, WEDNESDAY, note="It was the wrong cut.")
            verbs.withdraw(Review.objects.get(pk=release.review.pk), act)
        for review in Review.objects.filter(status="submitted"):
            late = WEDNESDAY + timedelta(days=9, hours=2)
            with unread():
                verbs.approve(review, Act(chief, WEDNESDAY, note="For the test."), late, "It has been seen.")
        yield


@pytest.mark.skipif(not LONG, reason="make travels runs it")
def test_so_it_does_over_a_season(demo):
    first, last = WEDNESDAY - timedelta(weeks=9), WEDNESDAY + timedelta(weeks=3)
    share = int(LONG)

    def some(at):
        """Of each surface as many as were asked for, others at each instant; and what isn't there yet."""
        dice = random.Random(str(at))
        for surface in surfaces.every():
            now, at_the_end = list(surface.addresses(at)), list(surface.addresses(last))
            yield from dice.sample(now, min(share, len(now)))
            to_come = sorted(set(at_the_end) - set(now))
            yield from dice.sample(to_come, min(share, len(to_come)))

    assert lies(WEDNESDAY, instants(first, last), some) == []
