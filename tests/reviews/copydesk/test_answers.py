"""What the copy desk holds, what lets it pass, and what is ignored for good."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.copydesk import answering, answers
from reviews.models import IgnoredFinding, Override, Release, Review
from reviews.rules import VerbRefused
from reviews.stale import StaleVersion
from reviews.verbs import Act
from series.models import VocabularyEntry
from tests.factories import FRIDAY, NOW, make_review, make_reviewer, make_series, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return make_series("Tin Orchard")


@pytest.fixture
def slipped(series, writer):
    """By `writer`; its one slip is of the series' own name."""
    return make_review(series, introduction="<p>This is Tin Orchad.</p>", by=writer)


def rewritten(review, introduction):
    Review.objects.filter(pk=review.pk).update(introduction=introduction)
    return Review.objects.get(pk=review.pk)


def found_in(review):
    return [remark.finding.found for remark in answers.remarks_of(review)]


def only(review):
    [remark] = answers.remarks_of(review)
    return remark


def approve(review, by):
    """As at the desk, where the copy desk is heard."""
    return verbs.approve(review, Act(by, NOW), publish_at=FRIDAY)


def let_pass(review, editor, note="It is the name of the pub."):
    return answering.override(review, only(review).mark, Act(editor, NOW, note=note))


def test_a_piece_with_a_blocking_finding_is_not_approved_and_says_why(slipped, editor):
    with pytest.raises(VerbRefused) as refused:
        approve(slipped, by=editor)

    assert "“Tin Orchad”: nearly “Tin Orchard”" in refused.value.messages[0]
    assert not Release.objects.filter(review=slipped).exists()


def test_what_does_not_block_is_no_obstacle(series, editor):
    review = make_review(series, introduction="<p>A frustratng week.</p>")

    assert found_in(review) == ["frustratng"]
    assert approve(review, by=editor).status == "approved"


def test_an_editor_lets_a_finding_pass_with_a_reason_that_is_kept(slipped, editor):
    let_pass(slipped, editor)

    assert approve(slipped, by=editor).status == "approved"
    entry = AuditEntry.objects.get(verb="override")
    assert (entry.actor, entry.note, entry.subject) == (editor, "It is the name of the pub.", slipped)
    assert Override.objects.get().found == "Tin Orchad"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_passes(slipped, editor, reason):
    with pytest.raises(VerbRefused):
        let_pass(slipped, editor, reason)

    assert not Override.objects.exists()


def test_who_may_not_approve_the_piece_lets_nothing_pass(slipped, writer, editor):
    own = make_review(slipped.series, introduction="<p>Tin Orchad.</p>", reviewer=make_reviewer(user=editor))

    with pytest.raises(PermissionDenied):
        let_pass(slipped, writer)
    with pytest.raises(PermissionDenied):
        let_pass(own, editor)


@pytest.mark.parametrize(
    "text",
    ["<p>Tin Orhcard.</p>", "<p>Tin Orchad is Tin Orchad.</p>"],
    ids=["another slip", "one more of the same"],
)
def test_a_change_of_the_finding_ends_the_override(slipped, editor, text):
    let_pass(slipped, editor)
    changed = rewritten(slipped, text)

    with pytest.raises(VerbRefused):
        approve(changed, by=editor)


def test_a_change_of_the_words_around_it_leaves_the_override(slipped, editor):
    let_pass(slipped, editor)
    changed = rewritten(slipped, "<p>An opening.</p><p>And this, too, is Tin Orchad.</p>")

    assert approve(changed, by=editor).status == "approved"


def test_the_same_slip_in_another_field_is_another_finding(slipped, editor):
    let_pass(slipped, editor)
    Review.objects.filter(pk=slipped.pk).update(headline="Tin Orchad again")

    with pytest.raises(VerbRefused):
        approve(Review.objects.get(pk=slipped.pk), by=editor)


def test_what_is_not_there_any_more_is_not_let_pass(slipped, editor):
    mark = only(slipped).mark
    changed = rewritten(slipped, "<p>This is Tin Orchard.</p>")

    with pytest.raises(VerbRefused):
        answering.override(changed, mark, Act(editor, NOW, note="It may."))


def test_an_override_of_an_old_version_is_refused(slipped, editor):
    version = slipped.version
    slipped.keep(by=None, at=NOW)

    with pytest.raises(StaleVersion):
        answering.override(slipped, only(slipped).mark, Act(editor, NOW, version, note="It may."))


def test_what_a_piece_lacks_is_not_let_pass(series, editor):
    review = make_review(series, standfirst="")

    with pytest.raises(VerbRefused):
        let_pass(review, editor)


@pytest.mark.parametrize("verb", ["approve", "correct"])
def test_an_approved_piece_waits_only_for_what_is_new(slipped, editor, verb):
    let_pass(slipped, editor)
    approve(slipped, by=editor)
    Override.objects.all().delete()
    later = FRIDAY + timedelta(hours=1)

    def let_out(text):
        told = {"kind": "typo"} if verb == "correct" else {}
        return verbs.VERBS[verb](rewritten(slipped, text), Act(editor, later), **told)

    let_out("<p>This was Tin Orchad.</p>")
    with pytest.raises(VerbRefused):
        let_out("<p>This was Tin Orchad, by Tin Orhcard.</p>")


def test_what_is_ignored_is_not_found_again_on_this_series(series, writer):
    text = "<p>A frustratng week.</p>"
    review = make_review(series, introduction=text, by=writer)

    answering.ignore(review, only(review), Act(writer, NOW))

    assert found_in(make_review(series, introduction="<p>Frustratng.</p>")) == []
    assert found_in(make_review(introduction=text)) == ["frustratng"]
    row = IgnoredFinding.objects.get()
    assert (row.found, row.ignored_by, row.ignored_at) == ("frustratng", writer, NOW)


def test_what_is_shown_again_is_found_again_and_may_be_ignored_anew(series, writer):
    review = make_review(series, introduction="<p>A frustratng week.</p>", by=writer)
    remark = only(review)
    row = answering.ignore(review, remark, Act(writer, NOW))

    answering.show_again(row, writer, NOW)
    assert found_in(review) == ["frustratng"]

    answering.ignore(review, remark, Act(writer, NOW))
    assert found_in(review) == []


def test_nobody_but_an_editor_takes_back_what_another_ignored(series, writer, editor):
    review = make_review(series, introduction="<p>A frustratng week.</p>", by=writer)
    row = answering.ignore(review, only(review), Act(writer, NOW))

    with pytest.raises(PermissionDenied):
        answering.show_again(row, make_user(Role.WRITER), NOW)
    answering.show_again(row, editor, NOW)

    assert found_in(review) == ["frustratng"]


def test_a_piece_without_a_series_keeps_what_it_ignores_apart(writer, editor):
    roundup = make_review(kind="roundup", introduction="<p>Frustratng.</p>", by=writer)
    Review.objects.filter(pk=roundup.pk).update(series=None)
    roundup = Review.objects.get(pk=roundup.pk)
    remark = only(roundup)

    answering.ignore(roundup, remark, Act(writer, NOW))
    answering.ignore(roundup, remark, Act(editor, NOW))

    assert found_in(roundup) == []
    assert IgnoredFinding.objects.count() == 1


def test_a_writer_ignores_nothing_that_stops_approval(slipped, writer, editor):
    with pytest.raises(PermissionDenied):
        answering.ignore(slipped, only(slipped), Act(writer, NOW))

    answering.ignore(slipped, only(slipped), Act(editor, NOW))

    assert found_in(slipped) == []


def test_what_is_no_matter_of_words_is_not_ignored_for_good(series, editor):
    lacking = make_review(series, standfirst="")
    astray = make_review(series, introduction='<p><a href="/series/none/">Here</a>.</p>')

    for review in (lacking, astray):
        with pytest.raises(PermissionDenied):
            answering.ignore(review, only(review), Act(editor, NOW))


def test_an_editor_teaches_a_name_that_is_right(slipped, editor):
    answering.teach(slipped, only(slipped), Act(editor, NOW))

    entry = VocabularyEntry.objects.get()
    assert (entry.series, entry.form, entry.kind) == (slipped.series, "Tin Orchad", "character")
    assert found_in(slipped) == []
    assert AuditEntry.objects.get(verb="teach").actor == editor


def test_a_writer_and_a_piece_without_a_series_teach_nothing(slipped, writer, editor):
    with pytest.raises(PermissionDenied):
        answering.teach(slipped, only(slipped), Act(writer, NOW))

    remark = only(slipped)
    Review.objects.filter(pk=slipped.pk).update(kind="roundup", series=None)
    with pytest.raises(PermissionDenied):
        answering.teach(Review.objects.get(pk=slipped.pk), remark, Act(editor, NOW))
