"""Fix what is live: the small form, from whose button readers have the piece put right."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Edition, Release, Review, Reviewer
from reviews.verbs import Act
from tests.desk.forms import fields_of, sentences
from tests.factories import NOW, approve, make_episode, make_live_review, make_review, make_series, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]


@pytest.fixture
def review():
    show = make_series("Moonlit Ferry")
    made = make_live_review(
        show,
        episodes=[make_episode(show, "3")],
        headline="A Headlien",
        slug="ferry",
        introduction="<p>Over the see.</p>",
    )
    return Review.objects.get(pk=made.pk)


def address(review):
    return f"/desk/reviews/review/{review.pk}/fix/"


def opened(client, review):
    response = client.get(address(review))
    assert response.status_code == 200
    return fields_of(response)


def part_field(review, column):
    return f"{review.parts.get().anchor}-{column}"


def live():
    return Release.objects.get().edition


def edit(review, **values):
    Review.objects.filter(pk=review.pk).update(**values)
    Review.objects.get(pk=review.pk).keep(by=None, at=NOW)


def test_one_press_puts_a_typo_right_for_readers(client, editor, review):
    response = client.post(address(review), opened(client, review) | {"headline": "A Headline"}, follow=True)

    said = " ".join(sentences(response))
    assert "Readers have the corrected piece" in said
    assert '<a href="/reviews/ferry/">' in said
    assert "A Headline" in Client().get("/reviews/ferry/").content.decode()


def test_it_shows_what_readers_have_and_not_what_waits(client, editor, review):
    edit(review, headline="Not approved")

    response = client.get(address(review))

    assert fields_of(response)["headline"] == ["A Headlien"]
    assert "Changes wait for approval" in response.content.decode()


def test_it_has_no_field_for_a_text_that_is_not_there(client, editor, review):
    names = opened(client, review)

    assert {"headline", "standfirst", "introduction", part_field(review, "body")} <= set(names)
    assert not {"conclusion", "verdict", "stars", "slug"} & set(names)


def test_what_waits_goes_on_waiting_and_has_the_fix(client, editor, review):
    edit(review, standfirst="Not approved.")

    client.post(address(review), opened(client, review) | {"headline": "A Headline"})

    now = Review.objects.get(pk=review.pk)
    assert (now.standfirst, now.headline) == ("Not approved.", "A Headline")
    assert (live().standfirst == "Not approved.", live().headline) == (False, "A Headline")


def test_where_what_waits_says_something_else_it_is_told(client, editor, review):
    edit(review, headline="Quite another")

    response = client.post(address(review), opened(client, review) | {"headline": "A Headline"}, follow=True)

    assert "says something else here, and was left as it is: Headline." in " ".join(sentences(response))
    assert Review.objects.get(pk=review.pk).headline == "Quite another"


def test_a_parts_text_is_put_right_by_its_anchor(client, editor, review):
    client.post(
        address(review), opened(client, review) | {part_field(review, "verdict"): "<p>Very good.</p>"}
    )

    assert live().parts.get().verdict_rendered == "<p>Very good.</p>"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_a_browser_does_to_lines_is_no_change(client, editor, review, newline):
    edit(review, standfirst="One.\nTwo.")
    verbs.approve(Review.objects.get(pk=review.pk), Act(editor, NOW))
    typed = opened(client, review) | {"standfirst": f"One.{newline}Two."}

    response = client.post(address(review), typed)

    assert "Nothing is changed yet" in response.content.decode()
    assert Edition.objects.count() == 2


class TestTheNote:
    def test_a_fact_needs_one(self, client, editor, review):
        typed = opened(client, review) | {"headline": "A Headline", "kind_of_slip": "fact"}

        response = client.post(address(review), typed)

        assert "Tell the readers what was wrong" in response.content.decode()
        assert live().headline == "A Headlien"

    def test_a_score_counts_as_one_whatever_was_chosen(self, client, editor, review):
        typed = opened(client, review) | {part_field(review, "stars"): "3.5"}

        refused = client.post(address(review), typed)
        client.post(address(review), typed | {"note": "We miscounted."})

        assert "Tell the readers what was wrong" in refused.content.decode()
        correction = review.corrections.get()
        assert (correction.kind, correction.note) == ("score", "We miscounted. (Episode 3: 4 → 3.5)")


@pytest.mark.both_databases
class TestMeanwhile:
    def test_a_fix_that_comes_too_late_is_kept_and_goes_through_at_the_second_press(
        self, client, editor, review
    ):
        typed = opened(client, review) | {"headline": "A Headline"}
        edit(review, standfirst="Not approved.")

        refused = client.post(address(review), typed)
        client.post(address(review), fields_of(refused))

        assert "Somebody has changed this piece meanwhile" in refused.content.decode()
        assert live().headline == "A Headline"

    def test_what_the_other_put_right_is_not_undone(self, client, editor, review):
        typed = opened(client, review) | {"headline": "A Headline"}
        client.post(address(review), opened(client, review) | {"introduction": "<p>Over the sea.</p>"})

        client.post(address(review), fields_of(client.post(address(review), typed)))

        assert (live().headline, live().introduction) == ("A Headline", "<p>Over the sea.</p>")

    def test_where_both_changed_the_same_it_is_said(self, client, editor, review):
        typed = opened(client, review) | {"headline": "A Headline"}
        client.post(address(review), opened(client, review) | {"headline": "Another Headline"})

        refused = client.post(address(review), typed)

        assert "Readers have something else here by now" in refused.content.decode()
        assert live().headline == "Another Headline"
        assert fields_of(refused)["headline"] == ["A Headline"]


class TestWhoMay:
    def test_an_editor_not_their_own_piece(self, client, editor, review):
        Reviewer.objects.update(user=editor)

        assert client.get(address(review)).status_code == 403
        assert client.post(address(review), {"headline": "Mine"}).status_code == 403

    def test_a_chief_their_own_too(self, client, chief, review):
        Reviewer.objects.update(user=chief)

        client.post(address(review), opened(client, review) | {"headline": "A Headline"})

        assert live().headline == "A Headline"

    def test_a_writer_never(self, client, writer, review):
        assert client.post(address(review), {"headline": "Mine"}).status_code == 403

    def test_what_is_not_live_leads_back_with_the_reason(self, client, editor):
        review = approve(make_review())

        response = client.get(address(review), follow=True)

        assert "nothing live to be fixed" in " ".join(sentences(response))

    def test_a_chief_gives_a_reason_where_a_rule_stands_in_the_way(self, client, chief, review):
        review.parts.get().episode.__class__.objects.update(airs_at=NOW + timedelta(days=1))

        assert "exception" in client.get(address(review)).context["form"].fields


class TestTheWayThere:
    def test_the_front_page_leads_to_it(self, client, editor, review):
        assert address(review) in client.get("/desk/").content.decode()

    def test_it_says_whose_own_it_is_instead(self, client, editor, review):
        Reviewer.objects.update(user=editor)

        page = client.get("/desk/").content.decode()

        assert "yours: another editor fixes it" in page
        assert address(review) not in page

    def test_a_writer_is_not_led_there(self, client, writer, review):
        assert client.get("/desk/").context["live_now"] == []

    def test_the_form_of_a_live_piece_leads_to_it(self, client, editor, review):
        page = client.get(f"/desk/reviews/review/{review.pk}/change/").content.decode()

        assert address(review) in page

    def test_what_is_not_live_is_not_offered(self, client, editor):
        approve(make_review())

        assert client.get("/desk/").context["live_now"] == []

    @pytest.mark.both_databases
    def test_six_cost_the_front_page_what_one_does(self, client, editor, review):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                client.get("/desk/")
            return len(captured)

        client.get("/desk/")
        at_one = queries()
        for _ in range(5):
            make_live_review(by=make_user(Role.WRITER))

        assert queries() == at_one


@pytest.mark.both_databases
def test_card_feed_and_search_follow(client, editor, review):
    def card():
        page = Client().get("/reviews/ferry/").content.decode()
        return page.split('property="og:image" content="')[1].split('"')[0]

    before = card()

    score = {part_field(review, "stars"): "3.5", "note": "We miscounted."}
    client.post(address(review), opened(client, review) | {"headline": "A Zephyr"} | score)

    assert "A Zephyr" in Client().get("/feed/").content.decode()
    assert "/reviews/ferry/" in Client().get("/search/?q=zephyr").content.decode()
    assert card() != before


@pytest.mark.parametrize(("kind", "moves"), [("typo", False), ("fact", True)])
def test_a_fact_makes_it_newer_and_a_typo_does_not(client, editor, review, kind, moves):
    def updated():
        return Client().get("/feed.json").json()["items"][0].get("date_modified")

    before = updated()

    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        typed = opened(client, review) | {"headline": "A Headline", "kind_of_slip": kind, "note": "Note."}
        client.post(address(review), typed)

        assert (updated() != before) is moves
