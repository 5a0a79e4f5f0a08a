"""Leafing through lists: every piece once, in order, whatever goes live or is withdrawn meanwhile."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from coverage.newsroom.roles import Role
from reviews import listing, paging, verbs
from reviews.models import Correction, Kind, Release
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
from tests.site.sweeps import answer

pytestmark = pytest.mark.django_db

LAST_FRIDAY = FRIDAY - timedelta(days=7)
AIRED = LAST_FRIDAY - timedelta(days=2)
MANY, PER_PAGE = 10, 4
STARS = ("4.0", None, "2.5", "5.0", "0.5", "4.0", "3.0")


@pytest.fixture
def chief():
    return make_user(Role.CHIEF)


def make_pieces():
    """Three pages about one show: three pieces on each Friday, rated and unrated, newest last."""
    chief = make_user(Role.CHIEF)
    red, critic = make_series("Red"), make_reviewer("Ann")
    for number in range(MANY):
        review = make_review(red, slug=f"piece-{number:02}", reviewer=critic)
        episode = make_episode(red, str(MANY - number), airs_at=AIRED - timedelta(days=400))
        make_part(review, episode, critic, stars=STARS[number % len(STARS)])
        friday = LAST_FRIDAY - timedelta(days=7 * ((MANY - number) // 3))
        approve(review, friday, at=friday - timedelta(hours=1), by=chief)
    return red


@pytest.fixture(scope="class")
def pieces_once(stand):
    with stand(make_pieces) as world:
        yield world


@pytest.fixture
def pieces(pieces_once, monkeypatch):
    for module in (listing, paging):
        monkeypatch.setattr(module, "PER_PAGE", PER_PAGE)
    return pieces_once.for_one_test()


def page(path):
    status, _headers, body = answer(path, NOW)
    assert status == 200
    return html.document_fromstring(body.decode())


def slugs(path):
    links = page(path).xpath(
        "//article[contains(@class, 'review-card')]//a[contains(@class, '__link')]/@href"
    )
    return [link.split("/")[2] for link in links]


def way(path, rel):
    """Where a page leads by `rel`, or by a label."""
    links = page(path).xpath(
        f"//nav[@class='pagination']//a[@rel='{rel}' or normalize-space()='{rel}']/@href"
    )
    return links[0] if links else ""


def leafed(path, rel="next"):
    """The slugs of each page, from `path` on."""
    pages = []
    while path:
        pages.append(slugs(path))
        path = way(path, rel)
        assert len(pages) < 9
    return pages


def flat(pages):
    return [slug for each in pages for slug in each]


def in_order(*order):
    live = Release.objects.live(NOW).with_place(Series.objects.filter(slug="red"))
    return list(live.order_by(*order).values_list("review__slug", flat=True))


ORDERS = {
    "/reviews/": ("-publish_at", "-pk"),
    "/reviews/?sort=stars": ("-stars_rank", "-publish_at", "-pk"),
    "/reviews/?series=red&sort=episode": ("place", "publish_at", "pk"),
    "/series/red/reviews/": ("-publish_at", "-pk"),
    "/series/red/reviews/?sort=stars": ("-stars_rank", "-publish_at", "-pk"),
    "/series/red/reviews/?sort=episode": ("place", "publish_at", "pk"),
    "/reviewers/ann/": ("-publish_at", "-pk"),
}


@pytest.mark.usefixtures("pieces")
class TestThreePages:
    @pytest.mark.parametrize("path", ORDERS)
    def test_leafing_down_and_up_again_shows_every_piece_once_in_order(self, pieces, path):
        down = leafed(path)
        end = way(path, "Oldest") or way(path, "Last")
        up = leafed(end, "prev")

        assert [len(each) for each in down] == [4, 4, 2]
        assert flat(down) == in_order(*ORDERS[path])
        assert up == [flat(down)[-4:], flat(down)[-8:-4], down[0]]

    def test_stars_put_the_best_first_and_the_unrated_last(self, pieces):
        found = [dict(Release.objects.values_list("review__slug", "stars_rank"))[slug]
                 for slug in flat(leafed("/reviews/?sort=stars"))]  # fmt: skip

        assert found == sorted(found, reverse=True)
        assert (found[0], found[-1]) == (10, 0)

    def test_what_goes_live_or_is_withdrawn_meanwhile_moves_nothing_further_down(self, pieces, chief):
        following = way("/reviews/", "next")
        before = slugs(following)

        make_live_review(pieces, slug="late-arrival")
        first_page_piece = Release.objects.get(review__slug=f"piece-{MANY - 1:02}").review
        verbs.withdraw(first_page_piece, Act(chief, NOW, note="A mistake."))

        assert slugs(following) == before
        assert "late-arrival" in slugs("/reviews/")

    def test_a_page_begins_where_another_ended_even_if_that_piece_is_gone(self, pieces, chief):
        following = way("/reviews/", "next")
        before = slugs(following)

        verbs.withdraw(
            Release.objects.get(review__slug=slugs("/reviews/")[-1]).review, Act(chief, NOW, note="No.")
        )

        assert slugs(following) == before

    def test_what_stands_before_the_first_piece_is_the_first_page(self, pieces):
        first = slugs("/reviews/")
        newer_than_few = way(way("/reviews/", "next"), "prev")

        assert slugs(newer_than_few) == first
        assert not way(newer_than_few, "prev")
        assert slugs("/reviews/?before=2099-01-01T00:00:00Z_1") == first
        assert slugs("/reviews/?after=2099-01-01T00:00:00Z_1") == first

    def test_pages_keep_what_is_chosen_and_drop_what_means_nothing(self, pieces):
        following = way("/reviews/?reviewer=ann&sort=stars&utm_source=x&page=7", "next")

        assert urlsplit(following).query.startswith("reviewer=ann&sort=stars&after=")
        assert "utm" not in following
        assert "page=" not in following

    def test_a_list_never_counts_or_skips_through_everything(self, pieces):
        for path in ("/reviews/", "/reviews/?sort=stars", way("/reviews/", "next"), "/reviews/?before=end"):
            with CaptureQueriesContext(connection) as captured:
                answer(path, NOW)

            asked = " ".join(query["sql"] for query in captured)
            assert "COUNT(" not in asked
            assert "OFFSET" not in asked

    @pytest.mark.parametrize("sort", ["", "sort=stars&"])
    def test_a_page_far_down_is_found_in_the_index(self, pieces, sort):
        path = way(way(f"/reviews/?{sort}", "next"), "next")
        with CaptureQueriesContext(connection) as captured:
            answer(path, NOW)
        (keys,) = (query["sql"] for query in captured if " LIMIT 5" in query["sql"])

        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_bitmapscan = off")
                cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{keys}")
            plan = " ".join(str(cell) for row in cursor.fetchall() for cell in row)

        assert "release_best_first" in plan if sort else "release_newest_first" in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan

    def test_nothing_is_older_than_the_last_page(self, pieces):
        assert [way("/reviews/?before=end", rel) for rel in ("next", "Oldest")] == ["", ""]
        assert way("/reviews/?before=end", "prev")


def test_episodes_follow_in_their_order_between_the_preview_and_the_verdict(chief):
    red, critic = make_series("Red"), make_reviewer()
    tenth, second, special = (make_episode(red, number, airs_at=AIRED) for number in ("10", "2", "6.5"))
    for slug, kind, episodes in (
        ("verdict", Kind.SEASON, []),
        ("tenth", Kind.WEEKLY, [tenth]),
        ("special", Kind.WEEKLY, [special]),
        ("second", Kind.WEEKLY, [second]),
        ("preview", Kind.PREVIEW, []),
    ):
        rated = {"stars": "4.0"} if kind == Kind.SEASON else {}
        make_live_review(red, slug=slug, kind=kind, reviewer=critic, episodes=episodes, **rated)

    expected = ["preview", "second", "special", "tenth", "verdict"]
    assert slugs("/series/red/reviews/?sort=episode") == expected
    assert slugs("/reviews/?series=red&sort=episode") == expected


def test_one_page_has_no_ways(chief):
    make_live_review(slug="only")

    assert slugs("/reviews/") == slugs("/reviews/?before=end") == ["only"]
    assert not page("/reviews/").xpath("//nav[@class='pagination']")


ODD = [
    "after=",
    "after=junk",
    "after=1000000000",
    "after=%00",
    "after=2026-01-09T14:00:00Z_1%00",
    "after=0000-01-01T00:00:00Z_1",
    "after=2026-02-30T00:00:00Z_1",
    "after=2026-01-09T25:00:00Z_1",
    "after=9999-12-31T23:59:59Z_1",
    "after=0001-01-01T00:00:00Z_1",
    "after=2026-01-09T14:00:00Z_" + "9" * 18,
    "after=2026-01-09T14:00:00Z_" + "9" * 5000,
    "after=2026-01-09T14:00:00%2B05:00_1",
    "after=2026-01-09T14:00:00Z_-1",
    "after=２026-01-09T14:00:00Z_1",
    "before=" + "x" * 10_000,
    "before=END",
    "after=2026-01-09T14:00:00Z_1&before=2026-01-09T14:00:00Z_1",
    "sort=worst",
    "sort=%00",
    "sort=stars&after=2026-01-09T14:00:00Z_1",
    "sort=stars&after=11_2026-01-09T14:00:00Z_1",
    "sort=stars&after=-1_2026-01-09T14:00:00Z_1",
    "sort=stars&after=10_2026-01-09T14:00:00Z_1",
    "sort=episode&after=NaN_2026-01-09T14:00:00Z_1",
    "sort=episode&after=1e9_2026-01-09T14:00:00Z_1",
    "sort=episode&after=999999.99_2026-01-09T14:00:00Z_1",
    "sort=episode&after=-10000.00_2026-01-09T14:00:00Z_1",
]


@pytest.fixture(scope="class")
def red_once(stand):
    with stand(lambda: make_live_review(make_series("Red"))) as world:
        yield world


class TestOddPages:
    @pytest.mark.parametrize("query", ODD, ids=lambda query: query[:40])
    @pytest.mark.parametrize("path", ["/reviews/", "/series/red/reviews/"])
    def test_none_is_too_odd(self, red_once, path, query):
        assert answer(f"{path}?{query}", NOW)[0] == 200


@pytest.mark.parametrize("query", ["after=junk", "before=%00", "after=2026-02-30T00:00:00Z_1"])
def test_a_page_that_means_nothing_shows_nothing_and_names_the_list(query):
    make_live_review(make_series("Red"), slug="only")
    found = page(f"/reviews/?{query}")

    assert slugs(f"/reviews/?{query}") == []
    assert "Nothing found" in found.text_content()
    assert found.xpath("//link[@rel='canonical']/@href")[0].endswith("/reviews/")
    assert answer(f"/reviewers/{make_reviewer('Bo').slug}/?{query}", NOW)[0] == 404


def test_episodes_have_an_order_inside_a_series_only():
    make_live_review(make_series("Red"), slug="only")

    def sorts(path):
        return [link.text_content() for link in page(path).xpath("//a[@class='tab']")]

    assert sorts("/reviews/") == ["Newest", "Stars"]
    assert sorts("/reviews/?series=red") == sorts("/series/red/reviews/") == ["Newest", "Stars", "Episode"]
    assert slugs("/reviews/?sort=episode") == []
    assert page("/reviews/?series=red&sort=episode").xpath("//a[@class='filter-links__off']/@href") == [
        "/reviews/"
    ]


def test_a_rank_follows_the_edition_that_readers_get(chief):
    red, critic = make_series("Red"), make_reviewer()
    review = make_review(red, reviewer=critic)
    part = make_part(review, make_episode(red, airs_at=AIRED), critic, stars="2.5")
    approve(review, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))
    release = Release.objects.get()

    part.stars = "4.0"
    part.save()
    release.refresh_from_db()
    assert release.stars_rank == 5
    verbs.correct(review, Act(chief, NOW, note="Miscounted."), kind=Correction.Kind.SCORE)
    release.refresh_from_db()
    assert release.stars_rank == 8


@pytest.fixture(scope="class")
def shows(stand):
    def make():
        for number in range(130):
            make_series(f"{'abm'[number % 3].upper()} show {number:03}")

    with stand(make) as world:
        yield world


@pytest.mark.usefixtures("shows")
class TestSeriesList:
    def found(self, path="/series/"):
        return [link.split("/")[2] for link in page(path).xpath("//a[@class='series-card__link']/@href")]

    def test_it_is_leafed_through_from_a_to_z(self):
        paths = ["/series/"]
        while following := way(paths[-1], "next"):
            paths.append(following)

        assert len(paths) == 3
        listed = [slug for path in paths for slug in self.found(path)]
        assert listed == sorted(Series.objects.values_list("slug", flat=True))
        assert page(paths[1]).xpath("//link[@rel='canonical']/@href")[0].endswith(paths[1])

    def test_an_initial_leads_into_the_middle_of_it(self):
        initials = page("/series/").xpath("//a[@class='initials__initial']/@href")
        begun = self.found("/series/?from=m")

        assert initials == ["?from=a", "?from=b", "?from=m"]
        assert begun[0] == "m-show-002"
        assert self.found(way("/series/?from=m", "prev"))[-1] == "b-show-127"

    @pytest.mark.parametrize("query", ["from=mm", "from=%00", "after=%00", "after=" + "x" * 5000, "after=é",
                                       "from=a&after=b", "after=a&before=b"])  # fmt: skip
    def test_what_means_nothing_is_not_found(self, query):
        assert answer(f"/series/?{query}", NOW)[0] == 404

    def test_what_is_not_public_has_no_initial(self):
        make_series("Zanzibar", is_public=False)

        assert "?from=z" not in page("/series/").xpath("//a[@class='initials__initial']/@href")
        assert self.found("/series/?from=z") == []


def test_a_page_may_end_with_the_best_there_is_and_nothing_is_better():
    assert paging.BEST.read("10_2026-01-09T14:00:00Z_7")[0] == 10
    with pytest.raises(paging.NoSuchPage):
        paging.BEST.read("11_2026-01-09T14:00:00Z_7")


def test_the_only_page_reached_as_the_last_has_no_ways_either(chief):
    make_live_review()

    assert not page("/reviews/?before=end").xpath("//nav[@class='pagination']//a")
