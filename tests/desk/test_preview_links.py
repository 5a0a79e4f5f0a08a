"""Handing a piece round from the desk: making links, seeing who looked, ending them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from coverage.newsroom.logging import JsonFormatter, TextFormatter
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import PreviewLink
from reviews.previewing.links import end_link, make_link
from reviews.verbs import Act
from tests.desk.forms import address_of, fields_of, sentences
from tests.factories import NOW, make_review, make_reviewer, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]


def links_of(review):
    return reverse("admin:reviews_review_links", args=[review.pk])


def asked_for(client, review, **fields):
    return client.post(links_of(review), fields_of(client.get(links_of(review))) | fields)


def address_in(response):
    return html.fromstring(response.content).get_element_by_id("handed-address").get("value")


@pytest.mark.both_databases
def test_a_link_is_made_shown_once_and_works(client, editor, settings):
    settings.SITE_URL = "https://reviews.example"
    review = make_review()

    made = asked_for(client, review, for_whom="The studio")
    address = address_in(made)

    assert address.startswith("https://reviews.example/previews/")
    path = address.removeprefix("https://reviews.example")
    assert Client().get(path).status_code == 200
    again = client.get(links_of(review)).content.decode()
    assert path not in again
    assert "The studio" in again
    assert "no-store" in made["Cache-Control"]
    link = PreviewLink.objects.get()
    assert (link.made_by, link.edition, link.expires_at) == (editor, None, NOW + timedelta(days=7))


def test_a_link_may_stay_with_the_edition_of_now_and_end_sooner(client, editor):
    review = make_review()

    asked_for(client, review, shows="edition", days="1")

    link = PreviewLink.objects.get()
    assert (link.edition, link.expires_at) == (review.editions.get(), NOW + timedelta(days=1))


@pytest.mark.parametrize("odd", [{"days": "3650"}, {"days": ""}, {"shows": "x"}, {"for_whom": "a\0b"}])
def test_an_odd_wish_makes_no_link(client, editor, odd):
    response = asked_for(client, make_review(), **odd)

    assert response.status_code == 200
    assert not PreviewLink.objects.exists()
    assert not html.fromstring(response.content).xpath('//input[@id="handed-address"]')


def test_a_link_says_who_made_it_and_when_it_was_last_opened(client, editor):
    review = make_review()
    _link, token = make_link(review, by=make_user(Role.EDITOR, "hana"), at=NOW)
    before = client.get(links_of(review)).content.decode()

    Client().get(f"/previews/{token}/")

    after = client.get(links_of(review)).content.decode()
    assert "made by hana, 14 January, 07:00" in before
    assert "never opened" in before
    assert "last opened 14 January, 07:00" in after


@pytest.mark.both_databases
def test_a_link_is_ended_and_says_by_whom(client, editor):
    review = make_review()
    link, token = make_link(review, by=editor, at=NOW)
    end = reverse("admin:reviews_review_end_link", args=[review.pk, link.pk])

    ended = client.post(end, follow=True)

    assert sentences(ended) == ["The link leads nowhere any more."]
    assert f"Ended by {editor}" in ended.content.decode()
    assert Client().get(f"/previews/{token}/").status_code == 410
    assert client.get(end).status_code == 405


def test_a_link_is_ended_on_its_own_piece_only(client, editor):
    link, _token = make_link(make_review(), by=editor, at=NOW)

    answer = client.post(reverse("admin:reviews_review_end_link", args=[make_review().pk, link.pk]))

    assert answer.status_code == 404
    assert PreviewLink.objects.get().ended_at is None


def test_a_discarded_piece_is_not_handed_round(client, editor):
    review = verbs.discard(make_review(), Act(editor, NOW))

    assert "Recover it before" in asked_for(client, review).content.decode()
    assert not PreviewLink.objects.exists()


def test_a_writer_hands_round_their_own_pieces_only(client, writer):
    own, other = make_review(reviewer=make_reviewer(user=writer)), make_review()
    link, _token = make_link(other, by=make_user(Role.EDITOR), at=NOW)

    assert [client.get(links_of(review)).status_code for review in (own, other)] == [200, 403]
    assert client.post(links_of(other), {"shows": "draft", "days": "7"}).status_code == 403
    end = reverse("admin:reviews_review_end_link", args=[other.pk, link.pk])
    assert client.post(end).status_code == 403
    assert links_of(own) in client.get(address_of(own)).content.decode()
    assert links_of(other) not in client.get(address_of(other)).content.decode()


def test_the_history_tells_of_links(client, editor):
    review = make_review()
    make_link(review, by=editor, at=NOW, for_whom="The studio")

    page = client.get(reverse("admin:reviews_review_history", args=[review.pk])).content.decode()

    assert "made a link to its preview" in page
    assert "The studio" in page


@pytest.mark.both_databases
def test_the_links_page_asks_as_much_for_one_as_for_many(client, editor, django_assert_max_num_queries):
    review, counts = make_review(), []
    for more in (1, 5):
        for _ in range(more):
            make_link(review, by=make_user(Role.EDITOR), at=NOW, edition=review.editions.get())
        client.get(links_of(review))
        with django_assert_max_num_queries(12) as captured:
            client.get(links_of(review))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_no_log_holds_what_opens_a_link(client, editor, caplog):
    """Of an ended link Django tells by its address, and of its request."""
    link, token = make_link(make_review(), by=editor, at=NOW, days=1)
    PreviewLink.objects.filter(pk=link.pk).update(ended_at=NOW)

    assert Client().get(f"/previews/{token}/").status_code == 410

    (record,) = caplog.records
    for formatter in (JsonFormatter(), TextFormatter("%(message)s")):
        line = formatter.format(record)
        assert "/previews/[secret]/" in line
        assert token not in line
    assert token in record.getMessage()


def beside_the_form(client, review):
    page = html.fromstring(client.get(address_of(review)).content)
    return [" ".join(each.text_content().split()) for each in page.xpath('//*[@id="links-beside"]//li')]


def test_the_form_lists_the_links_that_work(client, editor):
    review = make_review()
    assert beside_the_form(client, review) == []
    make_link(review, by=editor, at=NOW, for_whom="The studio")
    make_link(review, by=editor, at=NOW, for_whom="The label", edition=review.editions.get(), days=30)
    make_link(review, by=editor, at=NOW - timedelta(days=8), for_whom="Too late")
    make_link(make_review(), by=editor, at=NOW, for_whom="Another piece")
    ended, _token = make_link(review, by=editor, at=NOW, for_whom="Ended")
    end_link(ended, by=editor, at=NOW)
    gone = make_user(Role.EDITOR)
    make_link(review, by=gone, at=NOW, for_whom="Of somebody who left")
    gone.is_active = False
    gone.save()

    label, studio = beside_the_form(client, review)

    assert label.startswith("The label Shows edition 1, until 13 February, 07:00")
    assert studio.startswith("The studio Follows the draft, until 21 January, 07:00")
    assert f"made by {editor}" in studio


def test_a_link_is_ended_from_the_form(client, editor):
    review = make_review()
    link, _token = make_link(review, by=editor, at=NOW, for_whom="The studio")
    end = reverse("admin:reviews_review_end_link", args=[review.pk, link.pk])

    ended = client.post(end, {"back": "form"})

    assert ended.url == address_of(review)
    assert beside_the_form(client, review) == []


def test_who_may_not_hand_it_round_sees_no_links(client, writer):
    review = make_review()
    make_link(review, by=make_user(Role.EDITOR), at=NOW, for_whom="The studio")

    assert beside_the_form(client, review) == []
