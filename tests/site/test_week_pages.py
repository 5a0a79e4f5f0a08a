"""Weeks: day by day what airs and what goes live, in the newsroom's zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from coverage.newsroom.models import Publication
from coverage.newsroom.roles import Role
from coverage.newsroom.weeks import Week
from coverage.site.weeks import known_weeks, span_of
from reviews import verbs
from reviews.verbs import Act
from series.models import Episode
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

NEW_YORK = ZoneInfo("America/New_York")
# NOW is the Wednesday of this one.
THIS, LAST, NEXT = "/weeks/2026-W03/", "/weeks/2026-W02/", "/weeks/2026-W04/"


def local(day, hour=12, minute=0, month=1):
    return datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)


def shown(path, at=NOW):
    status, _headers, body = answer(path, at)
    assert status == 200
    return html.fromstring(body.decode())


def told(node):
    return " ".join(node.text_content().split())


def day(page, iso):
    (section,) = page.xpath(f"//section[@id='{iso}']")
    return told(section)


def test_each_day_has_its_airings_and_its_pieces():
    red = make_series("Red")
    make_episode(red, "7", title="The Ferry", airs_at=local(12, 11), late_night_label="Mondays 25:00")
    make_episode(red, "8", title="Canary", airs_at=local(15, 11))
    approve(make_review(red, headline="Of Tuesday"), local(13), at=local(13) - timedelta(hours=1))

    page = shown(THIS)

    assert day(page, "2026-01-12").startswith("Monday 12 January On air 11:00 Red Episode 7 The Ferry")
    assert "Mondays 25:00 in Japan" in day(page, "2026-01-12")
    assert "Of Tuesday" in day(page, "2026-01-13")
    assert "Today" in day(page, "2026-01-14")
    assert "11:00 Red Episode 8" in day(page, "2026-01-15")
    assert "Nothing that we cover" in day(page, "2026-01-18")
    assert "Canary" not in told(page)


def test_the_days_are_the_newsrooms():
    red = make_series("Red")
    make_episode(red, "1", airs_at=local(18, 23, 59))
    make_episode(red, "2", airs_at=local(19, 0, 0))

    assert "Episode 1" in day(shown(THIS), "2026-01-18")
    assert "Episode 2" not in told(shown(THIS))
    assert "Episode 2" in day(shown(NEXT), "2026-01-19")


def test_a_title_comes_with_the_airing():
    make_episode(make_series("Red"), title="Canary", airs_at=FRIDAY)

    assert "Canary" not in told(shown(THIS, BEFORE))
    (title,) = shown(THIS, AFTER).xpath("//*[text()='Canary']")
    assert title.get("data-veil") == "title"
    assert title.xpath("ancestor::*[@data-about]")


def test_days_come_in_order_and_pieces_in_the_order_they_went_live():
    for hour in (15, 9, 12):
        publish_at = local(13, hour)
        approve(make_review(headline=f"At {hour}"), publish_at, at=publish_at - timedelta(hours=1))

    headlines = [told(node) for node in shown(THIS).xpath("//h3[contains(@class, 'review-card__headline')]")]

    assert headlines == ["At 9", "At 12", "At 15"]


def test_the_current_week_is_marked_and_others_lead_to_it():
    make_live_review()

    this, last = shown(THIS), shown(LAST)

    assert this.xpath("//*[@class='week-head__now']")
    assert this.xpath("//a[@aria-current='date']/@href") == ["#2026-01-14"]
    assert not last.xpath("//*[@class='week-head__now'] | //a[@aria-current='date']")
    assert last.xpath(f"//nav//a[@href='{THIS}'][not(@rel)]")


def test_weeks_lead_to_their_neighbours_as_far_as_there_are_any():
    make_live_review()

    this, last, following = shown(THIS), shown(LAST), shown(NEXT)

    assert this.xpath("//main//a[@rel='prev']/@href") == [LAST]
    assert this.xpath("//main//a[@rel='next']/@href") == [NEXT]
    assert not last.xpath("//main//a[@rel='prev']")
    assert not following.xpath("//main//a[@rel='next']")


def test_there_are_weeks_from_the_first_airing_or_piece_to_the_last_that_is_announced():
    red = make_series("Red")
    make_episode(red, "1", airs_at=local(1))
    make_live_review()
    make_episode(red, "12", airs_at=local(20, month=3))
    make_episode(red, "13", airs_at=local(20, month=6), embargo_until=local(1, month=6))
    make_episode(make_series("Canary", is_public=False), "1", airs_at=local(20, month=7))
    make_episode(make_series("Older", is_public=False), "1", airs_at=datetime(2020, 1, 1, tzinfo=UTC))
    approve(make_review(), local(20, month=8))

    weeks = known_weeks(Publication.objects.get(), NOW)

    assert (weeks.first, weeks.last) == (Week(2026, 1), Week(2026, 12))
    assert [answer(f"/weeks/{week}/", NOW)[0] for week in ("2026-W12", "2026-W13", "2025-W52")] == [
        200,
        404,
        404,
    ]


def test_the_weeks_begin_with_the_oldest_piece_where_nothing_aired_before():
    for weeks in (5, 9, 7):
        at = NOW - timedelta(weeks=weeks)
        approve(make_review(), at, at=at - timedelta(hours=1))

    assert known_weeks(Publication.objects.get(), NOW).first == Week.of(NOW - timedelta(weeks=9), NEW_YORK)


def test_what_goes_live_as_a_week_begins_stands_in_that_week_only():
    midnight = local(12, hour=0)
    make_live_review()
    approve(make_review(slug="monday"), midnight, at=midnight - timedelta(hours=1))

    assert "/reviews/monday/" in html.tostring(shown(THIS).xpath("//*[@id='2026-01-12']")[0]).decode()
    assert not shown(LAST).xpath("//a[@href='/reviews/monday/']")


def test_a_withdrawn_piece_leaves_no_week_behind():
    review = make_live_review()
    assert answer(LAST, NOW)[0] == 200

    verbs.withdraw(review, Act(make_user(Role.EDITOR), NOW, note="An error."))

    assert answer(LAST, NOW)[0] == 404


def test_without_anything_there_are_this_week_and_the_next():
    weeks = known_weeks(Publication.objects.get(), NOW)

    assert [str(week) for week in weeks] == ["2026-W03", "2026-W04"]
    assert answer("/weeks/2026-W02/", NOW)[0] == 404


def test_a_slip_of_the_pen_makes_no_centuries():
    red = make_series("Red")
    make_episode(red, "1", airs_at=datetime(9999, 12, 31, 23, tzinfo=UTC))
    make_episode(red, "2", airs_at=datetime(1, 1, 1, 1, tzinfo=UTC))

    assert [str(week) for week in known_weeks(Publication.objects.get(), NOW)] == ["2026-W03", "2026-W04"]
    assert answer(THIS, NOW)[0] == 200


def test_the_address_of_all_weeks_leads_to_the_current_one_for_now():
    status, headers, _body = answer("/weeks/", NOW)

    assert (status, headers["Location"]) == (302, THIS)
    assert headers["Cache-Control"] == "public, max-age=60, s-maxage=59"


@pytest.mark.one_database
@pytest.mark.parametrize(
    "week",
    [
        *("2026-W00", "2026-W54", "2025-W53", "0000-W01", "0001-W01", "9999-W52", "9999-W99", "1999-W01"),
        *("2026-03", "2026-W3", "2026-w03", "26-W03", "2026-W003", "%00", "2026-W03%00", "٢٠٢٦-W03"),
        "W" * 5000,
    ],
)
def test_what_is_no_week_is_not_found(week):
    assert answer(f"/weeks/{week}/", NOW)[0] == 404


def test_a_quiet_week_says_so_and_is_kept_out_of_indexes():
    make_live_review()

    quiet, other = shown(NEXT), shown(LAST)

    assert told(quiet).count("Nothing that we cover") == 7
    assert quiet.xpath("//meta[@name='robots']")
    assert not other.xpath("//meta[@name='robots']")


def test_what_waits_changes_no_byte():
    red = make_series("Red")
    make_episode(red, "1")
    pages = [LAST, THIS, NEXT]
    without = [answer(path, BEFORE) for path in pages]

    secret = make_series("Canary", embargo_until=FRIDAY)
    make_episode(secret, "1", airs_at=NOW)
    make_episode(red, "9", airs_at=local(17), embargo_until=FRIDAY)
    approve(make_review(red))

    assert [answer(path, BEFORE) for path in pages] == without
    assert [answer(path, AFTER) for path in pages] != without


@pytest.mark.one_database
def test_clocks_set_back_over_midnight_lose_nothing():
    publication = Publication.objects.get()
    publication.time_zone = "America/Havana"  # at 01:00 on Sunday, 1 November 2026, back to midnight
    publication.save()
    twice = datetime(2026, 11, 1, 4, 30, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    for number, airs_at in enumerate(twice, start=1):
        make_episode(make_series(f"Show {number}"), "1", airs_at=airs_at)

    page = shown("/weeks/2026-W44/", datetime(2026, 11, 2, 12, tzinfo=UTC))

    assert "00:30 Show 1" in day(page, "2026-11-01")
    assert "00:30 Show 2" in day(page, "2026-11-01")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("week", "said"),
    [
        (Week(2026, 3), "12–18 January 2026"),
        (Week(2026, 5), "26 January – 1 February 2026"),
        (Week(2026, 1), "29 December 2025 – 4 January 2026"),
    ],
)
def test_a_week_is_named_by_its_days(week, said):
    assert span_of(week) == said


def test_known_titles_are_read_with_the_programme():
    make_episode(make_series("Red"), title="Aired", airs_at=NOW - timedelta(hours=1))
    week = Publication.objects.get().week(NOW)

    (episode,) = Episode.objects.scheduled(week.starts(NEW_YORK), week.ends(NEW_YORK), NOW).with_known_titles(
        NOW
    )

    assert episode.known_title == "Aired"
