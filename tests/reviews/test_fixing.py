"""A fix of what is live, while the working copy may say more."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import fixing, verbs
from reviews.fixing import Fix
from reviews.models import EpisodeReview, Release, Review
from reviews.rules import VerbRefused
from reviews.stale import StaleVersion
from reviews.verbs import Act
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

pytestmark = pytest.mark.django_db

SLIP, RIGHT = "<p>Rouge meets the Ilon of Izubichi.</p>", "<p>Rouge meets the Ilon of Izubuchi.</p>"


@pytest.fixture
def review():
    show = make_series()
    review = make_live_review(
        show, episodes=[make_episode(show, "3")], headline="A Headlien", introduction=SLIP
    )
    return Review.objects.get(pk=review.pk)


def fix(review, by, own=None, parts=None, *, kind="typo", note="", version=None):
    return verbs.correct(review, Act(by, NOW, version, note), kind=kind, fix=Fix(own or {}, parts or {}))


def edit(review, **values):
    """What an editor changes and nobody has approved yet."""
    Review.objects.filter(pk=review.pk).update(**values)
    review.keep(by=None, at=NOW)


def live(review):
    return Release.objects.get(review=review).edition


def key_of(part):
    return (part.episode_id, part.reviewer_id)


def kept(review):
    return AuditEntry.objects.about(review).first().detail.get("kept", [])


def test_readers_and_the_working_copy_get_it(review, editor):
    fixed = fix(review, editor, {"headline": "A Headline"})

    assert live(review).headline == fixed.headline == "A Headline"
    assert live(review).is_rendered
    assert fixed.editions.count() == 2
    assert fixed.corrections.get().kind == "typo"


def test_a_parts_text_and_verdict_are_put_right(review, editor):
    part = review.parts.get()

    fix(review, editor, parts={key_of(part): {"body": "<p>What happened in it.</p>"}})

    assert live(review).parts.get().body_rendered == "<p>What happened in it.</p>"
    assert EpisodeReview.objects.get(pk=part.pk).body == "<p>What happened in it.</p>"


class TestUnapprovedEdits:
    def test_they_wait_on_and_have_the_fix(self, review, editor):
        edit(review, standfirst="Not approved.")

        fixed = fix(review, editor, {"headline": "A Headline"})

        assert (live(review).headline, fixed.headline) == ("A Headline", "A Headline")
        assert live(review).standfirst != "Not approved."
        assert fixed.standfirst == "Not approved."
        assert fixed.editions.first().standfirst == "Not approved."
        assert kept(review) == []

    def test_in_the_same_text_a_fix_finds_its_place(self, review, editor):
        edit(review, introduction=f"<p>A new beginning.</p>{SLIP}<p>And an end.</p>")

        fixed = fix(review, editor, {"introduction": RIGHT})

        assert live(review).introduction == RIGHT
        assert fixed.introduction == f"<p>A new beginning.</p>{RIGHT}<p>And an end.</p>"

    @pytest.mark.parametrize(
        "said",
        ["<p>Said otherwise.</p>", f"{SLIP}{SLIP}"],
        ids=["another wording", "twice the same"],
    )
    def test_what_they_say_otherwise_they_keep_and_it_is_said(self, review, editor, said):
        edit(review, introduction=said)

        fixed = fix(review, editor, {"introduction": RIGHT, "headline": "A Headline"})

        assert live(review).introduction == RIGHT
        assert (fixed.introduction, fixed.headline) == (said, "A Headline")
        assert kept(review) == ["Introduction"]

    def test_a_part_that_they_took_out_stays_out(self, review, editor):
        part = review.parts.get()
        review.parts.all().delete()
        review.keep(by=None, at=NOW)

        fixed = fix(review, editor, parts={key_of(part): {"verdict": "<p>Right.</p>"}})

        assert live(review).parts.get().verdict == "<p>Right.</p>"
        assert not fixed.parts.exists()
        assert kept(review) == [f"{part} (not there any more)"]

    def test_a_gap_in_them_stands_in_no_fixs_way(self, review, editor):
        edit(review, standfirst="")

        fix(review, editor, {"headline": "A Headline"})

        assert live(review).headline == "A Headline"

    def test_a_new_part_is_not_let_out_with_it(self, review, editor):
        make_part(review, make_episode(review.series, "4"), make_reviewer())
        review.keep(by=None, at=NOW)

        fixed = fix(review, editor, {"headline": "A Headline"})

        assert (live(review).parts.count(), fixed.parts.count()) == (1, 2)

    def test_a_fix_that_would_not_fit_in_stays_out(self, review, editor):
        edit(review, headline=f"A Headlien{' and on' * 27}")

        fixed = fix(review, editor, {"headline": f"A Headline{'!' * 20}"})

        assert "Headlien" in fixed.headline
        assert kept(review) == ["Headline"]


class TestScores:
    def test_a_score_keeps_the_old_one_in_its_note(self, review, editor):
        fix(
            review,
            editor,
            parts={key_of(review.parts.get()): {"stars": 3}},
            kind="score",
            note="We miscounted.",
        )

        assert live(review).parts.get().stars == 3
        assert review.corrections.get().note == "We miscounted. (Episode 3: 4 → 3)"

    def test_a_score_is_no_typo(self, review, editor):
        with pytest.raises(VerbRefused, match="only by a correction"):
            fix(review, editor, parts={key_of(review.parts.get()): {"stars": 3}})

        assert live(review).parts.get().stars == 4

    def test_half_a_half_is_refused(self, review, editor):
        with pytest.raises(ValidationError):
            fix(
                review, editor, parts={key_of(review.parts.get()): {"stars": "3.3"}}, kind="score", note="So."
            )

    def test_a_weekly_piece_has_none_of_its_own(self, review, editor):
        with pytest.raises(VerbRefused, match="Only a season"):
            fix(review, editor, {"stars": 3}, kind="score", note="So.")


class TestRefused:
    def test_an_empty_headline(self, review, editor):
        with pytest.raises(VerbRefused, match="headline"):
            fix(review, editor, {"headline": " "})

        assert live(review).headline == "A Headlien"

    def test_nothing_changed(self, review, editor):
        with pytest.raises(VerbRefused, match="nothing to correct"):
            fix(review, editor, {"headline": "A Headlien"})

        assert review.editions.count() == 1

    def test_a_stale_version(self, review, editor):
        edit(review, standfirst="Changed meanwhile.")

        with pytest.raises(StaleVersion):
            fix(review, editor, {"headline": "A Headline"}, version=review.version.__class__(int=0))

    def test_ones_own_words_but_for_a_chief(self, review):
        for role, may in ((Role.EDITOR, False), (Role.CHIEF, True)):
            own = make_user(role)
            review.parts.get().reviewer.__class__.objects.update(user=own)
            if may:
                fix(review, own, {"headline": "A Headline"})
            else:
                with pytest.raises(PermissionDenied):
                    fix(review, own, {"headline": "A Headline"})

    def test_ones_own_part_that_only_readers_have_still(self, review, editor):
        review.parts.get().reviewer.__class__.objects.update(user=editor)
        review.parts.all().delete()
        review.bylines.all().delete()
        other = make_reviewer()
        review.bylines.create(reviewer=other)

        with pytest.raises(PermissionDenied):
            fix(review, editor, {"headline": "A Headline"})

    def test_a_part_that_readers_do_not_have(self, review, editor):
        with pytest.raises(VerbRefused, match="any more"):
            fix(review, editor, parts={(0, 0): {"body": "<p>x</p>"}})

    def test_what_no_fix_changes(self, review, editor):
        with pytest.raises(ValueError, match="slug"):
            fix(review, editor, {"slug": "elsewhere"})

    def test_another_series_episode(self, review, editor):
        other = make_episode(make_series())

        with pytest.raises(VerbRefused, match="another series"):
            fix(review, editor, {"spoils_through_id": other.pk})

    def test_a_character_that_cannot_be_kept(self, review, editor):
        with pytest.raises(VerbRefused, match="can't be kept"):
            fix(review, editor, {"headline": "A\0"})

    def test_what_is_not_live_yet(self, editor):
        review = approve(make_review(), FRIDAY)

        with pytest.raises(VerbRefused, match="live yet"):
            fix(review, editor, {"headline": "A Headline"})


def test_without_the_merge_the_slip_would_come_back(review, editor, monkeypatch):
    """A control."""
    monkeypatch.setattr(fixing, "_carried", lambda *_: [])

    fixed = fix(review, editor, {"headline": "A Headline"})

    assert fixed.headline == "A Headlien"


def test_a_dangerous_text_is_sanitised(review, editor):
    fix(review, editor, {"introduction": "<p onclick=x>Right.</p><script>no</script>"})

    assert live(review).introduction_rendered == "<p>Right.</p>"
