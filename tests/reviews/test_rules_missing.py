"""Nothing goes live while it lacks something that readers or the lists need."""

import pytest

from reviews import rules, verbs
from reviews.models import Kind, Release, Review
from reviews.rules import VerbRefused
from reviews.verbs import Act
from series.models import Series
from tests.factories import (
    NOW,
    make_episode,
    make_live_review,
    make_part,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
)

pytestmark = pytest.mark.django_db


def fields(**changes):
    return lambda review: Review.objects.filter(pk=review.pk).update(**changes)


def spoiling_lead(review):
    fields(lead_picture=make_picture(spoils=True))(review)


def foreign_part(review):
    make_part(review, make_episode(make_series()), make_reviewer())


def rated_preview(review):
    fields(kind=Kind.PREVIEW)(review)
    make_part(review, make_episode(review.series), make_reviewer())


def hidden_show_in_a_roundup(review):
    fields(kind=Kind.ROUNDUP)(review)
    make_part(review, make_episode(make_series(is_public=False)), make_reviewer())


LACKING = [
    (fields(headline=" "), "It needs a headline"),
    (fields(standfirst=""), "It needs a standfirst"),
    (fields(spoiler_level=""), "Say how much it spoils"),
    (fields(introduction=""), "It has no text yet"),
    (lambda review: review.bylines.all().delete(), "It needs a byline"),
    (lambda review: Series.objects.update(is_public=False), "Make the series public first"),
    (hidden_show_in_a_roundup, "Make the series public first"),
    (foreign_part, "another series' episode"),
    (rated_preview, "A preview has no stars"),
    (spoiling_lead, "lead picture spoils"),
]


@pytest.mark.parametrize(("lack", "sentence"), LACKING)
def test_an_incomplete_piece_is_not_approved_and_says_what_it_lacks(lack, sentence, editor):
    review = make_review()
    lack(review)

    with pytest.raises(VerbRefused) as refused:
        verbs.approve(Review.objects.get(), Act(editor, NOW))

    assert len(refused.value.messages) == 1
    assert sentence in refused.value.messages[0]
    assert not Release.objects.exists()


def test_all_that_is_missing_is_said_at_once(editor):
    review = make_review(headline="", standfirst="", spoiler_level="", introduction="")

    with pytest.raises(VerbRefused) as refused:
        verbs.approve(review, Act(editor, NOW))

    assert len(refused.value.messages) == 4


def test_the_factories_piece_lacks_nothing():
    assert rules.missing(make_review()) == []


def test_a_roundup_speaks_of_several_series(editor):
    review = make_review(kind=Kind.ROUNDUP, episodes=[make_episode(make_series()) for _ in range(3)])
    Review.objects.update(series=None)

    verbs.approve(review, Act(editor, NOW))

    assert Release.objects.exists()


def test_a_note_with_a_nul_character_is_refused_with_a_sentence(editor):
    review = make_live_review()

    with pytest.raises(VerbRefused, match="type it anew"):
        verbs.withdraw(review, Act(editor, NOW, note="a\0b"))
    with pytest.raises(VerbRefused, match="type it anew"):
        verbs.approve(make_review(), Act(editor, NOW), exception="a\0b")
