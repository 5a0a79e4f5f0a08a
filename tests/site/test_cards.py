"""Social cards: of what is live, never with an old score, and never a spoiler."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from coverage.newsroom.models import Publication
from coverage.newsroom.roles import Role
from reviews import social_cards, verbs
from reviews.models import Kind, Release, Review
from reviews.verbs import Act
from series.models import Series
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
from tests.site.sweeps import addresses, answer
from tests.site.worlds import AFTER, BEFORE, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def card_of(review, at=NOW):
    release = Release.objects.live(at).for_list().get(review=review)
    return social_cards.of_release(release, Publication.objects.get())


def marks(review, at=NOW):
    return [(mark.name, mark.stars and str(mark.stars)) for mark in card_of(review, at).words.marks]


@pytest.fixture
def series():
    return make_series("Red", title_native="赤", key_visual=make_picture("red"))


@pytest.fixture
def review(series):
    return make_live_review(series, episodes=[make_episode(series, "7")], slug="piece", headline="Canary")


def test_a_card_is_a_picture_of_the_size_that_previews_have(review):
    status, headers, body = answer(card_of(review).path, NOW)

    assert status == 200
    assert headers["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(body)).size == (1200, 630)


def test_a_card_says_show_episode_stars_and_house_and_nothing_else(review):
    card = card_of(review)

    assert (card.words.house, card.words.title, card.words.label) == ("Eyecatch", "Red", "Episode 7")
    assert marks(review) == [("", "4.0")]
    assert card.alt == "Eyecatch on Red, Episode 7: 4 out of 5 stars"
    assert "Canary" not in repr(card.words)


def test_several_scores_stand_with_what_they_are_of(series):
    ann, ben = make_reviewer("Ann"), make_reviewer("Ben")
    first, second = (make_episode(series, number) for number in "12")
    catch_up = make_live_review(series, episodes=[first, second])
    two_critics = make_review(series, reviewer=ann)
    make_part(two_critics, first, ann, stars="3.5")
    make_part(two_critics, first, ben, stars=None)
    approve(two_critics, NOW - timedelta(hours=1), at=NOW - timedelta(hours=2))

    assert marks(catch_up) == [("Episode 1", "4.0"), ("Episode 2", "4.0")]
    assert marks(two_critics) == [("Ann", "3.5"), ("Ben", None)]


def test_a_preview_has_no_score_and_a_verdict_its_own(series):
    preview = make_live_review(series, kind=Kind.PREVIEW)
    verdict = make_live_review(series, kind=Kind.SEASON, stars="4.5")

    assert (card_of(preview).words.label, marks(preview)) == ("Preview", [])
    assert (card_of(verdict).words.label, marks(verdict)) == ("Season verdict", [("", "4.5")])


def test_a_card_is_public_with_its_piece_and_no_sooner(series):
    review = approve(make_review(series, episodes=[make_episode(series)]))
    path = card_of(review, AFTER).path

    assert [answer(path, at)[0] for at in (BEFORE, AFTER)] == [404, 200]
    assert path not in addresses(BEFORE, "site:card")


def test_a_card_that_is_not_public_is_not_drawn(series):
    review = approve(make_review(series, episodes=[make_episode(series)]))

    answer(card_of(review, AFTER).path, BEFORE)

    assert not default_storage.exists("cards")


def test_a_withdrawn_piece_takes_its_card_along(review):
    path = card_of(review).path
    verbs.withdraw(review, Act(make_user(Role.CHIEF), NOW, note="Wrong."))

    assert answer(path, NOW)[0] == 404


def test_an_embargoed_show_has_no_card():
    series = make_series(embargo_until=FRIDAY)
    path = social_cards.of_series(series, Publication.objects.get()).path

    assert [answer(path, at)[0] for at in (BEFORE, AFTER)] == [404, 200]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Series.objects.update(title="Blue"),
        lambda: Series.objects.update(title_native="青"),
        lambda: Series.objects.update(accent="teal"),
        lambda: Publication.objects.update(name="The Friday Paper"),
        lambda: Series.objects.get().key_visual.__class__.objects.update(focal_x=10),
        lambda: Series.objects.update(key_visual=None),
    ],
    ids=["title", "native title", "accent", "house", "focal point", "picture"],
)
def test_what_shows_on_a_card_stands_in_its_address(review, change):
    before = card_of(review).path

    change()

    assert card_of(review).path != before
    status, headers, _body = answer(before, NOW)
    assert (status, headers["Location"]) == (302, card_of(review).path)


def test_a_corrected_score_is_never_seen_on_the_old_card(review):
    before = card_of(review).path
    review.parts.update(stars="2.0")
    edited = Review.objects.get(pk=review.pk)
    edited.keep(by=None, at=NOW)
    verbs.correct(edited, Act(make_user(Role.CHIEF), NOW, note="Miscounted."), kind="score")

    status, headers, _body = answer(before, NOW)

    assert marks(review) == [("", "2.0")]
    assert (status, headers["Location"]) == (302, card_of(review).path)


def test_an_edit_that_nobody_approved_changes_no_card(review):
    before = card_of(review).path

    review.parts.update(stars="0.5")
    Review.objects.update(headline="Other")

    assert card_of(review).path == before


def test_a_title_in_a_script_that_the_type_lacks_makes_a_card_all_the_same():
    series = make_series("Тест 💖 한국", slug="scripts", title_native="한국어")

    status, _headers, _body = answer(social_cards.of_series(series, Publication.objects.get()).path, NOW)

    assert status == 200


def test_a_picture_whose_file_is_gone_is_no_obstacle(review, series):
    series.key_visual.file.storage.delete(series.key_visual.file.name)

    assert answer(card_of(review).path, NOW)[0] == 200


def test_a_picture_that_spoils_is_on_no_card(series):
    series.key_visual.__class__.objects.update(spoils=True)
    review = make_live_review(Series.objects.get(pk=series.pk))

    assert card_of(review).picture is None


@pytest.mark.parametrize(
    "path", ["/cards/reviews/piece/zz.jpg", "/cards/people/piece/{}.jpg", "/cards/reviews/no/{}.jpg"]
)
def test_what_is_no_card_is_not_found(review, path):
    assert answer(path.format("0" * 32), NOW)[0] == 404


def queries_of(path, counted):
    with counted() as queries:
        assert answer(path, NOW)[0] == 200
    return len(queries)


def test_a_card_asks_the_same_however_many_parts_there_are(series, django_assert_max_num_queries):
    episodes = [make_episode(series, number) for number in "123"]
    one, three = make_live_review(series, episodes=episodes[:1]), make_live_review(series, episodes=episodes)

    def counted():
        return django_assert_max_num_queries(8)

    assert queries_of(card_of(one).path, counted) == queries_of(card_of(three).path, counted)
