"""A piece's history on the desk: read, compared, restored; and what was discarded."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.markup.stills import place
from reviews.models import Review
from reviews.verbs import Act
from tests.desk.forms import address_of, fields_of, opened, sentences
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

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]


def at(name, *arguments):
    return reverse(f"admin:reviews_review_{name}", args=arguments)


def saved(review, number, by=None):
    """Another save, some minutes later."""
    when = NOW - timedelta(days=1) + timedelta(minutes=number)
    Review.objects.filter(pk=review.pk).update(introduction=f"<p>Words of save {number}.</p>")
    review.keep(by=by, at=when)
    AuditEntry.objects.record("change", review, by=by, at=when)


@pytest.fixture
def review(db):
    show = make_series()
    review = make_review(show, episodes=[make_episode(show)], headline="First headline")
    Review.objects.filter(pk=review.pk).update(headline="Second headline")
    review.keep(by=None, at=NOW)
    return Review.objects.get(pk=review.pk)


def test_the_history_says_who_did_what_and_which_words_changed(client, chief):
    writer = make_user(Role.WRITER, "hana")
    review = make_review(by=writer, at=NOW - timedelta(days=2))
    saved(review, 1, by=writer)
    verbs.submit(review, Act(writer, NOW))

    page = client.get(at("history", review.pk)).content.decode()

    assert page.index("submitted it") < page.index("Edition 2") < page.index("Edition 1")
    assert "Introduction" in page
    assert "4 words added" in page
    assert page.count("<strong>hana</strong>") == 3


@pytest.mark.parametrize("role", [Role.WRITER, Role.CHIEF])
def test_a_page_of_history_asks_as_much_of_three_editions_as_of_sixty(
    client, django_assert_max_num_queries, role
):
    user = make_user(role)
    client.force_login(user)
    show = make_series()
    episodes = [make_episode(show, "1"), make_episode(show, "2")]
    review = make_review(show, reviewer=make_reviewer(user=user), episodes=episodes)
    # All that a comparison could look up one by one.
    Review.objects.filter(pk=review.pk).update(
        spoils_through=episodes[1], lead_picture=make_picture(), conclusion=place(make_picture().pk)
    )
    review.parts.update(last_episode=make_episode(show, "3"))
    pages = [at("history", review.pk), at("compare", review.pk), at("restore", review.pk, 1)]
    counts = []
    for numbers in (range(3), range(3, 60)):
        for number in numbers:
            saved(review, number, by=make_user(Role.EDITOR))
        asked = []
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(12) as captured:
                assert client.get(page).status_code == 200
            asked.append(len(captured))
        counts.append(asked)

    assert counts[0] == counts[1]


def test_older_moments_stand_on_further_pages(client, editor):
    review = make_review()
    for number in range(20):
        saved(review, number)

    first, second = (client.get(at("history", review.pk), {"p": page}) for page in (1, 2))

    assert "Words of save" not in first.content.decode()
    numbers = [
        step.edition.number
        for response in (first, second)
        for moment in response.context["moments"]
        for step in moment.steps
    ]
    assert sorted(numbers) == list(range(1, 22))


@pytest.mark.both_databases
def test_two_editions_are_compared_whichever_comes_first(client, editor, review):
    there = client.get(at("compare", review.pk), {"from": 1, "to": 2}).content.decode()
    back = client.get(at("compare", review.pk), {"from": 2, "to": 1}).content.decode()

    for page in (there, back):
        assert "<del>First</del>" in page
        assert "<ins>Second</ins>" in page


def test_without_a_choice_what_readers_have_is_compared_with_the_newest(client, editor):
    review = make_live_review()
    saved(review, 1)
    saved(review, 2)

    page = client.get(at("compare", review.pk))

    assert (page.context["before"].number, page.context["after"].number) == (1, 3)
    assert "released" in page.content.decode()


def test_where_readers_have_the_newest_it_is_compared_with_the_one_before(client, editor):
    review = make_review()
    saved(review, 1)
    approve(review)

    page = client.get(at("compare", review.pk))

    assert (page.context["before"].number, page.context["after"].number) == (1, 2)


def test_the_form_leads_to_what_changed_since_it_went_live(client, editor):
    review = make_live_review()
    before = client.get(address_of(review)).content.decode()
    saved(review, 1)

    after = client.get(address_of(review)).content.decode()

    link = f"{at('compare', review.pk)}?from=1&amp;to=2"
    assert link not in before
    assert link in after
    assert "What changed since it went live" in after


@pytest.mark.parametrize("asked", ["0", "99", "x", "-1", "²", "1" * 40, "1\0"])
def test_an_edition_that_never_was_is_not_found(client, editor, review, asked):
    assert client.get(at("compare", review.pk), {"from": asked}).status_code == 404


def test_what_is_in_a_text_is_shown_and_never_run(client, editor):
    review = make_review(headline="Old", standfirst="<script>alert(1)</script>")
    Review.objects.filter(pk=review.pk).update(standfirst="<img src=x onerror=alert(2)>")
    review.keep(by=None, at=NOW)

    page = client.get(at("compare", review.pk)).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page


# Restoring


@pytest.mark.both_databases
def test_restoring_shows_what_it_will_change_and_does_it(client, editor, review):
    asked = client.get(at("restore", review.pk, 1))
    assert "<ins>First</ins>" in asked.content.decode()
    assert Review.objects.get().headline == "Second headline"

    done = client.post(at("restore", review.pk, 1), fields_of(asked), follow=True)

    assert Review.objects.get().headline == "First headline"
    (told,) = sentences(done)
    assert at("restore", review.pk, 2) in told


@pytest.mark.both_databases
def test_restoring_from_an_old_page_is_refused_and_shows_why(client, editor, review):
    old = fields_of(client.get(at("restore", review.pk, 1)))
    Review.objects.filter(pk=review.pk).update(headline="Meanwhile")
    review.keep(by=None, at=NOW)

    refused = client.post(at("restore", review.pk, 1), old)

    page = refused.content.decode()
    assert Review.objects.get().headline == "Meanwhile"
    assert "nothing was restored" in page
    assert f"{at('compare', review.pk)}?from=2&amp;to=3" in page

    client.post(at("restore", review.pk, 1), fields_of(refused))

    assert Review.objects.get().headline == "First headline"


@pytest.mark.parametrize("version", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_restoring_needs_the_version_that_was_read(client, editor, review, version):
    response = client.post(at("restore", review.pk, 1), {"version": version})

    assert response.status_code == 200
    assert Review.objects.get().headline == "Second headline"


@pytest.mark.both_databases
def test_a_writer_reads_the_history_of_their_own_pieces_only(client, writer, review):
    own = make_review(reviewer=make_reviewer(user=writer))
    saved(own, 1)
    pages = [("history",), ("compare",), ("restore", 1)]

    answers = {
        piece: [client.get(at(name, piece.pk, *more)).status_code for name, *more in pages]
        for piece in (own, review)
    }

    assert answers == {own: [200] * 3, review: [403] * 3}
    assert client.post(at("restore", review.pk, 1), {"version": review.version}).status_code == 403
    assert at("history", review.pk) not in client.get(address_of(review)).content.decode()


def test_a_writer_is_not_offered_to_restore_what_they_handed_in(client, writer):
    review = make_review(reviewer=make_reviewer(user=writer))
    saved(review, 1)
    draft = client.get(at("history", review.pk)).content.decode()
    verbs.submit(review, Act(writer, NOW))

    submitted = client.get(at("history", review.pk)).content.decode()

    assert at("restore", review.pk, 1) in draft
    assert at("restore", review.pk, 1) not in submitted
    assert client.get(at("restore", review.pk, 1)).status_code == 403


def test_who_asks_for_restoring_as_for_other_verbs_is_led_to_the_history(client, editor, review):
    response = client.post(at("verb", review.pk, "restore"), {"version": review.version}, follow=True)

    assert sentences(response) == ["Choose in its history which edition is to be restored."]
    assert Review.objects.get().headline == "Second headline"


# Discarded


def test_what_was_discarded_waits_with_the_days_that_are_left(client, editor):
    review = verbs.discard(make_review(), Act(editor, NOW - timedelta(days=28, hours=1)))
    verbs.discard(make_review(headline="Long gone"), Act(editor, NOW - timedelta(days=31)))

    page = client.get(at("discarded")).content.decode()

    assert "2 days left" in page
    assert "Long gone" not in page
    assert at("verb", review.pk, "recover") in page


@pytest.mark.both_databases
def test_a_piece_is_recovered_from_the_list(client, editor):
    review = verbs.discard(make_review(), Act(editor, NOW))
    page = client.get(at("verb", review.pk, "recover"))

    client.post(at("verb", review.pk, "recover"), fields_of(page))

    assert Review.objects.get().status == "draft"
    assert client.get(at("discarded")).context["rows"] == []


def test_a_writer_finds_their_own_discarded_pieces_only(client, writer):
    chief = make_user(Role.CHIEF)
    own = verbs.discard(make_review(reviewer=make_reviewer(user=writer)), Act(chief, NOW))
    verbs.discard(make_review(), Act(chief, NOW))

    assert [review for review, _days in client.get(at("discarded")).context["rows"]] == [own]


def test_the_list_of_the_discarded_asks_as_much_for_one_as_for_many(
    client, editor, django_assert_max_num_queries
):
    counts = []
    for more in (1, 4):
        for _ in range(more):
            verbs.discard(make_review(), Act(editor, NOW))
        client.get(at("discarded"))
        with django_assert_max_num_queries(12) as captured:
            client.get(at("discarded"))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_it_tells_what_was_changed_beside_the_content_from_what_to_what(client, editor):
    """Slug, series, kind and date are in no edition: the one timeline tells them all the same."""
    former, other = make_series("Moonlit Ferry"), make_series("Tin Orchard")
    review = make_review(former, slug="ferry", planned_at=FRIDAY)
    posted = opened(client, review) | {"slug": "orchard", "series": other.pk, "planned_at_1": "10:30"}

    assert client.post(address_of(review), posted | {"_continue": ""}).status_code == 302
    shown = client.get(reverse("admin:reviews_review_history", args=[review.pk])).content.decode()

    for sentence in (
        "Slug: ferry → orchard",
        "Series: Moonlit Ferry → Tin Orchard",
        "Planned for: Friday 16 January, 09:00 New York → Friday 16 January, 10:30 New York",
    ):
        assert sentence in shown


def test_a_series_history_tells_of_a_slot_that_was_moved(client, chief):
    series = make_series()
    page = client.get(reverse("admin:series_series_change", args=[series.pk]))
    posted = fields_of(page) | {"slot_weekday": "5", "slot_time": "10:00"}

    assert client.post(page.request["PATH_INFO"], posted).status_code == 302
    shown = client.get(reverse("admin:series_series_history", args=[series.pk])).content.decode()

    assert "Own weekday: nothing → Saturday" in shown
    assert "Own time: nothing → 10:00" in shown
