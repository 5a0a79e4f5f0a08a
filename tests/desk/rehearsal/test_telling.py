"""How a rehearsal is told: by the command, by mail, at the desk."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from coverage.desk.rehearsal import page as desk_page
from coverage.desk.rehearsal import running, surfaces, telling
from coverage.newsroom.roles import Role
from reviews.announcing.delivering import deliver_due
from reviews.announcing.kinds import Kind
from reviews.announcing.recipients import destination_of
from reviews.models import Announcement, Assignment
from tests.factories import FRIDAY, make_episode, make_reviewer, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
THURSDAY = FRIDAY - timedelta(days=1)


@pytest.fixture
def site_unread(monkeypatch):
    """A rehearsal is told alike whether or not there was time for reading the site."""
    monkeypatch.setattr(running, "sweep", lambda now, slot, _seconds: surfaces.sweep(now, slot, -1.0))


# The command


def command(**options):
    out = io.StringIO()
    call_command("rehearse", stdout=out, **options)
    return out.getvalue()


def test_the_command_tells_by_owner_and_ends_well_where_all_is_well(piece):
    said = command()

    assert "Rehearsing Friday 16 January, 09:00 New York." in said
    assert "Ada Quill\n  Ashore (Moonlit Ferry, Episode 1): Scheduled\n" in said


@pytest.mark.usefixtures("site_unread")
def test_the_command_ends_with_1_where_something_would_fail(draft):
    with pytest.raises(CommandError) as refused:
        command()

    assert refused.value.returncode == 1
    assert str(refused.value) == "0 of 1 pieces would go out as planned."


@pytest.mark.usefixtures("site_unread")
def test_the_command_takes_another_slot(piece):
    with pytest.raises(CommandError):
        command(slot=(FRIDAY - timedelta(days=8)).isoformat())

    assert "Scheduled" in command(slot="2026-01-23T09:00-05:00")
    assert "Scheduled" not in command(slot="2026-01-15T09:00-05:00")


@pytest.mark.parametrize(
    "slot", ["Friday", "2026-01-16T09:00", "9999-12-31T23:59-14:00", "2026-01-01T09:00Z"]
)
def test_an_odd_slot_is_refused_in_one_line(slot):
    with pytest.raises(CommandError) as refused:
        command(slot=slot)

    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


# By mail


@pytest.fixture
def people(piece, draft, owner, site_unread):
    """An editor, and the owner of the approved piece."""
    Announcement.objects.all().delete()
    return make_user(Role.EDITOR, email="editor@desk.example"), owner


def deliver(at):
    deliver_due(lambda: at)
    return {message.to[0]: message for message in mail.outbox}


def test_from_the_day_before_everybody_is_told_once(people, monkeypatch):
    telling.look(THURSDAY - timedelta(seconds=1))
    too_early = Announcement.objects.count()
    telling.look(THURSDAY)
    monkeypatch.setattr(telling, "rehearse", pytest.fail)
    telling.look(THURSDAY + timedelta(hours=1))

    rows = Announcement.objects.filter(kind=Kind.REHEARSAL)
    assert too_early == 0
    assert {destination_of(user) for user in people} <= set(rows.values_list("destination", flat=True))


def test_editors_read_all_of_it_and_writers_what_is_theirs(people):
    telling.look(THURSDAY)

    sent = deliver(THURSDAY)

    whole, own = sent["editor@desk.example"], sent["writer@desk.example"]
    assert whole.subject == "[Eyecatch] Rehearsal: 1 of 2 pieces would go out as planned."
    assert own.subject == "[Eyecatch] Rehearsal: All would go out as planned: 1 of 1."
    assert "Bo Reed" in whole.body
    assert "Nobody has approved it." in whole.body
    assert "Ashore: Ready." in own.body
    assert "Bo Reed" not in own.body
    assert "/desk/rehearsal/" in own.body


def test_who_has_begun_nothing_yet_is_told_what_is_theirs_to_write(people, series, owner):
    late = make_user(Role.WRITER, email="late@desk.example")
    episode = make_episode(series, "3", airs_at=THURSDAY - timedelta(days=1))
    critic = make_reviewer("Cy Late", user=late)
    Assignment.objects.create(series=series, week="2026-W03", reviewer=critic)

    telling.look(THURSDAY)
    sent = deliver(THURSDAY)

    assert f"{series}, {episode.label}: Nobody has begun it." in sent["late@desk.example"].body
    assert "Bo Reed" not in sent["late@desk.example"].body
    assert "Cy Late" not in sent["writer@desk.example"].body


def test_a_rehearsal_is_not_told_after_the_slot(people):
    telling.look(THURSDAY)

    assert deliver(FRIDAY) == {}


# At the desk


def told(client):
    return client.get("/desk/rehearsal/").getvalue().decode()


@pytest.mark.usefixtures("site_unread")
def test_the_page_tells_it_by_owner(client, editor, piece, draft):
    page = told(client)

    assert "Friday 16 January, 09:00 New York" in page
    assert "Friday 16 January, 09:00</span>" in page
    assert "1 of 2 pieces would go out as planned." in page
    assert page.index("Ada Quill") < page.index("Ashore") < page.index("Bo Reed")
    assert f"/desk/reviews/review/{draft.pk}/change/" in page
    assert page.endswith("</html>\n")


def test_the_page_tells_how_far_it_is_while_it_goes(client, editor, piece, draft, monkeypatch):
    monkeypatch.setattr(desk_page, "PAUSE", 0.0)

    parts = [part.decode() for part in client.get("/desk/rehearsal/").streaming_content]

    steps = [part for part in parts if "rehearsal__step" in part]
    assert "Trying the pieces: 0 of 2." in steps[0]
    assert "Reading the site as it will stand: 20 pages, feeds and files." in "".join(steps)
    assert parts.index(steps[-1]) < next(at for at, part in enumerate(parts) if "rehearsal__report" in part)


def test_the_page_says_what_it_had_no_time_for(client, editor, piece, monkeypatch):
    monkeypatch.setattr(desk_page, "SECONDS", -1.0)

    assert "weren't reached in time" in told(client)


def test_a_rehearsal_that_breaks_off_says_so(client, editor, piece, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("Canary")

    monkeypatch.setattr(running, "due_until", broken)

    page = told(client)

    assert "The rehearsal broke off" in page
    assert "Canary" not in page
    assert page.endswith("</html>\n")


def test_the_front_page_leads_there(client, editor):
    assert 'href="/desk/rehearsal/"' in client.get("/desk/").content.decode()


def test_posting_to_it_does_nothing(client, editor):
    assert client.post("/desk/rehearsal/").status_code == 405
