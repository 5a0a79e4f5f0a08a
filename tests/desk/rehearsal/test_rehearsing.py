"""The dry run of the next slot: what it finds, that it changes nothing, and how it is told."""

from datetime import timedelta
from unittest import mock

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.storage import default_storage

from coverage.desk.rehearsal import running
from coverage.desk.rehearsal.running import rehearse
from coverage.desk.rehearsal.surfaces import fault_in_feed
from coverage.newsroom.roles import Role
from coverage.site import feeds
from reviews import card_drawing, verbs
from reviews import views as review_views
from reviews.announcing import letters
from reviews.models import Announcement, Review
from reviews.verbs import Act
from series.models import Episode
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_review,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
THURSDAY = FRIDAY - timedelta(days=1)


def rehearsed(seconds=3600.0):
    return rehearse(FRIDAY, NOW, seconds)


def rehearsed_at_the_desk():
    """Without the site, which takes the longest."""
    with mock.patch.object(running, "_read_the_site"):
        return rehearsed()


def faults(report=None):
    report = report or rehearsed_at_the_desk()
    return [fault for each in report.pieces for fault in each.faults] + report.site


def everything(media):
    """Every row of ours, and every file."""
    rows = {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in ("newsroom", "series", "reviews")
    }
    return rows, sorted(media.rglob("*"))


def test_where_all_is_well_it_says_so(piece):
    report = rehearsed()

    (found,) = report.pieces
    assert (found.faults, found.hints, report.site) == ([], [], [])
    assert (report.ready, report.would_fail, report.unread) == (1, False, 0)
    assert report.sum == "All would go out as planned: 1 of 1."
    assert report.read > 20


@pytest.mark.both_databases
def test_pieces_stand_under_those_who_wrote_them(piece, draft):
    assert [
        (owner.name, [each.title for each in owner.pieces]) for owner in rehearsed_at_the_desk().owners
    ] == [
        ("Ada Quill", ["Ashore"]),
        ("Bo Reed", [str(draft)]),
    ]


@pytest.mark.both_databases
def test_what_is_due_later_or_has_come_is_not_rehearsed(series):
    approve(make_review(series), FRIDAY + timedelta(seconds=1))
    make_review(series, planned_at=FRIDAY + timedelta(seconds=1))
    approve(make_review(series), NOW)

    report = rehearsed_at_the_desk()
    assert report.pieces == []
    assert report.sum == "Nothing is due in this slot."


def test_what_nobody_has_approved_would_not_go_out(draft):
    Review.objects.update(standfirst="")

    assert faults()[:2] == [
        "Nobody has approved it.",
        "It needs a standfirst: without spoilers, it is all that lists and feeds show.",
    ]


@pytest.mark.both_databases
def test_what_aired_and_nobody_has_begun_is_told(series):
    Episode.objects.create(series=series, number="4", airs_at=NOW - timedelta(hours=1))

    (found,) = rehearsed_at_the_desk().pieces

    assert (found.title, found.about, found.owner) == ("Moonlit Ferry", "Episode 4", "")
    assert found.faults == ["Nobody has begun it."]
    assert found.path.startswith("/desk/board/")


def test_a_rule_that_was_broken_since_the_approval_is_found(piece):
    Episode.objects.update(airs_at=FRIDAY + timedelta(hours=1))

    assert "Moonlit Ferry Episode 1 hasn't aired by then." in faults()


def test_an_exception_that_a_chief_has_made_holds(series):
    episode = make_episode(series, airs_at=FRIDAY + timedelta(hours=1))
    review, chief = make_review(series, episodes=[episode]), make_user(Role.CHIEF)
    verbs.approve(review, Act(chief, NOW), publish_at=FRIDAY, exception="A screening.")

    assert faults() == []


def test_words_changed_since_the_approval_are_pointed_out_and_stop_nothing(piece, owner):
    Review.objects.update(headline="Adrift")
    piece.keep(by=owner, at=NOW)

    report = rehearsed_at_the_desk()

    assert "readers get it as it was approved" in report.pieces[0].hints[0]
    assert not report.would_fail


def test_a_page_that_cant_be_made_is_its_pieces_fault(piece, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("no page")

    monkeypatch.setattr(review_views, "_shows", broken)

    assert faults(rehearsed()) == ["Its page: ZeroDivisionError: no page"]


def test_a_drafts_page_is_tried_too(draft, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("no page")

    monkeypatch.setattr(review_views, "_shows", broken)

    assert "Its page can't be made: ZeroDivisionError: no page" in faults()


def test_a_feed_that_breaks_is_the_sites_fault_and_hides_no_other(piece, draft, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("no feed")

    monkeypatch.setattr(feeds, "render", broken)

    report = rehearsed()

    assert report.site
    assert all("ZeroDivisionError: no feed" in fault for fault in report.site)
    assert "Nobody has approved it." in report.pieces[1].faults


def test_a_card_that_cant_be_drawn_is_its_pieces_fault(piece, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("no card")

    monkeypatch.setattr(card_drawing, "drawn", broken)

    assert faults() == ["Its card can't be drawn: ZeroDivisionError: no card"]


def test_a_picture_whose_file_is_missing_is_found(coming):
    default_storage.delete(coming.lead_picture.file.name)

    assert any("The picture's file is missing." in fault for fault in faults(rehearsed()))


def test_a_mail_that_cant_be_written_is_found(draft, monkeypatch):
    make_user(Role.EDITOR, email="editor@desk.example")

    def broken(occasion):
        raise ZeroDivisionError("no mail")

    monkeypatch.setitem(letters._writers, ("late", "review"), broken)

    assert any("ZeroDivisionError" in fault or "no mail" in fault for fault in rehearsed_at_the_desk().site)


@pytest.mark.both_databases
def test_the_mails_that_the_slot_brings_are_written_and_not_sent(draft):
    make_user(Role.EDITOR, email="editor@desk.example")

    assert rehearsed_at_the_desk().mails == 1
    assert mail.outbox == []
    assert not Announcement.objects.exists()


def test_it_changes_no_row_and_writes_no_file(coming, media_root):
    make_review(coming.series, episodes=[make_episode(coming.series, "2")], planned_at=FRIDAY)
    before = everything(media_root)

    rehearsed()

    assert everything(media_root) == before


def test_what_there_was_no_time_for_is_counted(piece):
    report = rehearsed(seconds=-1)

    assert (report.read, report.would_fail) == (0, False)
    assert report.unread > 20


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"<feed", "It can't be parsed: "),
        (b"{", "It can't be parsed: "),
        (b"<feed><entry xmlns='http://www.w3.org/2005/Atom'><id>a</id></entry></feed>", "no title"),
        (b'{"items": [{"id": "a", "url": "b", "title": "c"}]}', "no date_published"),
        (b'{"items": [{"id": "a", "url": "b", "title": "c", "date_published": "soon"}]}', "can't be parsed"),
        (b"<urlset></urlset>", ""),
        (b'{"items": []}', ""),
    ],
)
def test_what_a_feed_reader_would_stumble_over(body, fault):
    found = fault_in_feed(body)

    assert fault in found
    assert bool(fault) == bool(found)
