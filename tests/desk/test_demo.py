from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from coverage.desk.demo import loading
from coverage.desk.demo.desk_work import DeskWork
from coverage.desk.demo.manuscripts import prose
from coverage.newsroom.models import AuditEntry, User
from reviews.models import Release, Review
from tests.factories import make_series, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NEW_YORK = ZoneInfo("America/New_York")
LIGHTHOUSE = "the-lighthouse-keeps-no-hours"


def load_demo() -> str:
    said = StringIO()
    call_command("load_demo", picture_width=48, stdout=said)
    return said.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    "instant",
    [
        # New York has just put its clocks forward: a second before a Friday's slot, and at it.
        pytest.param("2026-03-13 12:59:59", marks=pytest.mark.one_database),
        "2026-03-13 13:00:00",
        # Two weeks of one year end in another.
        pytest.param("2027-01-01 04:59:59", marks=pytest.mark.one_database),
    ],
)
def test_a_season_is_under_way_whenever_it_is_loaded(instant):
    now = datetime.fromisoformat(instant).replace(tzinfo=UTC)

    with time_machine.travel(now, tick=False):
        load_demo()

    scheduled = Release.objects.exclude(pk__in=Release.objects.live(now)).get(withdrawn_at=None)
    slot = scheduled.publish_at.astimezone(NEW_YORK)
    assert (slot.weekday(), slot.hour, slot.minute) == (4, 9, 0)
    assert now < scheduled.publish_at <= now + timedelta(days=7, hours=1)
    last = Release.objects.live(now).filter(publish_at__gte=scheduled.publish_at - timedelta(days=7, hours=1))
    assert last.filter(review__series__slug=LIGHTHOUSE).count() == 1
    assert not AuditEntry.objects.filter(at__gt=now).exists()
    assert not Release.objects.filter(approved_at__gt=now).exists()
    assert not Review.objects.filter(updated_at__gt=now).exists()


def test_it_is_not_for_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="not for production") as refused:
        load_demo()

    assert refused.value.returncode == 2
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("obstacle", "what"), [(make_series, "series"), (lambda: make_user(name="chief"), "accounts")]
)
def test_it_does_not_mix_with_a_newsroom_that_is_at_work(obstacle, what):
    obstacle()

    with pytest.raises(CommandError, match=what) as refused:
        load_demo()

    assert refused.value.returncode == 2
    assert not Review.objects.exists()


@pytest.mark.both_databases
def test_it_is_never_half_written(monkeypatch):
    def fail(desk, pile):
        desk.take(pile[0])
        raise OSError("The disk is full.")

    monkeypatch.setattr(DeskWork, "take_all", fail)

    with pytest.raises(OSError, match="full"):
        load_demo()

    assert not Review.objects.exists()
    assert not User.objects.exists()
    assert not loading.is_loaded()


def test_a_manuscript_becomes_what_the_prose_editor_would_write():
    html = prose("One *so* and\n||that||: 灯台.\n\n!! Hidden & shut.")

    assert html == (
        '<p>One <em>so</em> and <span class="spoiler">that</span>: <span lang="ja">灯台</span>.</p>'
        '<div class="spoiler"><p>Hidden &amp; shut.</p></div>'
    )
