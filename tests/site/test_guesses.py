"""Who knows an address that leads nowhere yet, or no more, learns nothing from its answer."""

from datetime import timedelta

import pytest

from coverage.newsroom.models import Publication
from coverage.newsroom.pictures import renditions
from coverage.newsroom.roles import Role
from reviews import social_cards, verbs
from reviews.models import Release
from reviews.verbs import Act
from series.models import Credit, Person, SeriesSeason, SeriesStudio, Studio
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
from tests.site.sweeps import answer, bodies, differences, sweep
from tests.site.worlds import make_ordinary_world, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def rename(row, slug):
    former, row.slug = row.slug, slug
    row.save()
    row.keep_former_slug(former, NOW)


def make_hidden(**fields):
    """A show that nobody may see, with a person and a studio of its own, in a season of its own."""
    show = make_series("Hidden", back_on=FRIDAY.date(), key_visual=make_picture("black"), **fields)
    due = {"review_due_on": FRIDAY.date(), "airs_at": NOW - timedelta(days=800)}
    episode = make_episode(show, "1", **due)
    SeriesSeason.objects.create(series=show, year=2027, season="fall")
    person = Person.objects.create(name="Hidden Person", slug="hidden-person")
    Credit.objects.create(series=show, person=person, role="director")
    studio = Studio.objects.create(name="Hidden Studio", slug="hidden-studio")
    SeriesStudio.objects.create(series=show, studio=studio)
    critic = make_reviewer("Hidden Critic")
    review = make_review(show, reviewer=critic, headline="Hidden headline", slug="hidden-piece")
    make_part(review, episode, critic)
    return show, review, person, studio, critic


# An address in terms of a slug, and the slug that something hidden goes by or once went by.
KINDS = {
    "/series/{}/": "hidden",
    "/series/{}/reviews/": "hidden",
    "/series/{}/feed/": "hidden",
    "/series/{}/feed.json": "hidden",
    f"/cards/series/{{}}/{'0' * 32}.jpg": "hidden",
    "/people/{}/": "hidden-person",
    "/studios/{}/": "hidden-studio",
    "/reviewers/{}/": "hidden-critic",
    "/reviewers/{}/feed/": "hidden-critic",
    "/reviewers/{}/feed.json": "hidden-critic",
    "/reviews/{}/": "hidden-piece",
    f"/cards/reviews/{{}}/{'0' * 32}.jpg": "hidden-piece",
}


def hide_under_embargo(show, review):
    approve(review)


def hide_by_the_desk(show, review):
    """Public once; then the desk took it back. Its piece was never approved."""
    show.is_public = True
    show.save()
    show.is_public = False
    show.save()


def discard(show, review):
    verbs.discard(review, Act(make_user(Role.CHIEF), NOW))
    show.is_public = False
    show.save()


# Where whatever there is would stand, or move something.
EVERYWHERE = ["/", "/reviews/", "/series/", "/people/", "/studios/", "/reviewers/", "/seasons/", "/weeks/"]
EVERYWHERE += ["/shows.json", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-series-1.xml", "/series/red/"]

PATHS = [*EVERYWHERE, "/seasons/2027/fall/", "/weeks/2023-W45/", "/search/?q=hidden", "/search/?q=hiden"]

WAYS = [hide_under_embargo, hide_by_the_desk, discard]


@pytest.fixture(scope="class")
def ordinary_once(stand):
    with stand(make_ordinary_world) as world:
        yield world


@pytest.fixture
def ordinary(ordinary_once):
    return ordinary_once.for_one_test()


@pytest.fixture(scope="class")
def without(ordinary_once):
    """What is answered where nothing is hidden."""
    return sweep(NOW, PATHS)


@pytest.mark.usefixtures("ordinary")
class TestHidden:
    @pytest.mark.parametrize("hide", WAYS)
    def test_a_slug_of_something_hidden_answers_as_one_that_never_was(self, hide):
        show, review, *others = make_hidden(embargo_until=FRIDAY)
        hide(show, review)
        nothing = {address: answer(address.format("nothing"), NOW) for address in KINDS}
        assert {status for status, _headers, _body in nothing.values()} == {404}

        assert {address: answer(address.format(slug), NOW) for address, slug in KINDS.items()} == nothing

        for row in (show, *others):
            rename(row, f"{row.slug}-renamed")
        for slug in ("{}", "{}-renamed"):
            asked = {address: answer(address.format(slug.format(was)), NOW) for address, was in KINDS.items()}
            assert asked == nothing

    @pytest.mark.parametrize("hide", WAYS)
    def test_nothing_of_it_shows_anywhere(self, hide, without):
        show, review, *_others = make_hidden(embargo_until=FRIDAY)
        hide(show, review)

        there = sweep(NOW, PATHS)
        assert differences(without, there) == set()
        assert "Hidden" not in bodies(there)


def test_a_private_picture_answers_as_one_that_there_is_not():
    picture, other = make_picture("black"), make_picture("white")
    make_review(lead_picture=picture)
    shown, digits = renditions.shown(picture).src, other.file.url
    unknown = renditions.shown(other).src
    other.delete()

    assert answer(picture.file.url, NOW) == answer(digits, NOW)
    assert answer(shown, NOW) == answer(unknown, NOW)
    assert answer(shown, NOW)[0] == 404


def card_of(review):
    release = Release.objects.for_list().get(review=review)
    return social_cards.of_release(release, Publication.objects.get()).path


def test_who_reckons_a_hidden_pieces_card_finds_nothing():
    review = approve(make_review(make_series("Red"), slug="hidden-piece"))
    reckoned = card_of(review)

    assert answer(reckoned, NOW) == answer(reckoned.replace("hidden-piece", "nothing"), NOW)
    assert answer(reckoned, FRIDAY)[0] == 200


def test_a_withdrawn_pieces_card_and_an_outdated_one_of_it_are_gone():
    review = make_live_review(make_series("Red"), slug="gone")
    card = card_of(review)
    outdated = card.rpartition("/")[0] + f"/{'0' * 32}.jpg"
    assert [answer(path, NOW)[0] for path in (card, outdated)] == [200, 302]

    verbs.withdraw(review, Act(make_user(Role.CHIEF), NOW, note="Wrong."))

    assert [answer(path, NOW)[0] for path in (card, outdated)] == [404, 404]


def test_a_card_whose_picture_is_missing_is_still_an_answer():
    picture = make_picture("green")
    review = make_live_review(make_series("Red"), lead_picture=picture)
    picture.file.storage.delete(picture.file.name)

    assert answer(card_of(review), NOW)[0] in (200, 404)
