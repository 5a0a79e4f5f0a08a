"""Drafts begun from the plan: what is filled in, and that nothing is begun twice."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from coverage.newsroom.weeks import Week
from reviews import planning, rules, starting
from reviews.models import Byline, Review
from reviews.rules import VerbRefused
from reviews.starting import start
from reviews.verbs import Act
from series.carrying import carry_credits
from series.models import Credit, Person
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def series(db):
    return make_series("Moonlit Ferry")


def begin(series, *episodes, reviewer=None, by=None, planned_at=FRIDAY):
    by = by or make_user(Role.EDITOR)
    return start(series, episodes, reviewer or make_reviewer(), planned_at, Act(by, NOW))


def credit(episode, name, role="script", **fields):
    person, _new = Person.objects.get_or_create(name=name, slug=name.lower())
    return Credit.objects.create(person=person, role=role, episode=episode, **fields)


def test_a_draft_is_filled_in(series, editor):
    episode, ana = make_episode(series, "7"), make_reviewer("Ana")

    review = begin(series, episode, reviewer=ana, by=editor).review

    assert (review.headline, review.slug) == ("Moonlit Ferry: episode 7", "moonlit-ferry-episode-7")
    assert (review.kind, review.status, review.series) == ("weekly", "draft", series)
    assert (review.planned_at, review.spoils_through, review.created_by) == (FRIDAY, episode, editor)
    assert [byline.reviewer for byline in review.bylines.all()] == [ana]
    assert [(part.episode, part.reviewer, part.stars) for part in review.parts.all()] == [
        (episode, ana, None)
    ]
    assert review.editions.count() == 1


def test_nothing_stands_in_it_that_could_go_live_unseen(series):
    review = begin(series, make_episode(series)).review

    assert (review.standfirst, review.introduction, review.spoiler_level) == ("", "", "")
    assert rules.missing(review)


def test_beginning_it_is_written_down(series, editor):
    review = begin(series, make_episode(series), reviewer=make_reviewer("Ana"), by=editor).review

    entry = AuditEntry.objects.about(review).get()
    assert (entry.verb, entry.actor, entry.at) == ("start", editor, NOW)
    assert entry.detail["reviewer"] == "Ana"


def test_several_episodes_are_a_part_each_of_one_piece(series):
    episodes = [make_episode(series, number) for number in ("5", "6", "7")]

    review = begin(series, *episodes).review

    assert review.headline == "Moonlit Ferry: episodes 5–7"
    assert [part.episode for part in review.parts.all()] == episodes
    assert review.spoils_through == episodes[-1]


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [(["5", "6"], "5–6"), (["4", "7"], "4, 7"), (["5", "5.5", "6"], "5, 5.5, 6"), (["5", "6", "7"], "5–7")],
)
def test_the_headline_names_no_episode_that_it_is_not_about(series, numbers, printed):
    review = begin(series, *(make_episode(series, number) for number in numbers)).review

    assert review.headline == f"Moonlit Ferry: episodes {printed}"


def test_a_film_has_a_film_review():
    film = make_series("The Long Tide", format="film")

    review = begin(film, make_episode(film, "")).review

    assert (review.kind, review.headline) == ("feature", "The Long Tide")


def test_a_long_title_leaves_a_headline_that_fits():
    series = make_series("L" * 200, slug="long")

    assert len(begin(series, make_episode(series)).review.headline) == 200


def test_pressing_twice_makes_one_draft(series, editor):
    episode = make_episode(series)
    first = begin(series, episode, by=editor)

    again = begin(series, episode, by=editor)

    assert (first.is_new, again.is_new, again.review) == (True, False, first.review)
    assert Review.objects.count() == 1


def test_what_a_run_or_a_roundup_covers_is_not_begun_again(series):
    first, inside, last = (make_episode(series, number) for number in ("5", "6", "7"))
    review = make_review(series)
    make_part(review, first, make_reviewer(), last_episode=last)

    assert begin(series, inside).review == review


def test_a_weekly_draft_without_parts_for_the_same_slot_is_the_one(series):
    review = make_review(series, planned_at=FRIDAY)

    assert begin(series, make_episode(series)).review == review


def test_a_discarded_draft_is_no_reason_not_to_begin(series):
    episode = make_episode(series)
    make_review(series, episodes=[episode], status="discarded")

    assert begin(series, episode).is_new


def test_a_week_that_is_skipped_gets_none(series, editor):
    episode = make_episode(series, airs_at=NOW)
    planning.skip(series, Week(2026, 3), Act(editor, NOW, note="Away."))

    with pytest.raises(VerbRefused, match="skipped"):
        begin(series, episode)

    assert not Review.objects.exists()


def test_a_slug_that_is_taken_gets_a_number(series):
    make_review(slug="moonlit-ferry-episode-1")

    assert begin(series, make_episode(series)).review.slug == "moonlit-ferry-episode-1-2"


def test_a_writer_begins_what_is_theirs_and_nothing_else(series):
    writer = make_user(Role.WRITER)
    episodes = [make_episode(series, number) for number in ("1", "2")]

    mine = begin(series, episodes[0], reviewer=make_reviewer("Me", writer), by=writer)
    with pytest.raises(PermissionDenied):
        begin(series, episodes[1], reviewer=make_reviewer("Other"), by=writer, planned_at=FRIDAY + 7 * DAY)

    assert mine.is_new
    assert Review.objects.count() == 1


def test_a_reader_begins_nothing(series):
    reader = make_user()

    with pytest.raises(PermissionDenied):
        begin(series, make_episode(series), reviewer=make_reviewer("Me", reader), by=reader)


@pytest.mark.parametrize("of", ["none", "another"])
def test_a_piece_is_about_the_series_own_episodes(series, of):
    episodes = [] if of == "none" else [make_episode(make_series())]

    with pytest.raises(VerbRefused, match="Say which"):
        begin(series, *episodes)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one_draft():
    series, editors = make_series(), [make_user(Role.EDITOR) for _one in range(4)]
    last, episode = make_episode(series, "1"), make_episode(series, "2")
    credit(last, "Aki")
    reviewer, barrier, started = make_reviewer(), Barrier(4), []

    def press(user):
        try:
            barrier.wait(10)
            started.append(start(series, [episode], reviewer, FRIDAY, Act(user, NOW)))
        finally:
            connection.close()

    threads = [Thread(target=press, args=[user]) for user in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(each.is_new for each in started) == [False, False, False, True]
    assert (Review.objects.count(), Byline.objects.count(), episode.credits.count()) == (1, 1, 1)


# Staff and cast


def held(episode):
    return [(each.person.name, each.role, each.character, each.note) for each in episode.credits.all()]


def test_last_episodes_staff_and_cast_are_carried_over(series):
    last, episode = make_episode(series, "6"), make_episode(series, "7")
    credit(last, "Aki", "script", note="With the committee")
    credit(last, "Emi", "voice", character="Rouge", position=1)

    begin(series, episode)

    assert held(episode) == held(last)
    assert {each.carried_from for each in episode.credits.all()} == {last}
    assert {each.carried_from for each in last.credits.all()} == {None}


def test_an_episode_with_credits_keeps_its_own(series):
    last, episode = make_episode(series, "6"), make_episode(series, "7")
    credit(last, "Aki")
    credit(episode, "Ben")

    begin(series, episode)

    assert [name for name, *_rest in held(episode)] == ["Ben"]


def test_they_come_from_the_last_episode_that_has_any(series):
    first, _without, episode, later = (make_episode(series, number) for number in ("5", "6", "7", "8"))
    credit(first, "Aki")
    credit(later, "Later")

    begin(series, episode)

    assert [(each.person.name, each.carried_from) for each in episode.credits.all()] == [("Aki", first)]


def test_what_is_carried_on_unchecked_says_where_it_came_from_first(series):
    first, second, third = (make_episode(series, number) for number in ("5", "6", "7"))
    credit(first, "Aki")

    begin(series, second, third)

    assert {each.carried_from for each in third.credits.all()} == {first}


def test_a_first_episode_has_nobody_to_carry_over(series):
    assert carry_credits(make_episode(series, "1")) == []


def test_readers_see_what_was_carried_over_once_somebody_has_checked_it(client, series, editor):
    last, episode = (make_episode(series, number, airs_at=NOW - 9 * DAY) for number in ("6", "7"))
    credit(last, "Canary")
    carry_credits(episode)
    review = approve(make_review(series, episodes=[episode]), NOW - DAY, at=NOW - 2 * DAY)
    address = review.get_absolute_url()

    def shown():
        return (
            Credit.objects.public(NOW).filter(episode=episode).count(),
            "Canary" in client.get(address).content.decode(),
        )

    unchecked = shown()
    checked = starting.check_credits(
        series, [episode], [each.pk for each in episode.credits.all()], Act(editor, NOW)
    )

    assert (unchecked, checked, shown()[0]) == ((0, False), 1, 1)
    assert AuditEntry.objects.about(series)[0].verb == "check_credits"


def test_what_nobody_has_seen_is_not_found_right(series, editor):
    last, episode = make_episode(series, "6"), make_episode(series, "7")
    seen, _unseen = credit(last, "Aki"), credit(last, "Ben")
    carry_credits(episode)
    seen = episode.credits.get(person=seen.person)

    starting.check_credits(series, [episode], [seen.pk], Act(editor, NOW))

    assert [each.person.name for each in starting.unchecked_credits([episode])] == ["Ben"]


def test_a_writer_finds_no_credits_right(series):
    last, episode = make_episode(series, "6"), make_episode(series, "7")
    credit(last, "Aki")
    (carried,) = carry_credits(episode)

    with pytest.raises(PermissionDenied):
        starting.check_credits(series, [episode], [carried.pk], Act(make_user(Role.WRITER), NOW))

    assert starting.unchecked_credits([episode])


def test_without_the_lock_two_could_begin_the_same(monkeypatch, series, editor):
    """A control: what finds the piece that is there is what stands in the way."""
    episode = make_episode(series)
    begin(series, episode)
    monkeypatch.setattr(starting, "_there", lambda *args: None)

    assert begin(series, episode).is_new
    assert planning.locked(series) == series
