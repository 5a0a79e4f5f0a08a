"""What became of a piece: its moments, what lies between two editions, and the way back to one."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from coverage.newsroom.models import AuditEntry, Picture
from coverage.newsroom.roles import Role
from reviews import discards, verbs
from reviews.history.comparing import compare, names_of_stills, to_compare
from reviews.history.timeline import timeline, with_steps
from reviews.markup.stills import place
from reviews.models import Edition, Release, Review
from reviews.models.content import CONTENT_FIELDS, PART_FIELDS
from reviews.rules import VerbRefused
from reviews.stale import StaleVersion
from reviews.verbs import Act
from tests.factories import (
    NOW,
    make_episode,
    make_live_review,
    make_part,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def show():
    return make_series("The Lantern Ferry")


def save(review, at=NOW, by=None, **fields):
    """What a form's save does."""
    Review.objects.filter(pk=review.pk).update(**fields)
    return review.keep(by=by, at=at)


def edition(review, number):
    return to_compare(Edition.objects.filter(review=review)).get(number=number)


def between(review, older, newer):
    before, after = edition(review, older), edition(review, newer)
    return compare(before, after, names_of_stills(before, after))


def content(piece):
    """All that an edition freezes, of the working copy or of an edition."""
    own = {name: getattr(piece, name) for name in CONTENT_FIELDS}
    parts = [{name: getattr(part, name) for name in PART_FIELDS} for part in piece.parts.all()]
    return own, parts


# Comparing


def test_a_field_that_changed_is_told_with_both_its_values():
    review = make_review(headline="Before", spoiler_level="mild")
    save(review, spoiler_level="heavy", spoils_source=True)

    found = between(review, 1, 2)

    told = [(fact.label, "Mild" in fact.saved, "Heavy" in fact.yours) for fact in found.facts]
    assert told == [("Spoilers", True, True), ("Spoils the source material", False, False)]
    assert (found.prose, found.parts) == ([], [])


def test_stars_that_were_taken_off_are_unrated_and_not_nothing(show):
    review = make_review(show, episodes=[make_episode(show)])
    review.parts.update(stars=None)
    review.keep(by=None, at=NOW)

    (part,) = between(review, 1, 2).parts

    assert (part.fate, [fact.label for fact in part.facts]) == ("changed", ["Stars"])
    assert "4" in part.facts[0].saved
    assert "unrated" in part.facts[0].yours


def test_parts_that_came_and_went_are_named(show):
    review = make_review(show, episodes=[make_episode(show, "1")])
    critic = review.bylines.get().reviewer
    review.parts.all().delete()
    make_part(review, make_episode(show, "2"), critic, body="<p>Another.</p>")
    review.keep(by=None, at=NOW)

    fates = {part.title: part.fate for part in between(review, 1, 2).parts}

    assert fates == {f"Episode 1, {critic}": "taken-out", f"Episode 2, {critic}": "added"}
    came, _went = between(review, 1, 2).parts
    assert (str(came.facts[0].saved), came.prose[0].told[0]) == ("", "")


def test_a_part_that_moved_to_another_episode_is_one_part_still(show):
    review = make_review(show, episodes=[make_episode(show, "1")])
    review.parts.update(episode=make_episode(show, "2"))
    review.keep(by=None, at=NOW)

    (part,) = between(review, 1, 2).parts

    assert (part.fate, [fact.label for fact in part.facts]) == ("changed", ["Episode"])


def test_parts_of_several_shows_are_told_apart_by_the_show(show):
    other = make_series("Tin Orchard")
    review = make_review(show, kind="roundup", episodes=[make_episode(show), make_episode(other)])
    review.parts.all().delete()
    review.keep(by=None, at=NOW)

    titles = [part.title for part in between(review, 1, 2).parts]

    assert [title.rpartition(",")[0] for title in titles] == [
        "The Lantern Ferry Episode 1",
        "Tin Orchard Episode 1",
    ]


def test_stills_are_told_by_what_they_show():
    picture = make_picture("A ferry at dusk")
    review = make_review(introduction="<p>Words.</p>")
    save(review, introduction="<p>Words.</p>" + place(picture.pk))

    (prose,) = between(review, 1, 2).prose

    assert "[still: A ferry at dusk]" in prose.told[1]


def test_a_link_and_a_spoiler_mark_are_told_in_words():
    review = make_review(introduction="<p>The lamp goes out.</p>")
    marked = '<p>The <a href="https://example.org/">lamp</a> <span class="spoiler">goes out</span>.</p>'
    save(review, introduction=marked)

    (prose,) = between(review, 1, 2).prose

    assert prose.told[1].strip() == "The lamp [https://example.org/] [spoiler: goes out]."


def test_a_change_of_dress_alone_shows_the_markup():
    review = make_review(introduction="<p>The lamp.</p>")
    save(review, introduction="<p>The <strong>lamp</strong>.</p>")

    (prose,) = between(review, 1, 2).prose

    assert "<strong>" in prose.told[1]


def test_an_edition_differs_in_nothing_from_itself(show):
    review = make_review(show, episodes=[make_episode(show)])

    found = between(review, 1, 1)

    assert not found
    assert (found.labels, found.words) == ([], (0, 0))


def test_a_summary_tells_facts_from_what_to_what_and_long_ones_by_name(show):
    review = make_review(show, episodes=[make_episode(show, "3")], headline="The lamp")
    part = review.parts.get()
    review.parts.update(stars=Decimal("3.5"))
    save(review, headline="Out", standfirst="A line that says far more than fits. " * 3)
    review.parts.update(stars=None)
    save(review)

    assert between(review, 1, 2).labels[:2] == ["Headline: The lamp → Out", "Standfirst"]
    assert between(review, 2, 3).labels == [f"Episode 3, {part.reviewer}: stars: 3.5 → unrated"]


# The moments


def test_saving_and_submitting_at_once_is_one_moment(editor):
    review = make_review(introduction="<p>One two.</p>")
    later = NOW + timedelta(minutes=5)
    save(review, at=later, by=editor, introduction="<p>One three four.</p>")
    AuditEntry.objects.record("change", review, by=editor, at=later)
    verbs.submit(review, Act(editor, later))

    newest, first = with_steps(review, timeline(review))

    assert ([entry.verb for entry in newest.entries], newest.who) == (["change", "submit"], editor)
    (step,) = newest.steps
    assert (step.edition.number, step.changed.labels, step.changed.words) == (2, ["Introduction"], (2, 1))
    assert first.steps[0].changed is None


def test_a_moment_without_words_of_its_own_names_who_saved(editor):
    review = make_review(by=editor)

    assert [moment.who for moment in with_steps(review, timeline(review))] == [editor]


# Restoring


@pytest.fixture
def rewritten(show):
    """A piece with two parts, of which nothing is left as its first edition has it."""
    review = make_review(show, episodes=[make_episode(show, "1"), make_episode(show, "2")])
    critic = review.bylines.get().reviewer
    review.parts.filter(episode__number="1").delete()
    review.parts.update(stars="1.0", body="<p>Other words.</p>", position=3)
    make_part(review, make_episode(show, "3"), critic)
    save(review, headline="Other", introduction="<p>Other.</p>", spoiler_level="heavy")
    return Review.objects.get(pk=review.pk)


def test_everything_that_was_written_comes_back(rewritten, editor):
    restored = verbs.restore(rewritten, Act(editor, NOW), number=1)

    assert content(restored) == content(edition(rewritten, 1))
    assert content(edition(rewritten, 3)) == content(edition(rewritten, 1))


def test_restoring_is_undone_by_restoring(rewritten, editor):
    before = content(rewritten)
    verbs.restore(rewritten, Act(editor, NOW), number=1)

    entry = AuditEntry.objects.about(rewritten)[0]
    undone = verbs.restore(rewritten, Act(editor, NOW), number=entry.detail["replaced"])

    assert content(undone) == before
    assert [row.number for row in rewritten.editions.all()] == [4, 3, 2, 1]


def test_what_no_edition_had_yet_is_kept_before_it_is_replaced(editor):
    review = make_review()
    Review.objects.filter(pk=review.pk).update(headline="Written around the form")

    verbs.restore(review, Act(editor, NOW), number=1)

    assert edition(review, 2).headline == "Written around the form"


def test_restoring_moves_neither_status_nor_date_nor_what_readers_have(editor):
    review = make_live_review(headline="First")
    save(review, headline="Second")
    before = Review.objects.get(pk=review.pk)
    released = Release.objects.values().get()

    restored = verbs.restore(review, Act(editor, NOW), number=1)

    beside = ("status", "planned_at", "slug", "kind", "series_id", "created_by_id")
    assert [getattr(restored, name) for name in beside] == [getattr(before, name) for name in beside]
    assert Release.objects.values().get() == released


def test_who_read_an_older_version_restores_nothing(rewritten, editor):
    read = rewritten.version
    save(rewritten, headline="Meanwhile")

    with pytest.raises(StaleVersion):
        verbs.restore(rewritten, Act(editor, NOW, version=read), number=1)

    assert Review.objects.get(pk=rewritten.pk).headline == "Meanwhile"


@pytest.mark.parametrize("number", [2, 99])
def test_restoring_what_stands_there_or_what_never_was_is_refused(rewritten, editor, number):
    with pytest.raises(VerbRefused):
        verbs.restore(rewritten, Act(editor, NOW), number=number)

    assert rewritten.editions.count() == 2


def test_a_still_whose_picture_is_gone_is_left_out_and_the_rest_comes_back(editor):
    here, gone = make_picture(), make_picture()
    review = make_review(introduction=f"<p>Words.</p>{place(gone.pk)}{place(here.pk)}")
    save(review, introduction="<p>Other.</p>")
    Picture.objects.filter(pk=gone.pk).delete()

    restored = verbs.restore(review, Act(editor, NOW), number=1)

    assert restored.introduction == f"<p>Words.</p>{place(here.pk)}"
    assert AuditEntry.objects.about(review)[0].detail["left_out"] == [gone.pk]


def test_what_goes_with_another_series_is_refused_and_nothing_is_half_written(rewritten, editor):
    """Its series was changed since, and its parts with it."""
    Review.objects.filter(pk=rewritten.pk).update(series=make_series())
    before = content(Review.objects.get(pk=rewritten.pk))

    with pytest.raises(VerbRefused, match="Edition 1 doesn't go with the piece as it stands now"):
        verbs.restore(rewritten, Act(editor, NOW), number=1)

    assert content(Review.objects.get(pk=rewritten.pk)) == before
    assert rewritten.editions.count() == 2


def test_stars_of_the_whole_dont_come_back_to_a_kind_without(editor):
    review = make_review(kind="season", stars="4.5")
    save(review, stars=None)
    Review.objects.filter(pk=review.pk).update(kind="weekly")

    with pytest.raises(VerbRefused, match="Only a season or a film has stars of its own"):
        verbs.restore(review, Act(editor, NOW), number=1)


def test_a_writer_restores_their_own_draft_until_it_is_submitted():
    writer = make_user(Role.WRITER)
    review = make_review(reviewer=make_reviewer(user=writer), headline="First")
    save(review, headline="Second")

    restored = verbs.restore(review, Act(writer, NOW), number=1)
    verbs.submit(review, Act(writer, NOW))

    assert restored.headline == "First"
    with pytest.raises(PermissionDenied):
        verbs.restore(review, Act(writer, NOW), number=2)


def test_parts_that_stay_keep_their_rows(show, editor):
    review = make_review(show, episodes=[make_episode(show, "1"), make_episode(show, "2")])
    first, second = review.parts.all()
    second.delete()
    review.parts.update(body="<p>Other words.</p>")
    review.keep(by=None, at=NOW)
    verbs.restore(review, Act(editor, NOW), number=1)
    one, two = review.parts.values_list("pk", flat=True)

    verbs.restore(review, Act(editor, NOW), number=2)

    assert list(review.parts.values_list("pk", flat=True)) == [one]
    assert (one, two) != (first.pk, second.pk)


# Discarded


def test_a_discarded_piece_can_be_recovered_for_thirty_days(editor):
    review = verbs.discard(make_review(), Act(editor, NOW))
    last = NOW + timedelta(days=30) - timedelta(microseconds=1)

    with pytest.raises(VerbRefused, match="more than 30 days ago"):
        verbs.recover(review, Act(editor, NOW + timedelta(days=30)))

    assert discards.recoverable(last).get() == review
    assert not discards.recoverable(NOW + timedelta(days=30)).exists()
    assert verbs.recover(review, Act(editor, last)).status == "draft"


def test_who_discards_again_has_thirty_days_again(editor):
    review = verbs.discard(make_review(), Act(editor, NOW))
    verbs.recover(review, Act(editor, NOW + timedelta(days=20)))
    verbs.discard(review, Act(editor, NOW + timedelta(days=25)))

    assert discards.recoverable(NOW + timedelta(days=50)).get() == review


@pytest.mark.parametrize(
    ("passed", "left"),
    [
        (timedelta(), 30),
        (timedelta(seconds=1), 30),
        (timedelta(days=1), 29),
        (timedelta(days=29, hours=23), 1),
    ],
)
def test_the_day_that_has_begun_counts_as_left(passed, left):
    assert discards.days_left(NOW, NOW + passed) == left
