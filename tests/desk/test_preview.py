"""The preview is the page that readers get once the piece is approved, and writes nothing."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.markup.stills import place
from reviews.models import Buffer, Edition, Release, Review
from reviews.previewing.links import make_link
from reviews.verbs import Act
from tests.desk.forms import address_of, opened
from tests.factories import (
    FRIDAY,
    NOW,
    make_episode,
    make_live_review,
    make_part,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

NOTICE = re.compile(rb'<aside class="desk-banner desk-banner--preview".*?</aside>', re.DOTALL)


def preview_of(review):
    return reverse("admin:reviews_review_preview", args=[review.pk])


def without_notice(body):
    found = NOTICE.sub(b"", body)
    assert found != body
    return found


def readers_page(review, at):
    with time_machine.travel(at, tick=False):
        return Client().get(review.get_absolute_url())


def make_rich_draft(show, **fields):
    """With neighbours, two critics, stills, one of them closed, and a spoiler."""
    spoiling = make_picture("Somebody falls", spoils=True)
    review = make_review(
        show,
        episodes=[make_episode(show, "8"), make_episode(show, "9")],
        lead_picture=make_picture("A ferry at dusk"),
        introduction=f'<p>Open <span class="spoiler">shut</span></p>{place(make_picture("The quay").pk)}',
        conclusion=place(spoiling.pk),
        **fields,
    )
    make_part(review, review.parts.first().episode, make_reviewer("Second critic"))
    review.keep(by=None, at=NOW)
    return Review.objects.get(pk=review.pk)


@pytest.mark.both_databases
def test_the_preview_of_a_draft_is_the_page_that_readers_get_once_it_is_approved(client, editor):
    show = make_series()
    make_live_review(show, episodes=[make_episode(show, "7")], headline="The one before")
    review = make_rich_draft(show)

    previewed = client.get(preview_of(review))
    review = verbs.approve(review, Act(make_user(Role.CHIEF), NOW))

    page = readers_page(review, review.release.publish_at)
    assert review.release.publish_at == FRIDAY
    assert without_notice(previewed.content) == page.content
    assert b"The one before" in page.content


def test_the_preview_of_an_edit_to_a_live_piece_is_the_page_once_that_is_approved(client, editor):
    show = make_series()
    review = make_live_review(show, episodes=[make_episode(show)])
    make_live_review(show, headline="The one after")
    Review.objects.filter(pk=review.pk).update(introduction="<p>Other words.</p>")
    review.keep(by=None, at=NOW)
    review = Review.objects.get(pk=review.pk)

    previewed = client.get(preview_of(review))
    assert b"Other words." not in readers_page(review, NOW).content
    verbs.approve(review, Act(make_user(Role.CHIEF), NOW))

    page = readers_page(review, NOW)
    assert without_notice(previewed.content) == page.content
    assert b"Other words." in page.content


def test_a_roundup_is_previewed_too(client, editor):
    review = make_review(kind="roundup", episodes=[make_episode(make_series("Covered"))])
    Review.objects.filter(pk=review.pk).update(series=None)

    previewed = client.get(preview_of(review))
    review = verbs.approve(Review.objects.get(pk=review.pk), Act(make_user(Role.CHIEF), NOW))

    assert without_notice(previewed.content) == readers_page(review, review.release.publish_at).content


@pytest.mark.both_databases
def test_a_preview_writes_nothing(client, editor):
    show = make_series()
    review = make_rich_draft(show)
    before = (Review.objects.get(), list(Edition.objects.values()), AuditEntry.objects.count())

    client.get(preview_of(review))

    after = Review.objects.get()
    assert (after, list(Edition.objects.values()), AuditEntry.objects.count()) == before
    assert (after.version, after.status) == (before[0].version, "draft")
    assert not Release.objects.exists()


def test_a_preview_says_that_it_is_one_and_of_when(client, editor):
    review = make_review()

    page = client.get(preview_of(review)).content.decode()

    assert "Edition 1 as readers would find it Friday 16 January, 09:00 New York" in page
    assert address_of(review) in page


def test_a_preview_is_nobodys_to_keep_or_to_find_and_only_the_house_may_frame_it(client, editor):
    response = client.get(preview_of(make_review()))

    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    mine, readers = (
        answer["Content-Security-Policy"].split("; ") for answer in (response, Client().get("/"))
    )
    assert set(mine) - set(readers) == {"frame-ancestors 'self'"}
    assert set(readers) - set(mine) == {"frame-ancestors 'none'"}
    assert "ETag" not in response


def test_nothing_but_the_preview_may_be_framed(client, editor):
    for address in (address_of(make_review()), "/desk/", "/"):
        response = client.get(address)

        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_who_reads_drafts_at_the_desk_reads_their_previews_and_nobody_else(client):
    review = make_review()
    answers = []
    for role in (None, *Role):
        client.force_login(make_user(role))
        answers.append(client.get(preview_of(review)).status_code)

    assert answers == [302, 200, 200, 200]
    assert client.post(preview_of(review)).status_code == 405


@pytest.mark.both_databases
def test_a_preview_asks_as_much_for_many_parts_as_for_one(client, editor, django_assert_max_num_queries):
    show = make_series()
    counts = []
    for numbers in (["1"], ["2", "3", "4"]):
        review = make_review(
            show, episodes=[make_episode(show, number) for number in numbers], lead_picture=make_picture()
        )
        client.get(preview_of(review))
        with django_assert_max_num_queries(22) as captured:
            client.get(preview_of(review))
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.both_databases
def test_what_the_working_copy_holds_beyond_its_editions_is_not_read(client, editor):
    """Content changes with an edition, always; what went around that would go around approval as well."""
    review = make_review()
    Review.objects.filter(pk=review.pk).update(introduction="<p>Never kept.</p>")

    assert b"Never kept." not in client.get(preview_of(review)).content


def test_an_edit_shows_at_once(client, editor):
    review = make_review(at=NOW - timedelta(days=1))
    Review.objects.filter(pk=review.pk).update(introduction="<p>New words.</p>")
    review.keep(by=None, at=NOW)

    assert b"New words." in client.get(preview_of(review)).content


def typed(client, review, user, **changes):
    """What the signed-in `user` has typed into the form and not saved; the preview's address for it."""
    data = opened(client, review) | {name: [value] for name, value in changes.items()}
    fields = [(name, str(value)) for name, values in data.items() for value in values]
    sitting = UUID(data["sitting"][0])
    Buffer.objects.keep(user, sitting, fields, NOW, review=review, turn=1)
    return f"{preview_of(review)}?sitting={sitting}"


def test_what_is_typed_and_not_saved_shows_and_says_so(client, editor):
    show = make_series()
    review = make_rich_draft(show)
    address = typed(
        client,
        review,
        editor,
        headline="Typed just now",
        **{"parts-0-body": "<p>A part as typed.</p><script>alert(1)</script>", "parts-0-stars": "4.5"},
    )

    page = client.get(address).content.decode()

    assert "with what isn't saved yet" in unescape(page)
    assert "Typed just now" in page
    assert "A part as typed." in page
    assert "alert(1)" not in page
    assert "4.5" in page
    assert Edition.objects.filter(headline="Typed just now").count() == 0


def test_what_was_typed_reads_as_it_does_once_it_is_saved(client, editor):
    show = make_series()
    review = make_rich_draft(show)
    other = make_reviewer("Third critic")
    changes = {
        "headline": "Typed just now",
        "standfirst": "What it is like.",
        "spoiler_level": "mild",
        "parts-1-reviewer": str(other.pk),
        "parts-0-DELETE": "on",
        "bylines-0-reviewer": str(other.pk),
    }
    unsaved = client.get(typed(client, review, editor, **changes)).content

    client.post(address_of(review), opened(client, review) | changes | {"_continue": ""})

    assert Review.objects.get().headline == "Typed just now"
    assert without_notice(unsaved) == without_notice(client.get(preview_of(review)).content)


def test_what_is_not_valid_stays_as_it_was_saved(client, editor):
    review = make_review(episodes=[make_episode(make_series())], headline="Saved")
    address = typed(client, review, editor, headline="x" * 300, spoils_through="0", spoiler_level="loud")

    page = client.get(address)

    assert page.status_code == 200
    assert b"Saved" in page.content


def test_what_is_typed_is_the_writers_own(client, editor):
    review = make_review(episodes=[make_episode(make_series())])
    address = typed(client, review, editor, headline="Typed just now")
    _link, token = make_link(review, by=editor, at=NOW)
    other = Client()
    other.force_login(make_user(Role.CHIEF))

    assert b"Typed just now" in client.get(address).content
    assert b"Typed just now" not in client.get(preview_of(review)).content
    assert b"Typed just now" not in other.get(address).content
    query = address.partition("?")[2]
    assert b"Typed just now" not in client.get(f"{reverse('site:preview', args=[token])}?{query}").content


@pytest.mark.both_databases
def test_many_typed_parts_ask_as_much_as_one(client, editor, django_assert_max_num_queries):
    show = make_series()
    counts = []
    for numbers in (["1"], ["2", "3", "4"]):
        review = make_review(show, episodes=[make_episode(show, number) for number in numbers])
        address = typed(client, review, editor)
        with django_assert_max_num_queries(26) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]
