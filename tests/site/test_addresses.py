"""Addresses last: what moved redirects for good, what was taken back is gone, what never was is not found."""

import re
from datetime import timedelta

import pytest

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Release, Review, ReviewFormerSlug
from reviews.verbs import Act
from series.models import Series
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_review,
    make_series,
    make_user,
)
from tests.site.sweeps import answer
from tests.site.worlds import AFTER, BEFORE

pytestmark = pytest.mark.django_db

EARLIER = FRIDAY - timedelta(weeks=3)


def rename(row, slug):
    former, row.slug = row.slug, slug
    type(row).objects.filter(pk=row.pk).update(slug=slug)
    row.keep_former_slug(former, NOW)


def withdraw(review, at=NOW):
    return verbs.withdraw(review, Act(make_user(Role.CHIEF), at, note="It was wrong."))


def test_a_review_that_moved_redirects_for_good():
    rename(make_live_review(slug="old"), "new")

    status, headers, _body = answer("/reviews/old/", NOW)

    assert (status, headers["Location"]) == (301, "/reviews/new/")
    assert headers["Cache-Control"] == "public, max-age=60, s-maxage=59"


@pytest.mark.parametrize("page", ["/series/{}/", "/series/{}/reviews/", "/series/{}/feed/"])
def test_a_series_that_moved_redirects_with_all_its_pages(page):
    series = make_series("Old")
    rename(series, "new")

    status, headers, _body = answer(page.format("old"), NOW)

    assert (status, headers["Location"]) == (301, page.format("new"))


@pytest.mark.parametrize("page", ["/series/{}/", "/series/{}/reviews/", "/series/{}/feed/"])
def test_a_series_that_moved_and_is_hidden_leads_nowhere(page):
    series = make_series("Old")
    rename(series, "new")
    Series.objects.update(embargo_until=FRIDAY)

    assert answer(page.format("old"), NOW)[0] == answer(page.format("new"), NOW)[0] == 404
    assert answer(page.format("old"), AFTER)[0] == 301


def test_a_piece_that_readers_had_is_gone():
    withdraw(make_live_review(slug="piece"))

    status, headers, body = answer("/reviews/piece/", NOW)

    assert status == 410
    assert "no-store" in headers["Cache-Control"]
    assert "Headline" not in body.decode()


def test_so_is_it_under_its_former_address():
    review = make_live_review(slug="old")
    rename(review, "new")
    withdraw(Review.objects.get(pk=review.pk))

    assert answer("/reviews/old/", NOW)[0] == answer("/reviews/new/", NOW)[0] == 410


def test_a_piece_that_readers_never_had_was_never_there():
    review = approve(make_review(slug="piece"))
    assert answer("/reviews/piece/", NOW)[0] == 404

    withdraw(review)

    assert answer("/reviews/piece/", AFTER)[0] == 404


def test_a_piece_reinstated_for_later_is_gone_until_then():
    review = withdraw(make_live_review(slug="piece"))

    verbs.reinstate(review, Act(make_user(Role.CHIEF), NOW), FRIDAY)

    assert [answer("/reviews/piece/", at)[0] for at in (NOW, BEFORE, AFTER)] == [410, 410, 200]


@pytest.mark.parametrize("status", ["draft", "submitted", "discarded"])
def test_a_draft_is_not_found(status):
    review = make_review(slug="piece")
    Review.objects.filter(pk=review.pk).update(status=status)

    assert answer("/reviews/piece/", AFTER)[0] == 404


def test_a_former_address_betrays_no_draft():
    review = approve(make_review(slug="secret-piece"))
    ReviewFormerSlug.objects.create(slug="old", target=review, retired_at=NOW)

    status, headers, _body = answer("/reviews/old/", BEFORE)

    assert status == 404
    assert "Location" not in headers
    assert answer("/reviews/old/", AFTER)[0] == 301


def test_neighbours_are_the_live_ones_of_the_series():
    series = make_series("Red")
    fridays = [FRIDAY - timedelta(weeks=weeks) for weeks in (3, 2, 1, 0)]
    reviews = []
    for number, friday in enumerate(fridays):
        draft = make_review(series, slug=f"piece-{number}")
        reviews.append(approve(draft, friday, at=min(NOW, friday - timedelta(hours=1))))
    withdraw(reviews[1])
    make_live_review(slug="elsewhere")

    shown = answer("/reviews/piece-2/", NOW)[2].decode()

    assert 'rel="prev" href="/reviews/piece-0/"' in shown
    assert 'rel="next"' not in shown
    assert "elsewhere" not in shown
    assert 'rel="next" href="/reviews/piece-3/"' in answer("/reviews/piece-2/", AFTER)[2].decode()


def test_a_neighbour_says_how_far_it_goes():
    series = make_series("Red")
    aired = FRIDAY - timedelta(weeks=4)
    episodes = [make_episode(series, number, airs_at=aired) for number in ("1", "2", "2.5")]
    approve(make_review(series, slug="first", episodes=episodes), FRIDAY - timedelta(weeks=2), at=EARLIER)
    approve(make_review(series, slug="second"), FRIDAY - timedelta(weeks=1), at=EARLIER)

    before = answer("/reviews/second/", NOW)[2].decode()
    after = answer("/reviews/first/", NOW)[2].decode()

    assert f'href="/reviews/first/" data-about="{series.pk}:2.5"' in before
    assert 'href="/reviews/second/" >' in after


def test_the_last_piece_and_a_roundup_lead_on():
    series, other = make_series("Red"), make_series("Blue")
    episodes = [make_episode(show, airs_at=FRIDAY - timedelta(weeks=4)) for show in (series, other)]
    make_live_review(series, slug="only")
    roundup = make_review(episodes=episodes, slug="roundup", kind="roundup")
    Review.objects.filter(pk=roundup.pk).update(series=None)
    approve(Review.objects.get(pk=roundup.pk), FRIDAY - timedelta(weeks=1), at=EARLIER)

    only, both = (answer(f"/reviews/{slug}/", NOW)[2].decode() for slug in ("only", "roundup"))

    assert '<a class="neighbours__link" href="/series/red/">' in only
    assert 'href="/series/red/reviews/"' in only
    assert both.count('class="neighbours__link') == 3


def test_prequels_and_sequels_are_named_once_they_are_public():
    first = make_series("First")
    second = make_series("Second", prequel=first)
    make_series("Third", prequel=second, is_public=False)
    make_series("Fourth", prequel=second, embargo_until=FRIDAY)

    shown = {at: answer("/series/second/", at)[2].decode() for at in (NOW, AFTER)}

    assert "/series/first/" in shown[NOW]
    assert "Third" not in shown[AFTER]
    assert "Fourth" not in shown[NOW]
    assert "/series/fourth/" in shown[AFTER]


def test_robots_and_sitemaps_lead_to_the_public_pages_only(settings):
    settings.SITE_URL = "https://reviews.example"
    make_live_review(make_series("Red"), slug="piece")
    approve(make_review(make_series("Secret", is_public=True, embargo_until=FRIDAY), slug="secret-piece"))

    robots, index = (answer(path, NOW)[2].decode() for path in ("/robots.txt", "/sitemap.xml"))
    parts = re.findall(r"<loc>https://reviews\.example(/sitemap-[^<]*)</loc>", index)
    listed = "".join(answer(path, NOW)[2].decode() for path in parts)

    assert "Sitemap: https://reviews.example/sitemap.xml" in robots
    assert "Disallow: /desk/" in robots
    assert "<loc>https://reviews.example/series/red/</loc>" in listed
    assert "<loc>https://reviews.example/reviews/piece/</loc><lastmod>2026-01-09T14:00:00+00:00<" in listed
    assert "secret" not in index + listed


def test_the_release_of_a_page_holds_no_working_copy():
    make_live_review(slug="piece")

    release = Release.objects.live(NOW).for_page().get()

    assert "headline" in release.review.get_deferred_fields()
