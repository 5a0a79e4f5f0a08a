"""What was put right, for readers: which piece, when and of what kind, and never what was wrong."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from coverage.newsroom.roles import Role
from coverage.site.corrections import told
from reviews import verbs
from reviews.models import Correction, Review
from reviews.paging import PER_PAGE
from reviews.verbs import Act
from tests.factories import NOW, make_episode, make_live_review, make_series, make_user

pytestmark = pytest.mark.django_db

NOTE = "Canarynote: the lighthouse keeper lives."


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


def corrected(kind="fact", note=NOTE, at=NOW, **what):
    show = make_series()
    review = make_live_review(show, episodes=[make_episode(show, "3")], **what)
    Review.objects.filter(pk=review.pk).update(standfirst="Put right.")
    if kind == "score":
        review.parts.update(stars="3.5")
    return verbs.correct(review, Act(make_user(Role.CHIEF), at, note=note), kind=kind)


def page(query=""):
    response = Client().get(f"/corrections/{query}")
    assert response.status_code == 200
    return response.content.decode()


def made_at(shown):
    return shown.correction.made_at


@pytest.mark.parametrize(("kind", "words"), [("fact", "A fact"), ("score", "A score")])
def test_it_says_which_piece_when_and_of_what_kind(kind, words):
    review = corrected(kind, headline="The tide turns", slug="tide")

    shown = page()

    assert '<a href="/reviews/tide/#corrections">The tide turns</a>' in shown
    assert "14 January 2026" in shown
    assert words in shown
    assert str(review.series) in shown


def test_what_was_wrong_stands_under_the_piece_alone():
    corrected(slug="tide")

    assert "Canarynote" not in page()
    assert "Canarynote" in Client().get("/reviews/tide/").content.decode()


def test_a_note_cannot_even_be_loaded():
    """A control: a template that asked for it would fail."""
    corrected()
    response = Client().get("/corrections/")

    with pytest.raises(Exception, match="note"):
        _ = response.context["corrections"][0].correction.note


def test_a_typo_is_not_told():
    corrected("typo", "")

    assert "Nothing corrected" in page()


def test_what_is_withdrawn_is_not_told_until_it_is_back():
    review = corrected(headline="The tide turns")
    chief = Act(make_user(Role.CHIEF), NOW, note="An error.")

    verbs.withdraw(review, chief)
    gone = page()
    verbs.reinstate(review, chief, publish_at=NOW + timedelta(hours=1))

    assert "The tide turns" not in gone
    assert "The tide turns" not in page()
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert "The tide turns" in page()


def test_one_made_later_is_not_told_at_an_earlier_instant():
    corrected()

    assert not told(NOW - timedelta(seconds=1)).exists()
    assert told(NOW).exists()


def test_unapproved_words_stay_on_the_desk():
    review = corrected(headline="The tide turns")
    Review.objects.filter(pk=review.pk).update(headline="Canaryheadline")

    assert "Canaryheadline" not in page()


def test_the_newest_stands_first_and_older_ones_on_the_next_page():
    review = corrected()
    edition = review.release.edition
    Correction.objects.bulk_create(
        Correction(
            review=review, edition=edition, kind="fact", note="So.", made_at=NOW - timedelta(days=1 + number)
        )
        for number in range(PER_PAGE)
    )

    first = Client().get("/corrections/")
    (older,) = (step for step in first.context["steps"] if step.rel == "next")
    second = Client().get(older.address)

    days = [(NOW - made_at(shown)).days for shown in first.context["corrections"]]
    assert days == list(range(PER_PAGE))
    assert [(NOW - made_at(shown)).days for shown in second.context["corrections"]] == [PER_PAGE]
    assert older.label == "Older"


@pytest.mark.one_database
@pytest.mark.parametrize("query", ["?after=x", "?after=2026-01-01T00:00:00Z_1&before=end", "?after=1_1"])
def test_an_address_that_means_nothing_is_not_found(query):
    assert Client().get(f"/corrections/{query}").status_code == 404


@pytest.mark.one_database
def test_the_foot_of_every_page_leads_there_and_the_sitemap_too():
    assert '<a href="/corrections/">' in page()
    assert "/corrections/" in Client().get("/sitemap-pages.xml").content.decode()


def test_it_is_kept_by_caches_until_the_next_boundary():
    assert "public" in Client().get("/corrections/").headers["Cache-Control"]
