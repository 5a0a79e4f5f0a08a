"""Links that show a piece before it is out, to whoever has one and to nobody else."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from coverage.newsroom.models import AuditEntry, Picture
from coverage.newsroom.roles import Role
from coverage.site import surfaces
from reviews import verbs
from reviews.markup.stills import place
from reviews.models import PreviewLink, Review
from reviews.previewing.links import end_link, make_link
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)
from tests.site.sweeps import answer, bodies, sweep

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PICTURE = re.compile(r'(?:src|srcset)="([^"]+)"')


@pytest.fixture
def chief():
    return make_user(Role.CHIEF)


def linked(review, by, at=NOW, **how):
    """The address of a new link."""
    _link, token = make_link(review, by=by, at=at, **how)
    return f"/previews/{token}/"


def written(review, words, at=NOW):
    Review.objects.filter(pk=review.pk).update(introduction=f"<p>{words}</p>")
    review.keep(by=None, at=at)


def test_who_has_the_link_sees_the_draft_without_an_account(chief):
    show = make_series()
    review = make_review(show, episodes=[make_episode(show)], introduction="<p>Words of a draft.</p>")

    status, headers, body = answer(linked(review, chief), NOW)

    assert status == 200
    assert b"Words of a draft." in body
    assert "no-store" in headers["Cache-Control"]
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert {"ETag", "Set-Cookie"}.isdisjoint(headers)
    assert b"isn't published yet" in body
    assert b"og:title" not in body


@pytest.mark.both_databases
def test_a_link_follows_the_draft_or_stays_with_one_edition(chief):
    review = make_review(introduction="<p>First words.</p>")
    follows, pinned = linked(review, chief), linked(review, chief, edition=review.editions.get())

    written(review, "Second words.")

    assert b"Second words." in answer(follows, NOW)[2]
    stays = answer(pinned, NOW)[2]
    assert b"First words." in stays
    assert b"Second words." not in stays


@pytest.mark.both_databases
def test_a_link_ends_by_itself_after_its_days(chief):
    address = linked(make_review(introduction="<p>Words of a draft.</p>"), chief)

    last = answer(address, NOW + timedelta(days=7, seconds=-1))
    status, headers, body = answer(address, NOW + timedelta(days=7))

    assert last[0] == 200
    assert status == 410
    assert b"This preview has ended" in body
    assert b"Words of a draft." not in body
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.both_databases
def test_a_link_that_was_ended_leads_nowhere_and_that_is_written_down(chief):
    review = make_review()
    address = linked(review, chief, for_whom="The studio")

    end_link(PreviewLink.objects.get(), by=chief, at=NOW)
    end_link(PreviewLink.objects.get(), by=chief, at=NOW + timedelta(hours=1))

    assert answer(address, NOW)[0] == 410
    told = [(entry.verb, entry.note, entry.actor) for entry in AuditEntry.objects.about(review)]
    assert told == [("unshare", "The studio", chief), ("share", "The studio", chief)]


@pytest.mark.both_databases
def test_a_link_ends_when_its_piece_is_discarded_and_with_its_makers_account(chief):
    review = make_review()
    gone, left = linked(review, chief), linked(make_review(), make_user(Role.EDITOR))

    verbs.discard(review, Act(chief, NOW))
    assert answer(left, NOW)[0] == 200
    maker = PreviewLink.objects.exclude(made_by=chief).get().made_by
    maker.is_active = False
    maker.save()

    assert [answer(address, NOW)[0] for address in (gone, left)] == [410, 410]
    with pytest.raises(ValidationError):
        make_link(Review.objects.get(pk=review.pk), by=chief, at=NOW)


def test_a_token_that_never_was_answers_as_any_address_that_never_was(chief):
    linked(make_review(), chief)

    unknown = answer(f"/previews/{'A' * 43}/", NOW)

    assert unknown == answer("/previews/nothing/", NOW)
    assert unknown[0] == 404


@pytest.mark.both_databases
def test_no_token_is_kept_and_each_is_too_long_to_guess(chief):
    link, token = make_link(make_review(), by=chief, at=NOW)

    assert len(token) == 43  # 256 bits
    assert token not in str(PreviewLink.objects.values().get())
    assert token not in str([(entry.note, entry.detail) for entry in AuditEntry.objects.all()])
    assert link.digest not in token


@pytest.mark.both_databases
def test_a_link_tells_when_it_was_last_opened(chief):
    address = linked(make_review(), chief)
    assert PreviewLink.objects.get().last_opened_at is None

    for minutes in (1, 1.5, 60):
        answer(address, NOW + timedelta(minutes=minutes))

    assert PreviewLink.objects.get().last_opened_at == NOW + timedelta(hours=1)


def test_asking_for_the_head_alone_is_no_opening(chief):
    address = linked(make_review(), chief)

    with time_machine.travel(NOW, tick=False):
        assert Client().head(address).status_code == 200
        assert Client().post(address).status_code == 405

    assert PreviewLink.objects.get().last_opened_at is None


# Pictures


def pictured(**fields):
    return make_review(
        make_series(key_visual=make_picture()),
        lead_picture=make_picture(),
        introduction=place(make_picture().pk),
        conclusion=place(make_picture(spoils=True).pk),
        **fields,
    )


def test_all_that_the_page_shows_comes_by_the_link_and_nothing_by_the_medias_own_address(chief):
    address = linked(pictured(), chief)
    body = answer(address, NOW)[2].decode()

    sources = {part.split()[0] for found in PICTURE.findall(body) for part in found.split(", ")}
    pictures = {source for source in sources if "/renditions/" in source}

    assert len({picture.split("/")[5] for picture in pictures}) == 3
    assert all(picture.startswith(address) for picture in pictures)
    for picture in pictures:
        status, headers, _body = answer(picture, NOW)
        assert status == 200
        assert "no-store" in headers["Cache-Control"]
        assert answer(picture.replace(address, "/media/"), NOW)[0] == 404


def test_a_link_opens_no_picture_of_another_piece_and_none_once_it_has_ended(chief):
    own, other = linked(pictured(), chief), linked(pictured(), chief)
    shown = next(
        part.split()[0]
        for found in PICTURE.findall(answer(other, NOW)[2].decode())
        for part in found.split(", ")
        if "/renditions/" in part
    )

    assert answer(shown, NOW)[0] == 200
    assert answer(shown.replace(other, own), NOW)[0] == 404
    assert answer(shown, NOW + timedelta(days=7))[0] == 404


def test_a_link_to_one_edition_opens_no_picture_of_a_later_one(chief):
    review = pictured()
    pinned = linked(review, chief, edition=review.editions.get())
    follows = linked(review, chief)
    later = make_picture()
    Review.objects.filter(pk=review.pk).update(introduction=place(later.pk))
    review.keep(by=None, at=NOW)

    found = next(
        part.split()[0]
        for found in PICTURE.findall(answer(follows, NOW)[2].decode())
        for part in found.split(", ")
        if Picture.objects.get(pk=later.pk).file.name.split("/")[-1].split(".")[0] in part
    )

    assert answer(found, NOW)[0] == 200
    assert answer(found.replace(follows, pinned), NOW)[0] == 404


# What it tells of nothing else


def test_who_looks_on_learns_of_nothing_else_that_waits(chief):
    """A piece before it in its series goes live before it would; that isn't theirs to know."""
    show = make_series()
    review = make_review(show, episodes=[make_episode(show, "7")])
    approve(
        make_review(show, episodes=[make_episode(show, "6")], headline="Canary headline"),
        FRIDAY - timedelta(hours=1),
    )
    make_episode(show, "8", title="Canary title", airs_at=NOW + timedelta(hours=1))
    make_live_review(show, headline="The one before")

    body = answer(linked(review, chief), NOW)[2]

    assert b"The one before" in body
    assert b"Canary" not in body


def test_a_link_changes_nothing_of_what_readers_see(chief):
    show = make_series()
    make_live_review(show, episodes=[make_episode(show)])
    review = make_review(show, headline="Canary headline", introduction="<p>Canary.</p>")
    paths = [path for surface in surfaces.every() for path in surface.addresses(NOW)]
    before = sweep(NOW, paths)

    address = linked(review, chief, for_whom="Canary")
    answer(address, NOW)

    after = sweep(NOW, [path for surface in surfaces.every() for path in surface.addresses(NOW)])
    assert after == before
    assert "Canary" not in bodies(after)
    assert "/previews/" not in bodies(after)


def test_a_link_to_a_live_piece_shows_the_changes_that_wait(chief):
    review = make_live_review()
    address = linked(review, chief)
    written(review, "Not approved.")

    assert b"Not approved." in answer(address, NOW)[2]
    assert b"Not approved." not in answer(review.get_absolute_url(), NOW)[2]


# Who makes them


def test_editors_hand_round_any_piece_and_writers_their_own(chief):
    writer, review = make_user(Role.WRITER), make_review()
    own = make_review(reviewer=make_reviewer(user=writer))

    make_link(own, by=writer, at=NOW)
    make_link(review, by=make_user(Role.EDITOR), at=NOW)
    link, _token = make_link(review, by=chief, at=NOW)
    for user in (writer, make_user(None)):
        with pytest.raises(PermissionDenied):
            make_link(review, by=user, at=NOW)
        with pytest.raises(PermissionDenied):
            end_link(link, by=user, at=NOW)

    assert PreviewLink.objects.filter(ended_at=None).count() == 3


def test_a_link_shows_no_other_pieces_edition(chief):
    with pytest.raises(ValidationError, match="another review"):
        make_link(make_review(), by=chief, at=NOW, edition=make_review().editions.get())
