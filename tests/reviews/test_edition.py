import pytest

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Edition, Kind, Review
from reviews.models.content import CONTENT_FIELDS, PART_FIELDS
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    show = make_series()
    return make_review(show, episodes=[make_episode(show)])


def keep(review):
    return Review.objects.get(pk=review.pk).keep(by=None, at=NOW)


def numbers():
    return sorted(Edition.objects.values_list("number", flat=True))


CHANGES = {
    "headline": "Another",
    "standfirst": "Another.",
    "introduction": "<p>Another.</p>",
    "conclusion": "<p>Another.</p>",
    "verdict": "<p>Another.</p>",
    "stars": "3.5",
    "spoiler_level": "heavy",
    "spoils_through": lambda review: review.parts.get().episode,
    "spoils_source": True,
    "lead_picture": lambda review: make_picture(),
}
PART_CHANGES = {
    "episode": lambda review: make_episode(review.series, "5"),
    "last_episode": lambda review: make_episode(review.series, "6"),
    "reviewer": lambda review: make_reviewer(),
    "stars": "1.5",
    "body": "<p>Another.</p>",
    "verdict": "<p>Another.</p>",
    "position": 7,
}


def test_this_file_changes_every_field_of_the_content():
    assert set(CHANGES) == set(CONTENT_FIELDS)
    assert set(PART_CHANGES) == set(PART_FIELDS)


def value(change, review):
    return change(review) if callable(change) else change


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_of_the_content_is_kept(review, name):
    Review.objects.update(kind=Kind.SEASON)
    Review.objects.update(**{name: value(CHANGES[name], review)})

    edition = keep(review)

    edition.refresh_from_db()
    assert numbers() == [1, 2]
    assert getattr(edition, name) == getattr(Review.objects.get(), name)


@pytest.mark.parametrize("name", PART_CHANGES)
def test_every_change_of_a_part_is_kept(review, name):
    review.parts.update(**{name: value(PART_CHANGES[name], review)})

    edition = keep(review)

    assert numbers() == [1, 2]
    assert getattr(edition.parts.get(), name) == getattr(review.parts.get(), name)


def test_a_part_that_comes_and_goes_is_kept_too(review):
    part = make_part(review, make_episode(review.series, "2"), make_reviewer())
    assert keep(review).parts.count() == 2

    part.delete()

    assert keep(review).parts.count() == 1
    assert numbers() == [1, 2, 3]


def test_the_same_content_makes_no_second_edition_however_often_it_is_saved(review):
    for _time in range(3):
        keep(review)

    assert numbers() == [1]


def test_metadata_makes_none(review):
    Review.objects.update(slug="another", planned_at=FRIDAY, kind=Kind.SEASON)
    review.bylines.all().delete()

    keep(review)

    assert numbers() == [1]


def test_what_is_kept_is_the_row_and_not_the_instance_that_a_form_holds(review):
    Review.objects.update(headline="What the row says")
    review.headline = "What somebody typed and didn't save"

    assert review.keep(by=None, at=NOW).headline == "What the row says"


def test_an_edition_says_who_made_it_when_and_why(review):
    user = make_user(Role.EDITOR)
    Review.objects.update(headline="Another")

    verbs.submit(review, Act(user, NOW))

    edition = Edition.objects.get(number=2)
    assert (edition.made_by, edition.made_at, edition.reason) == (user, NOW, "submit")


def test_numbers_are_each_reviews_own(review):
    make_review()

    assert numbers() == [1, 1]


def test_it_is_rendered_on_approval_and_not_before(review):
    edition = review.editions.get()
    assert not edition.is_rendered
    assert edition.introduction_rendered == ""

    approve(review)

    edition.refresh_from_db()
    assert edition.is_rendered
    assert "An introduction." in edition.introduction_rendered
    assert "What happens in it." in edition.parts.get().body_rendered
    assert "Good." in edition.parts.get().verdict_rendered


def test_marked_spoilers_are_closed_for_readers(review):
    spoiler = '<p>He <span class="spoiler">dies</span>.</p>'
    Review.objects.update(introduction=spoiler)
    review.parts.update(body=spoiler)

    approve(review)

    edition = Review.objects.get().release.edition
    assert "<details" in edition.introduction_rendered
    assert "<details" in edition.parts.get().body_rendered
    assert "<details" not in edition.introduction


HOSTILE = '<p onclick="x()">Text<script>alert(1)</script></p>'


def test_what_readers_get_is_sanitised_even_where_the_desk_was_gone_around(review):
    Review.objects.update(introduction=HOSTILE)
    review.parts.update(body=HOSTILE)

    approve(review)

    edition = Review.objects.get().release.edition
    assert "script" not in edition.introduction
    for html in (edition.introduction_rendered, edition.parts.get().body_rendered):
        assert "Text" in html
        assert "script" not in html
        assert "onclick" not in html


def test_what_is_frozen_does_not_change_when_the_working_copy_does(review):
    first = review.editions.get()
    review.parts.update(stars="0.5")
    Review.objects.update(headline="Another")
    keep(review)

    assert first.parts.get().stars == 4
    assert Edition.objects.get(number=1).headline != "Another"


def test_every_save_gives_a_new_token(review):
    tokens = {review.version}
    for _time in range(3):
        keep(review)
        tokens.add(Review.objects.get().version)

    assert len(tokens) == 4
