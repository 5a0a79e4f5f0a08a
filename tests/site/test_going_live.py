"""An approved piece: nowhere one second before its instant, everywhere one second after."""

import pytest
from django.test import Client
from django.urls import resolve

from coverage.newsroom.pictures import renditions
from coverage.newsroom.roles import Role
from coverage.site import surfaces
from reviews import verbs
from reviews.models.releases import ReleaseQuerySet
from reviews.verbs import Act
from series.models.episodes import EpisodeQuerySet
from series.models.series import SeriesQuerySet
from tests.factories import make_user
from tests.site.sweeps import addresses, answer, bodies, differences, sweep
from tests.site.worlds import (
    AFTER,
    BEFORE,
    CRITIC,
    EMBARGOED,
    HEADLINE,
    PERSON,
    PROSE,
    SLUG,
    STANDFIRST,
    UNAIRED,
    add_the_piece,
    edit,
    make_ordinary_world,
    make_picture,
)

pytestmark = pytest.mark.django_db

# What somebody tries who has heard of the piece.
GUESSES = [
    f"/reviews/{SLUG}/",
    "/series/canaryshow/",
    "/series/canaryshow/reviews/",
    "/series/canaryshow/feed/",
    "/series/canaryshow/feed.json",
    "/reviewers/canary-critic/feed/",
    "/reviewers/canary-critic/feed.json",
    "/reviews/canaryshow-verdict/",
    f"/cards/reviews/canary-slug/{'0' * 32}.jpg",
    f"/cards/series/canaryshow/{'0' * 32}.jpg",
    "/people/canary-person/",
    "/people/?initial=C",
    "/studios/canaryshow-studio/",
    "/reviewers/canary-critic/",
    "/reviewers/canary-critic-ii/",
    "/weeks/2026-W05/",
    "/sitemap-reviews-2026-2.xml",
    "/sitemap-series-2.xml",
    "/reviews/?series=canaryshow",
    "/reviews/?studio=canaryshow-studio",
    "/reviews/?reviewer=canary-critic",
    "/reviews/?reviewer=canary-critic-ii&stars=0.5",
    "/reviews/?stars=5",
    "/reviews/?sort=stars",
    "/reviews/?season=2026-winter&spoilers=mild",
    "/reviews/?before=end",
    "/series/red/reviews/?reviewer=canary-critic",
]
SERIES = [
    "site:card",
    "reviews:series",
    "site:people",
    "site:person",
    "site:studio",
    "site:studios",
    "site:week",
    "site:media",
    "site:rendition",
    "site:series",
    "site:series_feed",
    "site:series_feed_json",
    "site:series_list",
    "site:sitemap_part",
]
RELEASES = [surface.name for surface in surfaces.every() if surface.shows_releases]


def in_lists(*more):
    return {HEADLINE, STANDFIRST, SLUG, CRITIC, *more}


# What each surface shows of the piece once it is live, and by that what would leak.
SHOWN = {
    "site:week": in_lists(EMBARGOED) - {STANDFIRST},
    "site:people": {PERSON},
    "site:person": {EMBARGOED, PERSON},
    "site:studios": {EMBARGOED},
    "site:studio": {EMBARGOED},
    "site:reviewers": {CRITIC},
    "site:reviewer": in_lists() - {STANDFIRST},
    "site:front": in_lists(),
    "reviews:list": in_lists(),
    "reviews:detail": in_lists(*PROSE, UNAIRED),
    "reviews:series": in_lists(),
    "site:series_list": {EMBARGOED},
    "site:series": {HEADLINE, SLUG, CRITIC, UNAIRED, EMBARGOED},
    "site:feed": in_lists(),
    "site:corrections": {HEADLINE, SLUG},
    "site:series_feed": in_lists(),
    "site:feed_json": in_lists(),
    "site:series_feed_json": in_lists(),
    "site:reviewer_feed": in_lists(),
    "site:reviewer_feed_json": in_lists(),
    "site:sitemap_part": {SLUG},
    "site:news_sitemap": {SLUG, HEADLINE},
}


@pytest.fixture(scope="module")
def ordinary_once(stand):
    with stand(make_ordinary_world) as world:
        yield world


@pytest.fixture
def ordinary(ordinary_once):
    return ordinary_once.for_one_test()


@pytest.fixture(scope="module")
def pictures(ordinary_once):
    """The addresses that the piece's pictures would have."""
    made = [make_picture(colour) for colour in ("green", "yellow", "black")]
    names = [picture.file.url for picture in made]
    names += [renditions.shown(picture).src for picture in made]
    for picture in made:
        picture.delete()
    return names


@pytest.fixture(scope="module")
def without(ordinary_once, pictures):
    """What every address of the ordinary world answers a second before, and the guesses."""
    return sweep(BEFORE, [*addresses(BEFORE), *GUESSES, *pictures])


@pytest.fixture(scope="class")
def piece_once(stand, ordinary_once, without):
    with stand(lambda: add_the_piece(*ordinary_once.for_one_test()[:3]), on=ordinary_once) as world:
        yield world


@pytest.fixture
def piece(piece_once):
    return piece_once.for_one_test()


@pytest.fixture(scope="class")
def with_it(piece_once):
    """What every address answers a second after."""
    return sweep(AFTER, addresses(AFTER))


def test_what_has_not_aired_is_named_nowhere(without):
    assert UNAIRED not in bodies(without)


@pytest.mark.one_database
def test_what_is_withdrawn_is_gone_from_everywhere_and_says_so(ordinary, without):
    untouched = sweep(AFTER, without)
    review = add_the_piece(*ordinary[:3])

    verbs.withdraw(review, Act(make_user(Role.CHIEF), AFTER, note="It was wrong."))

    own = f"/reviews/{SLUG}/"
    shows = "canaryshow"
    there = sweep(AFTER, [*without, own])
    changed = {path for path in differences(untouched, there) if shows not in path}
    assert there[own][0] == 410
    assert HEADLINE not in bodies(there)
    assert "/series/red/" not in changed
    assert "/series/red/feed/" not in changed


@pytest.mark.usefixtures("piece")
class TestThePiece:
    def test_one_second_before_the_world_is_as_if_there_were_none_and_no_edit_of_another(
        self, ordinary, without
    ):
        edit(ordinary[3])

        assert differences(without, sweep(BEFORE, without)) == set()

    @pytest.mark.one_database
    def test_a_hidden_page_answers_as_one_that_never_was(self):
        for hidden, nothing in (
            (f"/reviews/{SLUG}/", "/reviews/no-such-piece/"),
            ("/series/canaryshow/", "/series/no-such-show/"),
            ("/series/canaryshow/feed/", "/series/no-such-show/feed/"),
            ("/reviewers/canary-critic/feed/", "/reviewers/nobody/feed/"),
        ):
            status, headers, body = answer(hidden, BEFORE)

            assert (status, headers, body) == answer(nothing, BEFORE)
            assert status == 404

    @pytest.mark.parametrize("name", SHOWN)
    def test_one_second_after_it_is_there(self, name, with_it):
        shown = bodies({path: with_it[path] for path in addresses(AFTER, name)})

        assert {canary for canary in SHOWN[name] if canary not in shown} == set()

    @pytest.mark.one_database
    def test_its_pictures_come_with_it(self, pictures):
        assert [answer(path, BEFORE)[0] for path in pictures] == [404] * 6
        assert [answer(path, AFTER)[0] for path in pictures] == [200] * 6

    def test_averages_change_with_it(self):
        before, after = (answer("/series/red/", at)[2].decode() for at in (BEFORE, AFTER))

        assert "1 rating<" in before
        assert "3 ratings" in after

    @pytest.mark.one_database
    def test_prose_never_leaves_the_reviews_own_page(self, with_it):
        elsewhere = {path: found for path, found in with_it.items() if path != f"/reviews/{SLUG}/"}

        shown = bodies(elsewhere)
        assert [canary for canary in PROSE if canary in shown] == []
        assert HEADLINE in shown

    @pytest.mark.one_database
    def test_a_cached_page_revalidates_until_the_instant_and_not_after(self):
        _status, headers, _body = answer("/", BEFORE)

        browser = Client(headers={"If-None-Match": headers["ETag"]})

        assert answer("/", BEFORE, browser)[0] == 304
        assert answer("/", AFTER, browser)[0] == 200


@pytest.mark.one_database
@pytest.mark.usefixtures("piece")
class TestControls:
    """The sweep notices when a surface forgets to ask."""

    @pytest.mark.parametrize("name", RELEASES)
    def test_without_live(self, name, without, monkeypatch):
        monkeypatch.setattr(ReleaseQuerySet, "live", lambda releases, at: releases.all())

        assert answers_otherwise(name, without)

    @pytest.mark.parametrize("name", SERIES)
    def test_without_public_series(self, name, without, monkeypatch):
        monkeypatch.setattr(SeriesQuerySet, "public", lambda shows, at: shows.all())

        assert answers_otherwise(name, without)

    def test_without_public_episodes(self, monkeypatch):
        assert UNAIRED not in bodies(sweep(BEFORE, ["/series/red/"]))

        monkeypatch.setattr(EpisodeQuerySet, "public", lambda episodes, at: episodes.all())

        assert UNAIRED in bodies(sweep(BEFORE, ["/series/red/"]))


def answers_otherwise(name, without):
    """Whether an address of the surface answers otherwise than without the piece."""
    own = (path for path in without if resolves_to(path) == name)
    return any(answer(path, BEFORE) != without[path] for path in own)


def resolves_to(path):
    return resolve(path.partition("?")[0]).view_name
