"""What comes next of a show."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coverage.newsroom.models import Publication
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.coming import Airing, Coming, Facts, Late, coming, coming_of, with_coming
from reviews.models import Release
from reviews.models.releases import ReleaseQuerySet
from reviews.verbs import Act
from series.models import Episode, Series
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

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SLOT = Publication().slot
# Wednesday, as NOW.
TODAY = date(2026, 1, 14)


def airing(number, airs_at, **fields):
    return Airing(str(number), number, airs_at, **fields)


def told(facts, show=None, today=TODAY):
    return coming(show or Series(), Facts(**facts), SLOT, today)


# A break


def test_the_next_airing_is_told():
    eighth = airing(8, NOW + DAY)

    assert told({"next": eighth, "last": airing(7, NOW - 6 * DAY)}) == Coming(airing=eighth)


def test_a_break_ends_on_the_day_that_the_desk_says():
    assert told({}, Series(back_on=TODAY + DAY)) == Coming(back_on=TODAY + DAY)
    assert told({}, Series(back_on=TODAY)) == Coming()
    assert told({}, Series(back_on=TODAY - DAY)) == Coming()


@pytest.mark.parametrize(("days", "is_break"), [(7, False), (9, False), (10, True), (28, True)])
def test_a_long_wait_between_two_airings_is_a_break(days, is_break):
    following = airing(8, NOW - 2 * DAY + timedelta(days=days))

    found = told({"next": following, "last": airing(7, NOW - 2 * DAY)})

    assert found.back_on == (following.airs_at.date() if is_break else None)
    assert found.airing == following


def test_a_break_is_over_on_the_day_of_the_airing_as_the_newsroom_counts_it():
    # 02:00 UTC is still the evening before in New York.
    at = datetime(2026, 2, 5, 2, tzinfo=UTC)
    facts = {"next": airing(8, at), "last": airing(7, NOW)}

    assert told(facts, today=date(2026, 2, 3)).back_on == date(2026, 2, 4)
    assert told(facts, today=date(2026, 2, 4)).back_on is None


def test_a_wait_with_episodes_missing_in_between_is_no_break():
    assert told({"next": airing(12, NOW + 5 * WEEK), "last": airing(7, NOW)}).back_on is None


def test_the_desks_day_goes_before_what_is_reckoned():
    facts = {"next": airing(8, NOW + 4 * WEEK), "last": airing(7, NOW)}

    assert told(facts, Series(back_on=TODAY + 2 * DAY)).back_on == TODAY + 2 * DAY


# Beginning and end


def test_a_premiere_is_told_until_it_has_come():
    assert told({}, Series(premieres_on=TODAY + DAY)) == Coming(starts_on=TODAY + DAY)
    assert told({}, Series(premieres_on=TODAY)) == Coming()
    assert told({"next": airing(1, NOW + DAY)}, Series(premieres_on=TODAY + DAY)).starts_on is None
    assert told({"last": airing(0, NOW)}, Series(premieres_on=TODAY + DAY)).starts_on is None


@pytest.mark.parametrize(
    ("aired", "first", "last", "has_ended"),
    [(11, 1, 11, False), (12, 1, 12, True), (12, 13, 24, True), (3, 1, 12, True), (3, 1, 11, False)],
)
def test_a_season_has_ended_once_all_planned_episodes_have_aired(aired, first, last, has_ended):
    facts = {"last": airing(last, NOW), "aired": aired, "first": first}

    assert told(facts, Series(episode_count=12)).has_ended is has_ended
    assert told(facts, Series()).has_ended is False


def test_a_verdict_ends_a_season():
    assert told({"has_verdict": True}) == Coming(has_ended=True)


@pytest.mark.parametrize(
    ("facts", "fields"),
    [({"next": airing(13, NOW + DAY)}, {}), ({}, {"back_on": TODAY + DAY}), ({}, {"format": "film"})],
)
def test_what_goes_on_has_not_ended(facts, fields):
    assert told({"has_verdict": True, **facts}, Series(**fields)).has_ended is False


def test_nothing_known_is_nothing_told():
    assert not told({})
    assert told({"has_verdict": True})


# A late review

AIRED = datetime(2026, 1, 7, 16, tzinfo=UTC)  # a Wednesday; its slot is Friday the 9th
SEVENTH, SIXTH = airing(7, AIRED), AIRED - WEEK


def late(today, *, unreviewed=SEVENTH, covered_at=SIXTH, show=None):
    return told({"unreviewed": [unreviewed], "covered_at": covered_at}, show, today).late


@pytest.mark.parametrize(
    ("today", "is_late"),
    [
        (date(2026, 1, 8), False),
        (date(2026, 1, 9), False),
        (date(2026, 1, 10), True),
        (date(2026, 1, 23), True),
        (date(2026, 1, 24), False),
    ],
)
def test_a_review_is_late_from_the_day_after_its_slot_for_a_fortnight(today, is_late):
    assert late(today) == (Late(SEVENTH, None) if is_late else None)


def test_a_show_with_its_own_slot_is_late_by_that():
    show = Series(slot_weekday=0, slot_time=time(9))
    slot = show.slot(Publication())

    def of(today):
        return coming(show, Facts(unreviewed=[SEVENTH], covered_at=SIXTH), slot, today).late

    assert (of(date(2026, 1, 12)), of(date(2026, 1, 13))) == (None, Late(SEVENTH, None))


def test_an_embargo_moves_the_slot():
    held = airing(7, AIRED, embargo_until=AIRED + 4 * DAY)

    assert late(date(2026, 1, 16), unreviewed=held) is None
    assert late(date(2026, 1, 17), unreviewed=held) == Late(held, None)
    assert late(date(2026, 1, 16), show=Series(embargo_until=AIRED + 4 * DAY)) is None


def test_nobody_waits_for_reviews_of_a_show_that_is_not_followed():
    assert late(date(2026, 1, 10), covered_at=None) is None
    assert late(date(2026, 1, 10), covered_at=AIRED - 4 * WEEK) is None
    assert late(date(2026, 1, 10), covered_at=AIRED - 3 * WEEK)


def test_what_was_left_out_on_the_way_is_not_late():
    assert late(date(2026, 1, 10), covered_at=AIRED + WEEK) is None


def test_the_desk_may_say_a_day():
    today = date(2026, 1, 8)
    near, far = (airing(7, AIRED, review_due_on=today + days * DAY) for days in (2, 7))

    assert late(today, unreviewed=near, covered_at=None) == Late(near, today + 2 * DAY, is_near=True)
    assert late(today, unreviewed=far) == Late(far, today + 7 * DAY, is_near=False)


def test_a_day_that_has_passed_is_not_told_again():
    due = airing(7, AIRED, review_due_on=date(2026, 1, 10))

    assert late(date(2026, 1, 10), unreviewed=due) == Late(due, date(2026, 1, 10), is_near=True)
    assert late(date(2026, 1, 11), unreviewed=due) == Late(due, None)


# As the database tells it


def of(show, at=NOW):
    row = with_coming(Series.objects.public(at), at).get(pk=show.pk)
    return coming_of(row, Publication.objects.get(), at)


@pytest.fixture
def show(db):
    show = make_series()
    make_live_review(show, episodes=[make_episode(show, "6", airs_at=SIXTH)])
    return show


def test_it_is_read_along_with_the_show(show, django_assert_num_queries):
    make_episode(show, "6.5", airs_at=AIRED - 2 * DAY, kind="recap")
    seventh = make_episode(show, "7", airs_at=AIRED, review_due_on=TODAY + DAY)
    eighth = make_episode(show, "8", airs_at=AIRED + WEEK + DAY, late_night_label="Wednesdays 24:55")
    make_episode(show, "9", airs_at=AIRED + 2 * WEEK)
    publication = Publication.objects.get()

    with django_assert_num_queries(1):
        rows = list(with_coming(Series.objects.public(NOW), NOW))
        (found,) = (coming_of(row, publication, NOW) for row in rows)

    assert (found.airing.label, found.airing.airs_at) == ("Episode 8", eighth.airs_at)
    assert found.airing.late_night_label == "Wednesdays 24:55"
    assert (found.late.episode.label, found.late.due_on) == (seventh.label, TODAY + DAY)


def test_a_live_review_is_not_late_from_its_instant(show):
    seventh = make_episode(show, "7", airs_at=AIRED)
    approve(make_review(show, episodes=[seventh]), FRIDAY)

    assert of(show, FRIDAY - timedelta(seconds=1)).late
    assert of(show, FRIDAY).late is None


def test_a_review_that_came_before_its_promised_day_is_not_late(show):
    seventh = make_episode(show, "7", airs_at=AIRED, review_due_on=TODAY + 5 * DAY)
    approve(make_review(show, episodes=[seventh]), FRIDAY)

    assert of(show, FRIDAY - timedelta(seconds=1)).late
    assert of(show, FRIDAY).late is None


def test_a_review_that_waits_for_its_hour_changes_nothing(show):
    seventh = make_episode(show, "7", airs_at=AIRED)
    before = of(show)

    approve(make_review(show, episodes=[seventh]), FRIDAY)
    approve(make_review(show, kind="season", stars="4.0"), FRIDAY)

    assert of(show) == before
    assert of(show, FRIDAY).has_ended


def test_a_run_covers_what_lies_in_it(show):
    seventh, eighth = make_episode(show, "7", airs_at=AIRED), make_episode(show, "8", airs_at=AIRED + DAY)
    review = make_review(show, episodes=[seventh])
    review.parts.update(last_episode=eighth)
    review.keep(by=None, at=NOW)
    approve(review, NOW)

    assert of(show, NOW + WEEK).late is None


def test_an_episode_is_next_until_its_instant_and_last_from_then_on(show):
    make_episode(show, "7", airs_at=NOW)
    Series.objects.filter(pk=show.pk).update(episode_count=2)

    before, after = of(show, NOW - timedelta(seconds=1)), of(show)

    assert (before.airing.number, before.has_ended) == ("7", False)
    assert (after.airing, after.has_ended) == (None, True)


def test_of_two_that_air_together_the_first_comes_first_and_the_second_last(show):
    for number in ("7", "8"):
        make_episode(show, number, airs_at=NOW)
    make_episode(show, "9", airs_at=NOW + 4 * WEEK)

    assert of(show, NOW - timedelta(seconds=1)).airing.number == "7"
    # Were 7 the last one, 8 would be missing before 9, and nothing told of a break.
    assert of(show).back_on == TODAY + 4 * WEEK


def test_a_recap_is_none_of_the_planned_episodes(show):
    make_episode(show, "6.5", airs_at=AIRED, kind="recap")
    Series.objects.filter(pk=show.pk).update(episode_count=2)

    assert not of(show).has_ended


def test_a_show_is_followed_to_the_end_of_the_latest_run(db):
    show = make_series()
    third, eighth = make_episode(show, "3", airs_at=SIXTH - 5 * WEEK), make_episode(show, "8", airs_at=SIXTH)
    review = make_review(show, episodes=[third])
    review.parts.update(last_episode=eighth)
    review.keep(by=None, at=NOW - WEEK)
    approve(review, NOW - DAY, at=NOW - WEEK)
    make_episode(show, "9", airs_at=AIRED)

    assert of(show).late.episode.number == "9"


def test_what_aired_just_after_a_slot_is_waited_for_from_the_next_one(show):
    last_slot = FRIDAY - WEEK
    make_episode(show, "7", airs_at=last_slot + timedelta(minutes=1))

    assert of(show, FRIDAY).late is None
    assert of(show, FRIDAY + DAY).late.episode.number == "7"
    assert of(show, FRIDAY + 14 * DAY).late.episode.number == "7"
    assert of(show, FRIDAY + 15 * DAY).late is None


def test_a_promised_day_is_told_of_an_old_episode_until_it_ends_in_the_newsroom(show):
    make_episode(show, "5", airs_at=NOW - 6 * WEEK, review_due_on=TODAY)
    midnight = datetime(2026, 1, 15, tzinfo=ZoneInfo("America/New_York"))

    assert of(show, midnight - timedelta(seconds=1)).late.due_on == TODAY
    assert of(show, midnight).late is None


def test_of_several_late_reviews_the_first_is_told(show):
    for number, airs_at in (("8", AIRED + DAY), ("7", AIRED), ("9", AIRED + DAY)):
        make_episode(show, number, airs_at=airs_at)

    assert of(show, FRIDAY + DAY).late.episode.number == "7"


def test_a_withdrawn_review_is_late_again(show):
    seventh = make_episode(show, "7", airs_at=AIRED)
    review = approve(make_review(show, episodes=[seventh]), NOW)
    assert of(show).late is None

    verbs.withdraw(review, Act(make_user(Role.EDITOR), NOW, note="An error."))

    assert of(show).late


def test_an_embargoed_episode_is_neither_next_nor_late(show):
    make_episode(show, "7", airs_at=AIRED, embargo_until=NOW + DAY, review_due_on=TODAY + DAY)
    make_episode(show, "8", airs_at=NOW + WEEK, embargo_until=NOW + DAY)

    assert of(show) == Coming()
    after = of(show, NOW + DAY)
    assert (after.airing.number, after.late.episode.number) == ("8", "7")


@pytest.mark.parametrize("held", [Series, Episode])
def test_what_an_embargo_held_back_for_long_is_late_after_it(held, show):
    seventh = make_episode(show, "7", airs_at=SIXTH + WEEK)
    end = SIXTH + 5 * WEEK
    row = show if held is Series else seventh
    held.objects.filter(pk=row.pk).update(embargo_until=end)

    assert of(show, end + 2 * DAY).late is None
    assert of(show, end + 3 * DAY).late.episode.number == seventh.number


def test_without_live_a_waiting_verdict_would_end_the_season(show, monkeypatch):
    """A control."""
    approve(make_review(show, kind="season", stars="4.0"), FRIDAY)
    monkeypatch.setattr(ReleaseQuerySet, "live", lambda self, _at: self.all())

    assert Release.objects.live(NOW).exists()
    assert of(show).has_ended


def test_the_newsrooms_zone_decides_the_day(show):
    make_episode(show, "7", airs_at=AIRED)
    saturday_in_new_york = datetime(2026, 1, 10, tzinfo=ZoneInfo("America/New_York"))

    assert of(show, saturday_in_new_york - timedelta(seconds=1)).late is None
    assert of(show, saturday_in_new_york).late
