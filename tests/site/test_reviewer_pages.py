"""Critics: who writes here, their pieces, and how they rate beside the house."""

from datetime import timedelta

import pytest
from lxml import html

from reviews import paging
from reviews.models import Byline
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
)
from tests.site.sweeps import answer
from tests.site.worlds import make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LAST_FRIDAY = FRIDAY - timedelta(days=7)


def publish(review):
    return approve(review, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))


def shown(path, at=NOW):
    status, _headers, body = answer(path, at)
    assert status == 200
    return html.fromstring(body.decode())


def told(page, xpath="//main"):
    return " ".join(page.xpath(xpath)[0].text_content().split())


def make_two_critics():
    """Ann and Ben rate three episodes of Red; Ann is half a star below."""
    series = make_series("Red")
    ann, ben = make_reviewer("Ann"), make_reviewer("Ben")
    episodes = [
        make_episode(series, str(number), airs_at=LAST_FRIDAY - timedelta(days=2)) for number in (1, 2, 3)
    ]
    for critic, stars in ((ann, "3.0"), (ben, "3.5")):
        review = make_review(series, reviewer=critic)
        for episode in episodes:
            make_part(review, episode, critic, stars=stars)
        publish(review)
    return ann, ben


@pytest.mark.both_databases
def test_the_index_lists_who_has_something_live():
    make_live_review(reviewer=make_reviewer("Ann"))
    make_live_review(reviewer=make_reviewer("Ben"))
    approve(make_review(reviewer=make_reviewer("Canary")))

    page = shown("/reviewers/")

    assert page.xpath("//a[@class='entry-name__link']/@href") == ["/reviewers/ann/", "/reviewers/ben/"]
    assert "Canary" not in told(page)
    assert "Canary" in told(shown("/reviewers/", FRIDAY))


@pytest.mark.both_databases
def test_it_counts_pieces_under_a_name_and_those_with_a_part_only():
    series = make_series()
    ann, ben = make_reviewer("Ann"), make_reviewer("Ben")
    review = make_review(series, reviewer=ann)
    for episode in (make_episode(series, "1"), make_episode(series, "2")):
        make_part(review, episode, ben)
    make_part(review, make_episode(series, "3"), ann)
    publish(review)
    make_live_review(reviewer=ann)

    facts = [
        " ".join(node.text_content().split())
        for node in shown("/reviewers/").xpath("//p[contains(@class, 'critic-card__facts')]")
    ]

    assert facts == ["2 pieces latest 9 Jan 2026", "1 piece"]


@pytest.mark.both_databases
def test_a_critics_page_shows_them_and_their_pieces_newest_first():
    ann = make_reviewer("Ann")
    ann.bio, ann.portrait = "Writes of Thursdays.", make_picture("red")
    ann.save()
    make_live_review(reviewer=ann, headline="Older")
    approve(make_review(reviewer=ann, headline="Newer"), NOW, at=NOW)
    make_live_review(headline="Elsewhere")
    shared = make_review(headline="Shared")
    Byline.objects.create(review=shared, reviewer=ann, position=1)
    approve(shared, LAST_FRIDAY - timedelta(days=7), at=LAST_FRIDAY - timedelta(days=8))

    page = shown("/reviewers/ann/")

    headlines = [
        node.text_content() for node in page.xpath("//h3[contains(@class, 'review-card__headline')]")
    ]
    assert headlines == ["Newer", "Older", "Shared"]
    assert "Writes of Thursdays." in told(page)
    assert page.xpath(f"//img[@alt='{ann.portrait.alt}']")


@pytest.mark.both_databases
def test_it_says_how_they_rate_beside_the_house():
    make_two_critics()

    page = told(shown("/reviewers/ann/"), "//section[@class='habits']")

    assert "3.00 Mean of 3 ratings" in page or "Mean of 3 ratings 3.00" in page
    assert "3.25" in page
    assert (
        "On the 3 ratings of episodes that somebody else here rated too: 0.50 stars below the others." in page
    )
    assert "Rates highest: Red 3.00 from 3 ratings" in page


def test_the_drawing_has_its_facts_in_a_table():
    make_two_critics()

    page = shown("/reviewers/ann/")

    rows = [[cell.text_content() for cell in row] for row in page.xpath("//table//tbody/tr")]
    assert [stars for stars, *_ in rows] == ["0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"]
    assert [row for row in rows if row[1:] != ["0", "0"]] == [["3", "3", "3"], ["3.5", "0", "3"]]
    assert page.xpath("//figure/svg/@aria-hidden") == ["true"]


def test_a_critic_level_with_the_others_is_called_so():
    series = make_series("Red")
    episode = make_episode(series, airs_at=LAST_FRIDAY - timedelta(days=2))
    for byline in ("Ann", "Ben"):
        critic = make_reviewer(byline)
        review = make_review(series, reviewer=critic)
        make_part(review, episode, critic)
        publish(review)

    assert "somebody else here rated too: level with the others." in told(shown("/reviewers/ann/"))


def test_who_has_rated_nothing_is_told_as_such():
    make_live_review(reviewer=make_reviewer("Ann"))

    assert "Has rated no episode yet." in told(shown("/reviewers/ann/"))


def test_a_critic_without_anything_live_is_not_found():
    approve(make_review(reviewer=make_reviewer("Ann")))

    assert [answer("/reviewers/ann/", at)[0] for at in (NOW, FRIDAY)] == [404, 200]


def test_one_who_moved_redirects_for_good_once_there_is_something_to_see():
    ann = make_reviewer("Ann")
    ann.former_slugs.create(slug="old", retired_at=NOW)
    assert answer("/reviewers/old/", NOW)[0] == 404

    make_live_review(reviewer=ann)
    status, headers, _body = answer("/reviewers/old/", NOW)

    assert (status, headers["Location"]) == (301, "/reviewers/ann/")


@pytest.mark.both_databases
def test_a_piece_that_waits_changes_no_byte(monkeypatch):
    monkeypatch.setattr(paging, "PER_PAGE", 1)
    ann, ben = make_two_critics()
    pages = ["/reviewers/", "/reviewers/ann/", "/reviewers/ben/"]
    without = [answer(path, NOW) for path in pages]

    series = make_series("Blue")
    review = make_review(series, reviewer=ann)
    for critic in (ann, ben):
        make_part(review, make_episode(series, str(critic.pk)), critic, stars="0.5")
    approve(review)

    assert [answer(path, NOW) for path in pages] == without
    assert [answer(path, FRIDAY)[2] for path in pages] != [body for _status, _headers, body in without]


@pytest.mark.parametrize("page", ["0", "-1", "1000000000", "%00", "last", "9" * 5000])
def test_no_page_number_is_too_odd(page):
    make_live_review(reviewer=make_reviewer("Ann"), headline="Found")

    assert answer(f"/reviewers/ann/?page={page}", NOW)[0] == 200


def test_a_byline_leads_to_its_critic_from_a_card_and_from_the_piece():
    make_live_review(reviewer=make_reviewer("Ann"), slug="piece")

    for path in ("/", "/reviews/", "/reviews/piece/"):
        assert shown(path).xpath("//a[@rel='author'][@href='/reviewers/ann/'][not(ancestor::a)]")
