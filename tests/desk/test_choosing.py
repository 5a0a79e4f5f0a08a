"""After a refused save: each field that two have written is theirs or mine, as chosen, in one more save."""

import pytest

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Release, Review
from reviews.status import Status
from reviews.verbs import Act
from tests.desk.forms import address_of, fields_of, opened
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def review():
    series = make_series("Moonlit Ferry")
    return make_review(series, episodes=[make_episode(series, "1"), make_episode(series, "2")])


def save_meanwhile(review, **theirs):
    """Another editor's save, which the open form doesn't know of."""
    part = theirs.pop("part", {})
    Review.objects.filter(pk=review.pk).update(**theirs)
    review.parts.filter(pk=review.parts.first().pk).update(**part)
    Review.objects.get(pk=review.pk).keep(by=make_user(Role.EDITOR), at=NOW)


def refused(client, review, data):
    response = client.post(address_of(review), data | {"_continue": ""})
    assert response.status_code == 200
    assert response.context["differences"]
    return response


def choose(client, review, response, **taken):
    """Save the refused form with these choices, given by field."""
    theirs = {f"take-{name.replace('__', '-')}": value for name, value in taken.items()}
    answer = client.post(address_of(review), fields_of(response) | theirs | {"_continue": ""})
    assert answer.status_code == 302, answer.context["faults"]
    return Review.objects.get(pk=review.pk)


def test_every_field_that_differs_offers_both_and_begins_with_mine(client, editor, review):
    data = opened(client, review)
    save_meanwhile(review, headline="Theirs", part={"body": "<p>Theirs.</p>", "stars": "1.0"})

    page = refused(client, review, data | {"headline": "Mine", "parts-0-body": "<p>Mine.</p>"})

    asked = fields_of(page)
    assert {name: asked[name] for name in asked if name.startswith("take-")} == {
        "take-headline": ["mine"],
        "take-parts-0-body": ["mine"],
    }
    assert all("Theirs" in choice.saved for choice in page.context["differences"])


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "told"),
    [
        ("headline", "Mine", "Theirs", "Theirs"),
        ("introduction", "<p>Mine.</p>", "<p>Theirs.</p>", "<p>Theirs.</p>"),
        ("spoiler_level", "none", "heavy", "heavy"),
        ("spoils_source", [], True, True),
        ("stars", "", "1.5", None),
        ("slug", "mine", "theirs", "theirs"),
    ],
)
def test_what_they_saved_is_taken_whatever_the_form_holds(client, editor, review, name, mine, theirs, told):
    if name == "stars":
        Review.objects.filter(pk=review.pk).update(kind="feature", stars="5.0")
    if name == "spoils_source":
        Review.objects.filter(pk=review.pk).update(spoils_source=True)
    data = opened(client, review)
    save_meanwhile(review, **{name: theirs, "standfirst": "Theirs alone."})
    page = client.post(address_of(review), data | {name: mine, "conclusion": "<p>Mine alone.</p>"})

    saved = choose(client, review, page, **{name: "theirs"})

    assert str(getattr(saved, name)) == str(theirs if told is None else told)
    assert (saved.standfirst, saved.conclusion) == ("Theirs alone.", "<p>Mine alone.</p>")


def test_a_day_and_a_time_are_taken_together(client, editor, review):
    data = opened(client, review)
    save_meanwhile(review, planned_at=FRIDAY)
    page = refused(client, review, data | {"planned_at_0": "2026-03-01", "planned_at_1": "10:00"})

    assert choose(client, review, page, planned_at="theirs").planned_at == FRIDAY


def test_fields_of_one_part_are_chosen_one_by_one(client, editor, review):
    data = opened(client, review)
    save_meanwhile(review, part={"body": "<p>Theirs.</p>", "verdict": "<p>Theirs.</p>", "stars": "1.0"})
    mine = {"parts-0-body": "<p>Mine.</p>", "parts-0-verdict": "<p>Mine.</p>", "parts-0-stars": "5.0"}
    page = refused(client, review, data | mine)

    choose(client, review, page, parts__0__body="theirs", parts__0__stars="theirs")

    part = review.parts.first()
    assert (part.body, part.verdict, str(part.stars)) == ("<p>Theirs.</p>", "<p>Mine.</p>", "1.0")


@pytest.mark.parametrize(("choice", "left"), [("theirs", 1), ("mine", 2)])
def test_a_part_that_they_dropped_stays_dropped_only_if_that_is_chosen(client, editor, review, choice, left):
    data = opened(client, review)
    review.parts.first().delete()
    save_meanwhile(review)
    page = refused(client, review, data | {"parts-0-verdict": "<p>Typed for an hour.</p>"})

    choose(client, review, page, parts__0=choice)

    assert review.parts.count() == left


@pytest.mark.parametrize(("choice", "left"), [("theirs", 2), ("mine", 1)])
def test_a_part_that_i_dropped_stays_with_their_text_if_that_is_chosen(client, editor, review, choice, left):
    data = opened(client, review)
    save_meanwhile(review, part={"body": "<p>Theirs.</p>"})
    page = refused(client, review, data | {"parts-0-DELETE": "on", "parts-0-body": "<p>Mine.</p>"})

    choose(client, review, page, parts__0=choice)

    assert review.parts.count() == left
    assert review.parts.filter(body="<p>Theirs.</p>").exists() == (choice == "theirs")


def test_a_part_of_mine_goes_if_theirs_is_chosen(client, editor, review):
    third = make_episode(review.series, "3")
    data = opened(client, review) | {"parts-TOTAL_FORMS": "3"}
    save_meanwhile(review, headline="Theirs")
    mine = {"episode": third.pk, "reviewer": make_reviewer().pk, "position": 3, "body": "<p>Mine.</p>"}
    page = refused(client, review, data | {f"parts-2-{name}": value for name, value in mine.items()})

    choose(client, review, page, parts__2="theirs")

    assert review.parts.count() == 2


def test_a_part_that_they_added_asks_for_nothing(client, editor, review):
    data = opened(client, review)
    make_part(review, make_episode(review.series, "3"), make_reviewer())
    save_meanwhile(review, headline="Theirs")

    page = refused(client, review, data | {"headline": "Mine"})

    assert [choice.name for choice in page.context["differences"]] == ["take-headline", ""]


def test_a_choice_made_before_a_third_save_is_asked_for_anew_and_loses_nothing(client, editor, review):
    data = opened(client, review)
    save_meanwhile(review, headline="Theirs")
    page = refused(client, review, data | {"headline": "Mine", "conclusion": "<p>Mine.</p>"})
    save_meanwhile(review, headline="A third", conclusion="<p>A third.</p>")

    again = refused(client, review, fields_of(page) | {"take-headline": "theirs"})

    assert [choice.name for choice in again.context["differences"]] == ["take-conclusion"]
    saved = choose(client, review, again)
    assert (saved.headline, saved.conclusion) == ("A third", "<p>Mine.</p>")


def test_a_choice_in_a_form_that_is_not_stale_is_harmless(client, editor, review):
    choose(client, review, client.get(address_of(review)), headline="theirs", parts__9="theirs")


# The verbs' own pages


def test_the_verbs_link_says_what_was_seen_and_its_page_says_if_that_is_no_more(client, editor, review):
    approve(review)
    seen = Review.objects.get(pk=review.pk).version
    page = f"/desk/reviews/review/{review.pk}/do/withdraw/?version="
    before = client.get(f"{page}{seen}").content.decode()
    verbs.reschedule(review, Act(editor, NOW), FRIDAY.replace(hour=20))

    after = client.get(f"{page}{seen}").content.decode()

    assert "Somebody has changed this piece" not in before
    assert "Somebody has changed this piece" in after


def test_a_verb_that_asks_first_is_about_what_was_saved_with_it(client, editor, review):
    verbs.submit(review, Act(editor, NOW))
    data = opened(client, review) | {"headline": "Typed", "_verb": "return_with_note"}

    response = client.post(address_of(review), data)

    saved = Review.objects.get(pk=review.pk)
    assert response.url.endswith(f"/do/return_with_note/?version={saved.version}")
    assert saved.status == Status.SUBMITTED
    assert not Release.objects.exists()
