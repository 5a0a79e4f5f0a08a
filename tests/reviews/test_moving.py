"""Moving airings and the pieces about them: as it was proposed, or not at all."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from coverage.newsroom.latenight import LateNight
from coverage.newsroom.models import AuditEntry, Publication
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Edition, Kind, Release, Review
from reviews.moving import doing
from reviews.moving.doing import Changed, move
from reviews.moving.proposing import propose
from reviews.moving.reading import World
from reviews.moving.wishes import What, Wish
from reviews.rules import VerbRefused
from reviews.verbs import Act
from series.airings import STATIONS, Shift
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

pytestmark = pytest.mark.django_db

NEW_YORK = ZoneInfo("America/New_York")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
A_WEEK = Shift(NEW_YORK, 7)


@pytest.fixture
def series(db):
    """Airs on Tuesdays: episode 7 yesterday, 8 to 10 in the weeks to come."""
    series = make_series("Moonlit Ferry")
    for number in range(6, 11):
        make_episode(series, str(number), airs_at=FRIDAY - 3 * DAY + (number - 7) * WEEK)
    return series


@pytest.fixture
def chief(db):
    return make_user(Role.CHIEF)


def episode(series, number):
    return Episode.objects.select_related("series").get(series=series, number=str(number))


def airings(series, number=8, shift=A_WEEK, onward=False):
    return Wish(What.AIRINGS, episode(series, number), onward, shift)


def pieces(series, number=8, shift=A_WEEK, onward=False):
    return Wish(What.PIECES, episode(series, number), onward, shift)


def proposed(wish, at=NOW):
    return propose(wish, World.read(wish.episode.series, Publication.objects.current(at), at))


def do(wish, by, *ticked, at=NOW, **how):
    return move(wish, proposed(wish, at).token, Act(by, at, note="Golf."), [p.pk for p in ticked], **how)


def draft(series, number, planned_at=None, **fields):
    planned_at = planned_at or FRIDAY + (number - 7) * WEEK
    return make_review(series, episodes=[episode(series, number)], planned_at=planned_at, **fields)


def scheduled(series, number):
    when = FRIDAY + (number - 7) * WEEK
    return approve(make_review(series, episodes=[episode(series, number)]), when)


def airs(series):
    return {found.number: found.airs_at for found in series.episodes.all()}


def planned(review):
    return Review.objects.get(pk=review.pk).planned_at


def publish_at(review):
    return Release.objects.get(review=review).publish_at


KEPT: tuple[Any, ...] = (Series, Episode, Review, Release, Edition, AuditEntry)


def everything():
    return [list(model.objects.order_by("pk").values()) for model in KEPT]


def test_one_airing_moves_and_no_other(series, chief):
    before = airs(series)

    do(airings(series), chief)

    assert airs(series) == before | {"8": before["8"] + WEEK}


def test_all_from_an_episode_on_move(series, chief):
    before = airs(series)

    do(airings(series, 9, onward=True), chief)

    assert airs(series) == before | {"9": before["9"] + WEEK, "10": before["10"] + WEEK}


def test_what_has_aired_keeps_its_instant(series, chief):
    before = airs(series)

    done = do(airings(series, 6, onward=True), chief)

    assert [kept.number for kept in done.kept] == ["6", "7"]
    assert {number for number, when in airs(series).items() if when != before[number]} == {"8", "9", "10"}


def test_an_airing_of_this_very_instant_has_aired(series, chief):
    eighth = episode(series, 8)

    assert [kept.number for kept in proposed(airings(series, 8), eighth.airs_at).kept] == ["8"]
    assert not proposed(airings(series, 8), eighth.airs_at - timedelta.resolution).kept


def test_alone_what_has_aired_is_refused_with_the_reason(series, chief):
    with pytest.raises(VerbRefused, match="keeps its instant"):
        do(airings(series, 7), chief)


def test_it_says_from_which_slot_to_which_its_piece_is_due(series, chief):
    (airing,) = proposed(airings(series)).airings

    assert (airing.due_was, airing.due_to) == (FRIDAY + WEEK, FRIDAY + 2 * WEEK)


def test_the_late_night_label_goes_with_it(series, chief):
    eighth = episode(series, 8)
    eighth.airs_at = LateNight.parse("Wednesdays 24:55").slot(STATIONS).next_at_or_after(FRIDAY)
    eighth.late_night_label = "Wednesdays 24:55"
    eighth.save()

    do(airings(series, 8, Shift(STATIONS, 1)), chief)

    assert episode(series, 8).late_night_label == "Thursdays 24:55"
    assert episode(series, 8).airs_at == eighth.airs_at + DAY


def test_the_draft_about_it_goes_with_it_by_whole_weeks(series, chief):
    odd = draft(series, 8, FRIDAY + WEEK + timedelta(hours=3))

    do(airings(series), chief)

    assert planned(odd) == FRIDAY + 2 * WEEK + timedelta(hours=3)


def test_within_its_week_a_delay_moves_no_draft_that_stands_after_it(series, chief):
    eighth = draft(series, 8)

    do(airings(series, 8, Shift(NEW_YORK, 2)), chief)

    assert planned(eighth) == FRIDAY + WEEK


def test_a_draft_without_a_date_follows_by_itself(series, chief):
    undated = make_review(series, episodes=[episode(series, 8)])

    done = do(airings(series), chief)

    assert done.pieces == ()
    assert planned(undated) is None
    assert undated.next_slot(Publication.objects.current(NOW), NOW) == FRIDAY + 2 * WEEK


def test_a_draft_that_says_not_yet_what_it_is_about_stands_for_its_week(series, chief):
    bare = make_review(series, planned_at=FRIDAY + WEEK)
    preview = make_review(series, planned_at=FRIDAY + WEEK, kind=Kind.PREVIEW)

    do(airings(series), chief)

    assert planned(bare) == FRIDAY + 2 * WEEK
    assert planned(preview) == FRIDAY + WEEK


def test_a_piece_about_a_run_and_one_about_several_shows_go_with_their_latest_episode(series, chief):
    other = make_episode(make_series(), airs_at=FRIDAY + 2 * WEEK - DAY)
    roundup = make_review(
        series, kind=Kind.ROUNDUP, episodes=[episode(series, 8), other], planned_at=FRIDAY + 2 * WEEK
    )
    run = draft(series, 7, FRIDAY + WEEK)
    run.parts.update(last_episode=episode(series, 8))

    do(airings(series), chief)

    assert planned(roundup) == FRIDAY + 2 * WEEK
    assert planned(run) == FRIDAY + 2 * WEEK


def test_an_approved_piece_moves_only_when_it_is_ticked(series, chief):
    eighth = scheduled(series, 8)
    before = everything()

    with pytest.raises(VerbRefused, match="Tick it, or withdraw it first"):
        do(airings(series), chief)
    left = everything()
    do(airings(series), chief, eighth)

    assert left == before
    assert publish_at(eighth) == planned(eighth) == FRIDAY + 2 * WEEK
    assert airs(series)["8"] == FRIDAY - 3 * DAY + 2 * WEEK
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "approve", "reschedule", "move_airing", "move",
    ]  # fmt: skip


def test_it_is_rescheduled_as_by_hand_with_a_new_round(series, chief):
    eighth = scheduled(series, 8)

    do(airings(series), chief, eighth)

    assert Release.objects.get(review=eighth).round == 2
    assert AuditEntry.objects.get(verb="reschedule").actor == chief


def test_where_it_may_stay_an_approved_piece_stays_unless_it_is_ticked(series, chief):
    """Episode 9 airs a week earlier: its piece may wait, or come earlier too."""
    ninth, shift = scheduled(series, 9), Shift(NEW_YORK, -7)
    (asked,) = proposed(airings(series, 9, shift)).pieces

    do(airings(series, 9, shift), chief)
    stayed = publish_at(ninth)

    assert (asked.must, asked.is_ticked) == (False, False)
    assert stayed == FRIDAY + 2 * WEEK


def test_an_earlier_airing_takes_its_ticked_piece_along(series, chief):
    ninth = scheduled(series, 9)

    do(airings(series, 9, Shift(NEW_YORK, -7)), chief, ninth)

    assert publish_at(ninth) == FRIDAY + WEEK


def test_nothing_is_moved_into_the_past(series, chief):
    eighth = draft(series, 8)

    with pytest.raises(VerbRefused, match="would have aired by now"):
        do(airings(series, 8, Shift(NEW_YORK, -14)), chief)
    with pytest.raises(VerbRefused, match="has passed"):
        do(pieces(series, 8, Shift(NEW_YORK, -14)), chief)

    assert planned(eighth) == FRIDAY + WEEK


def test_what_is_live_or_was_stays_where_it_is(series, chief):
    live = make_live_review(series, episodes=[episode(series, 6)])

    assert proposed(pieces(series, 6, onward=True)).pieces == ()
    assert publish_at(live) == FRIDAY - WEEK


def test_what_an_approved_piece_is_about_its_edition_says(series, chief):
    """On the desk its part is gone already; what goes out still has it."""
    eighth = scheduled(series, 8)
    eighth.parts.all().delete()

    (found,) = proposed(airings(series)).pieces

    assert found.piece.review == eighth
    assert found.must


def test_the_slot_moves_alone_and_airings_stay(series, chief):
    editor, before = make_user(Role.EDITOR), airs(series)
    drafted, approved, later = draft(series, 8), scheduled(series, 9), draft(series, 10)

    do(pieces(series, 8, Shift(NEW_YORK, 1), onward=True), editor, approved)

    assert airs(series) == before
    assert planned(drafted) == FRIDAY + WEEK + DAY
    assert publish_at(approved) == FRIDAY + 2 * WEEK + DAY
    assert planned(later) == FRIDAY + 3 * WEEK + DAY


def test_of_one_episode_alone_only_its_piece_moves(series):
    drafted, later = draft(series, 8), draft(series, 9)

    do(pieces(series), make_user(Role.EDITOR))

    assert (planned(drafted), planned(later)) == (FRIDAY + 2 * WEEK, FRIDAY + 2 * WEEK)


def test_no_piece_is_moved_before_its_episode(series):
    drafted = draft(series, 8)

    with pytest.raises(VerbRefused, match="before its episode has aired"):
        do(pieces(series, 8, Shift(NEW_YORK, -4)), make_user(Role.EDITOR))

    assert planned(drafted) == FRIDAY + WEEK


def test_a_piece_that_its_delayed_episode_has_overtaken_goes_to_the_next_slot(series):
    drafted, eighth = draft(series, 8), episode(series, 8)
    Episode.objects.filter(pk=eighth.pk).update(airs_at=FRIDAY + WEEK + DAY)

    do(pieces(series, 8, shift=None), make_user(Role.EDITOR))

    assert planned(drafted) == FRIDAY + 2 * WEEK


def test_an_embargo_holds_a_piece_as_an_airing_does(series, chief):
    drafted = draft(series, 8)
    Episode.objects.filter(number="8").update(embargo_until=FRIDAY + 3 * WEEK + DAY)

    do(pieces(series, 8, shift=None), chief)

    assert planned(drafted) == FRIDAY + 4 * WEEK


def test_a_chief_moves_the_series_slot_itself_with_what_follows(series, chief):
    drafted = draft(series, 8)
    saturdays = Shift(NEW_YORK, 0, LateNight.parse("Saturdays 10:00"))

    do(pieces(series, 8, saturdays, onward=True), chief, keep_slot=True)

    series.refresh_from_db()
    assert (series.slot_weekday, f"{series.slot_time:%H:%M}") == (5, "10:00")
    assert planned(drafted) == FRIDAY + WEEK + DAY + timedelta(hours=1)


def test_an_editor_moves_the_pieces_and_not_the_series_slot(series):
    drafted, editor = draft(series, 8), make_user(Role.EDITOR)
    saturdays = pieces(series, 8, Shift(NEW_YORK, 0, LateNight.parse("Saturdays")), onward=True)

    with pytest.raises(PermissionDenied):
        do(saturdays, editor, keep_slot=True)
    do(saturdays, editor)

    series.refresh_from_db()
    assert series.slot_weekday is None
    assert planned(drafted) == FRIDAY + WEEK + DAY


def test_a_slot_past_midnight_is_the_next_days(series, chief):
    draft(series, 8)
    late = Shift(NEW_YORK, 0, LateNight.parse("Sundays 25:00"))

    do(pieces(series, 8, late, onward=True), chief, keep_slot=True)

    series.refresh_from_db()
    assert (series.slot_weekday, f"{series.slot_time:%H:%M}") == (0, "01:00")


@pytest.mark.parametrize(
    ("what", "role", "may"),
    [
        (What.AIRINGS, Role.WRITER, False),
        (What.AIRINGS, Role.EDITOR, False),
        (What.AIRINGS, Role.CHIEF, True),
        (What.PIECES, Role.WRITER, False),
        (What.PIECES, Role.EDITOR, True),
        (What.PIECES, Role.CHIEF, True),
    ],
)
def test_airings_are_a_chiefs_pieces_an_editors(series, what, role, may):
    draft(series, 8)
    before = everything()
    wish = Wish(what, episode(series, 8), shift=A_WEEK)

    try:
        do(wish, make_user(role))
    except PermissionDenied:
        assert everything() == before

    assert (everything() != before) == may


CHANGES = {
    "the airing": lambda review: Episode.objects.filter(number="8").update(airs_at=FRIDAY),
    "the label": lambda review: Episode.objects.filter(number="8").update(late_night_label="Fridays 24:00"),
    "the plan": lambda review: Review.objects.filter(pk=review.pk).update(planned_at=FRIDAY + 4 * WEEK),
    "the status": lambda review: verbs.submit(review, Act(make_user(Role.EDITOR), NOW)),
    "what it is about": lambda review: review.parts.update(episode=review.series.episodes.get(number="9")),
    "an approval": lambda review: approve(review, FRIDAY + WEEK),
    "another piece": lambda review: draft(review.series, 8),
    "the embargo": lambda review: Series.objects.update(embargo_until=FRIDAY + 4 * WEEK),
    "the series' slot": lambda review: Series.objects.update(slot_weekday=0, slot_time="12:00"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_since_it_was_seen_is_refused(series, chief, change):
    review, wish = draft(series, 8), airings(series)
    seen = proposed(wish).token
    CHANGES[change](review)
    before = everything()

    with pytest.raises(Changed):
        move(wish, seen, Act(chief, NOW), [review.pk])

    assert everything() == before


def test_words_that_a_writer_saves_meanwhile_are_no_conflict(series, chief):
    review, wish = draft(series, 8), airings(series)
    seen = proposed(wish).token
    Review.objects.update(headline="A better one")
    review.keep(by=None, at=NOW)

    move(wish, seen, Act(chief, NOW), [])

    assert planned(review) == FRIDAY + 2 * WEEK
    assert Review.objects.get().headline == "A better one"


def test_an_open_form_of_a_moved_draft_is_stale(series, chief):
    review = draft(series, 8)

    do(airings(series), chief)

    assert Review.objects.get().version != review.version


def test_of_what_fails_halfway_nothing_is_left(series, chief, monkeypatch):
    draft(series, 8)
    approved = scheduled(series, 9)
    before = everything()

    def refuse(*args, **kwargs):
        raise ValidationError("No.")

    monkeypatch.setattr(Episode, "clean", refuse)
    with pytest.raises(ValidationError):
        do(airings(series, 8, onward=True), chief, approved)

    assert everything() == before


def test_it_stands_in_the_histories_of_all_that_moved(series, chief):
    drafted = draft(series, 8)

    do(airings(series), chief)

    def told(subject):
        return [(entry.verb, entry.note) for entry in AuditEntry.objects.about(subject)]

    assert told(series) == [("move", "Golf.")]
    assert told(episode(series, 8)) == [("move_airing", "Golf.")]
    assert told(drafted) == [("replan", "Golf.")]


def test_an_airing_is_not_moved_past_a_piece_that_only_came_to_be_approved_now(series, chief, monkeypatch):
    """The model's own rule stands behind the proposal."""
    wish = airings(series)
    found = proposed(wish)
    scheduled(series, 8)

    monkeypatch.setattr(doing, "_proposal", lambda *args: found)

    with pytest.raises(ValidationError, match="goes live before"):
        move(wish, found.token, Act(chief, NOW), [])


@pytest.mark.parametrize("many", [1, 4])
def test_reading_asks_as_often_for_one_piece_as_for_many(series, django_assert_num_queries, many):
    for _piece in range(many):
        draft(series, 8)
        scheduled(series, 9)
    wish, world = airings(series, 8, onward=True), (series, Publication.objects.current(NOW), NOW)

    with django_assert_num_queries(4):
        propose(wish, World.read(*world))
