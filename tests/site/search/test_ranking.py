"""What is found, and in which order: by fields and matches, then by date, whatever else there is."""

from datetime import timedelta

import pytest

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Correction
from reviews.verbs import Act
from series.models import Credit, Person, SeriesStudio, SeriesTitle, Studio
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_part,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)
from tests.site.search.asking import headlines, named, of_class, page, texts

pytestmark = pytest.mark.django_db

EARLIER = FRIDAY - timedelta(days=14)


def test_a_headline_comes_before_a_name_before_a_standfirst_before_the_text():
    make_live_review(headline="In the text", introduction="<p>A ferryman rows.</p>")
    make_live_review(headline="In the standfirst", standfirst="There is a ferryman.")
    make_live_review(make_series("The Ferryman"), headline="Named so")
    make_live_review(headline="Rowing with a ferryman")
    make_live_review(headline="Ferryman, rowing")
    make_live_review(headline="Ferryman")

    assert headlines("ferryman") == [
        "Ferryman",
        "Ferryman, rowing",
        "Rowing with a ferryman",
        "Named so",
        "In the standfirst",
        "In the text",
    ]


def test_of_two_alike_the_newer_comes_first():
    chief = make_user(Role.CHIEF)
    newer = make_review(headline="A ferry, newer")
    approve(newer, FRIDAY - timedelta(days=7), at=EARLIER, by=chief)
    older = make_review(headline="A ferry, older")
    approve(older, EARLIER, at=EARLIER, by=chief)

    assert headlines("ferry") == ["A ferry, newer", "A ferry, older"]


def test_all_words_must_be_there_and_a_phrase_in_its_order():
    make_live_review(headline="Salt and cinnabar")
    make_live_review(headline="Cinnabar and salt")
    make_live_review(headline="Salt alone")

    assert set(headlines("salt cinnabar")) == {"Salt and cinnabar", "Cinnabar and salt"}
    assert headlines('"salt and cinnabar"') == ["Salt and cinnabar"]
    assert headlines("salt -cinnabar") == ["Salt alone"]


def test_a_plural_finds_its_singular_and_back():
    make_live_review(headline="Two ferries and one story")

    assert headlines("ferry stories") == ["Two ferries and one story"]


def test_a_part_of_the_query_may_name_the_show_and_the_rest_stand_in_the_text():
    show, other = make_series("Last Night Bus"), make_series("Blue Kite")
    make_live_review(show, headline="One", introduction="<p>The conductor sings.</p>")
    make_live_review(show, headline="Two", introduction="<p>The driver sleeps.</p>")
    make_live_review(other, headline="Three", introduction="<p>The conductor sings.</p>")

    assert headlines("night bus conductor") == ["One"]


@pytest.mark.parametrize("query", ["last night bus 6.5", "Last Night Bus episode 6.5", "night bus ep 6.5"])
def test_a_show_and_a_number_find_the_episode(query):
    show = make_series("Last Night Bus")
    for number in ("6", "6.5", "5"):
        make_live_review(show, headline=f"No. {number}", episodes=[make_episode(show, number)])

    assert headlines(query) == ["No. 6.5"]


def test_a_run_of_episodes_is_found_by_each_of_them():
    show = make_series("Last Night Bus")
    first, last = make_episode(show, "25"), make_episode(show, "27")
    review = make_review(show, headline="The run")
    make_part(review, first, make_reviewer(), last_episode=last)
    review.keep(by=None, at=NOW)
    approve(review, FRIDAY - timedelta(days=7), at=FRIDAY - timedelta(days=8))

    make_live_review(show, headline="The one before", episodes=[make_episode(show, "24")])

    for number in ("25", "26", "27"):
        assert headlines(f"last night bus {number}") == ["The run"]


def test_an_exact_name_comes_before_a_beginning_before_a_word_before_part_of_one():
    for title in ("Kiteless", "A Kite", "Kite Runner", "Kite"):
        make_series(title)

    assert named("kite") == ["Kite", "Kite Runner", "A Kite", "Kiteless"]


def test_everything_with_a_name_is_found_and_leads_there():
    show = make_series("Kite")
    episode = make_episode(show, "3", title="Kite in the wind")
    person = Person.objects.create(name="Aki Kite", slug="aki-kite")
    Credit.objects.create(series=show, person=person, role="director")
    studio = Studio.objects.create(name="Studio Kite", slug="studio-kite")
    SeriesStudio.objects.create(series=show, studio=studio)
    make_live_review(show, episodes=[episode], reviewer=make_reviewer("Kim Kite"), slug="the-wind")

    tree = page("kite")

    assert [link.get("href") for link in of_class(tree, "search-hit__link")] == [
        "/series/kite/",
        "/people/aki-kite/",
        "/reviews/the-wind/",
        "/studios/studio-kite/",
        "/reviewers/kim-kite/",
    ]
    assert texts(of_class(tree, "slate__title")) == [
        "Series",
        "People",
        "Episodes",
        "Studios",
        "Reviewers",
        "Reviews",
    ]


def test_a_hit_tells_the_other_name_that_it_was_found_by():
    show = make_series("Blue Kite")
    SeriesTitle.objects.create(series=show, title="Azure Dragon", kind="former")

    assert texts(of_class(page("azure dragon"), "search-hit__also")) == ["also: Azure Dragon"]
    assert texts(of_class(page("blue kite"), "search-hit__also")) == []


def test_words_asked_for_are_marked_in_what_may_be_shown():
    make_live_review(headline="Ferries & stars", standfirst="灯台は時刻を守らない, by <ferry>.")

    tree = page("ferry 時刻")

    assert texts(tree.xpath("//mark")) == ["Ferries", "時刻", "ferry"]
    assert texts(of_class(tree, "search-piece__standfirst")) == ["灯台は時刻を守らない, by <ferry>."]


def test_an_edited_piece_is_found_by_what_readers_have_until_the_edit_is_approved():
    review = make_live_review(headline="Old words")
    review.headline = "New words"
    review.save()
    review.keep(by=None, at=NOW)

    assert headlines("old") == ["Old words"]
    assert headlines("new") == []

    verbs.correct(review, Act(make_user(Role.CHIEF), NOW, note="It is new."), Correction.Kind.FACT)

    assert headlines("old") == []
    assert headlines("new") == ["New words"]


def test_a_withdrawn_piece_is_not_found():
    review = make_live_review(headline="Ferry")
    verbs.withdraw(review, Act(make_user(Role.CHIEF), NOW, note="Wrong piece."))

    assert headlines("ferry") == []
