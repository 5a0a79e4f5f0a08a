"""What readers get, from when, and what they can't reach of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.db.models import FETCH_ONE

from coverage.newsroom.models import AuditEntry
from reviews import verbs
from reviews.models import Edition, Release, Review
from reviews.models.content import CONTENT_FIELDS
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_part,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
)

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
NEXT_FRIDAY = FRIDAY + timedelta(days=7)


def live(at):
    return Release.objects.live(at).exists()


def gone(at):
    return Release.objects.gone(at).exists()


def rounds():
    return Release.objects.get().round


def withdraw(review, by, at=NOW):
    return verbs.withdraw(review, Act(by, at, note="An error."))


# From when


def test_it_is_live_at_its_instant_and_not_a_microsecond_before():
    approve(make_review())

    assert not live(FRIDAY - timedelta.resolution)
    assert live(FRIDAY)
    assert not gone(FRIDAY - timedelta.resolution)
    assert not gone(FRIDAY)


def test_a_draft_and_a_submitted_piece_have_no_release(editor):
    verbs.submit(make_review(), Act(editor, NOW))

    assert not Release.objects.exists()


def test_rescheduling_moves_the_instant_and_begins_a_round(editor):
    review = approve(make_review())

    moved = verbs.reschedule(review, Act(editor, NOW), publish_at=NEXT_FRIDAY)

    assert not live(FRIDAY)
    assert live(NEXT_FRIDAY)
    assert moved.planned_at == NEXT_FRIDAY
    assert rounds() == 2
    assert AuditEntry.objects.about(review)[0].detail == {
        "publish_at": NEXT_FRIDAY.isoformat(),
        "was": FRIDAY.isoformat(),
    }


def test_a_withdrawn_piece_is_gone_from_that_instant(editor):
    review = make_live_review()
    went_live = review.release.publish_at

    withdraw(review, editor)

    release = Release.objects.get()
    assert (release.first_live_at, release.withdrawn_at) == (went_live, NOW)
    assert gone(NOW)
    assert not live(NOW + 365 * DAY)


def test_before_its_instant_it_was_never_there(editor):
    withdraw(approve(make_review()), editor, FRIDAY - timedelta.resolution)

    assert not live(FRIDAY)
    assert not gone(FRIDAY)


def test_at_its_instant_it_was_there(editor):
    withdraw(approve(make_review()), editor, FRIDAY)

    assert gone(FRIDAY)


def test_a_reinstated_piece_has_its_old_date_and_edition_and_a_new_round(editor):
    review = make_live_review()
    was = Release.objects.get()
    withdraw(review, editor)
    Review.objects.update(headline="Rewritten since")

    verbs.reinstate(review, Act(editor, NOW + DAY))

    release = Release.objects.live(NOW + DAY).get()
    assert (release.publish_at, release.edition) == (was.publish_at, was.edition)
    assert release.round == was.round + 1
    assert not gone(NOW + DAY)


def test_reinstated_for_later_it_is_gone_until_then(editor):
    review = make_live_review()
    withdraw(review, editor)

    verbs.reinstate(review, Act(editor, NOW), publish_at=FRIDAY)

    assert gone(FRIDAY - SECOND)
    assert not live(FRIDAY - SECOND)
    assert live(FRIDAY)
    assert not gone(FRIDAY)


def test_withdrawn_again_before_that_it_is_still_gone_and_not_a_draft(editor):
    review = make_live_review()
    first_live = review.release.publish_at
    withdraw(review, editor)
    verbs.reinstate(review, Act(editor, NOW), publish_at=FRIDAY)

    withdraw(review, editor, NOW + SECOND)

    release = Release.objects.get()
    assert gone(NOW + SECOND)
    assert (release.first_live_at, release.withdrawn_at) == (first_live, NOW + SECOND)


def test_each_going_live_has_a_round_of_its_own(editor):
    review = make_live_review()
    seen = [rounds()]
    for _time in range(3):
        withdraw(review, editor)
        verbs.reinstate(review, Act(editor, NOW))
        seen.append(rounds())

    assert seen == [1, 2, 3, 4]


def test_withdrawing_needs_a_reason_only_once_readers_had_it(editor):
    verbs.withdraw(approve(make_review()), Act(editor, NOW))

    with pytest.raises(verbs.VerbRefused, match="Say why"):
        verbs.withdraw(make_live_review(), Act(editor, NOW, note=" "))


# Which of them


def test_the_pieces_of_a_series_and_roundups_with_a_part_about_it():
    show, other = make_series(), make_series()
    own = make_live_review(show)
    roundup = make_live_review(other, kind="roundup", episodes=[make_episode(show), make_episode(other)])
    make_live_review(other)

    found = Release.objects.live(NOW).for_series(show)

    assert {release.review for release in found} == {own, roundup}


def test_the_newest_comes_first():
    older = make_live_review()
    newer = approve(make_review(), NOW)

    assert [release.review for release in Release.objects.newest_first()] == [newer, older]


# What can't be reached


def full_release():
    show = make_series(key_visual=make_picture())
    review = make_review(
        show, episodes=[make_episode(show), make_episode(show, "2")], lead_picture=make_picture()
    )
    approve(review)
    return review


@pytest.mark.one_database
@pytest.mark.parametrize("shape", ["for_list", "for_page"])
@pytest.mark.parametrize("name", CONTENT_FIELDS)
def test_the_working_copy_cannot_be_read(shape, name):
    full_release()
    release = getattr(Release.objects.live(FRIDAY), shape)().get()

    with pytest.raises(FieldFetchBlocked):
        getattr(release.review, name)


@pytest.mark.one_database
@pytest.mark.parametrize("name", CONTENT_FIELDS)
def test_a_link_reaches_only_the_headline(name):
    full_release()
    release = Release.objects.live(FRIDAY).for_link().get()

    assert release.edition.headline
    with pytest.raises(FieldFetchBlocked):
        getattr(release.review, name)
    if name != "headline":
        with pytest.raises(FieldFetchBlocked):
            getattr(release.edition, name)


PROSE = ("introduction", "conclusion", "verdict")


@pytest.mark.parametrize("name", [*PROSE, *(f"{prose}_rendered" for prose in PROSE)])
def test_a_list_cannot_read_the_text(name):
    full_release()

    with pytest.raises(FieldFetchBlocked):
        getattr(Release.objects.live(FRIDAY).for_list().get().edition, name)


@pytest.mark.parametrize("name", ["body", "verdict", "body_rendered", "verdict_rendered"])
def test_a_list_cannot_read_a_parts_text(name):
    full_release()
    part = Release.objects.live(FRIDAY).for_list().get().edition.parts.all()[0]

    with pytest.raises(FieldFetchBlocked):
        getattr(part, name)


@pytest.mark.parametrize("name", PROSE)
def test_a_page_reads_the_text_only_as_rendered(name):
    full_release()
    edition = Release.objects.live(FRIDAY).for_page().get().edition

    assert isinstance(getattr(edition, f"{name}_rendered"), str)
    with pytest.raises(FieldFetchBlocked):
        getattr(edition, name)


def test_without_the_fetch_mode_the_working_copy_could_be_read():
    """A control."""
    full_release()

    release = Release.objects.live(FRIDAY).for_list().fetch_mode(FETCH_ONE).get()

    assert release.review.headline


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("shape", ["for_list", "for_page"])
def test_everything_a_page_shows_is_gathered_in_three_queries(shape, rows, django_assert_num_queries):
    for _row in range(rows):
        full_release()

    with django_assert_num_queries(3):
        for release in getattr(Release.objects.live(FRIDAY), shape)():
            shown(release)


def shown(release):
    edition, review = release.edition, release.review
    return [
        *(edition.headline, edition.standfirst, edition.stars, edition.spoiler_level),
        *(edition.lead_picture.alt, edition.spoils_through, edition.spoils_source),
        *(review.series.title, review.series.key_visual.alt, review.slug, review.kind),
        *(byline.reviewer.byline for byline in review.bylines.all()),
        *((part.label, part.stars, str(part.reviewer)) for part in edition.parts.all()),
    ]


def test_a_lead_picture_that_turns_out_to_spoil_is_not_shown():
    full_release()
    lead = Edition.objects.latest("number").lead_picture
    type(lead).objects.filter(pk=lead.pk).update(spoils=True)

    release = Release.objects.live(FRIDAY).for_list().get()

    assert release.picture == release.review.series.key_visual


# The working copy stays on the desk


def test_nothing_done_on_the_desk_changes_what_readers_get():
    show = make_series()
    review = make_live_review(show, episodes=[make_episode(show)])

    def readers_get():
        release = Release.objects.live(NOW).select_related("edition").get()
        parts = list(release.edition.parts.values("episode", "stars", "body_rendered", "verdict_rendered"))
        return release.edition.headline, release.edition.introduction_rendered, parts

    before = readers_get()
    Review.objects.update(headline="Canary", introduction="<p>Canary</p>", planned_at=NEXT_FRIDAY)
    review.parts.update(stars="0.5", body="<p>Canary</p>")
    make_part(review, make_episode(show, "2"), make_reviewer())
    Review.objects.get().keep(by=None, at=NOW)

    assert readers_get() == before


def test_the_stale_row_that_somebody_still_holds_undoes_no_release(editor):
    held = make_review()
    approve(held)

    held.headline = "Typed before it was approved"
    held.save(update_fields=["headline"])

    assert live(FRIDAY)
    assert Review.objects.get().status == "approved"


# What it says it is about


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        ([""], ""),
        (["7"], "Episode 7"),
        (["7", "7"], "Episode 7"),
        (["3", "4", "6.5"], "Episodes 3, 4, 6.5"),
    ],
)
def test_it_names_each_episode_once(numbers, words):
    series = make_series()
    episodes = {number: make_episode(series, number) for number in sorted(set(numbers))}
    review = make_review(series)
    for number in numbers:
        make_part(review, episodes[number], make_reviewer())
    approve(review)

    assert Release.objects.for_list().get().covers == words


def test_it_names_a_run_of_episodes_as_a_run():
    series = make_series()
    episodes = [make_episode(series, number) for number in ("1", "2", "12")]
    review = make_review(series, episodes=episodes[:1])
    make_part(review, episodes[1], make_reviewer(), last_episode=episodes[2])
    approve(review)

    assert Release.objects.for_list().get().covers == "Episodes 1, 2–12"
