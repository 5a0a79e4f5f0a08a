"""The verbs' buttons: who sees which, and what pressing them does."""

from datetime import timedelta

import pytest
from lxml import html

from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Release, Review
from reviews.status import Status
from reviews.verbs import Act
from tests.desk.forms import address_of, fields_of, opened, sentences
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def press(client, review, verb, **typed):
    """Press a verb's button on the freshly opened form."""
    data = opened(client, review) | typed | {"_verb": verb}
    return client.post(address_of(review), data, follow=True)


def page_of(review, verb):
    return f"/desk/reviews/review/{review.pk}/do/{verb}/"


def main_labels(client, review):
    return [move.label for move in client.get(address_of(review)).context["moves"] if move.is_main]


def labels(client, review):
    return [move.label for move in client.get(address_of(review)).context["moves"]]


def test_the_button_says_when_approving_would_let_it_go_live(client, editor):
    assert "Approve for Friday 16 January, 09:00 New York" in labels(client, make_review())


def test_a_plan_that_has_passed_is_approved_for_at_once(client, editor):
    assert "Approve: live at once" in labels(client, make_review(planned_at=NOW - timedelta(days=1)))


def test_a_verb_saves_what_is_typed_and_then_does_it(client, editor):
    review = make_review()

    response = press(client, review, "approve", headline="Typed just now")

    release = Release.objects.get()
    assert release.publish_at == FRIDAY
    assert release.edition.headline == "Typed just now"
    assert "It goes live Friday 16 January, 09:00 New York." in sentences(response)


def test_a_refused_verb_keeps_what_is_typed_says_why_and_moves_nothing(client, editor):
    review = make_review(standfirst="", spoiler_level="")

    response = press(client, review, "approve", headline="Typed just now")

    told = sentences(response)
    assert told == ['Not approved. Your changes are saved. <a href="#lacks">What it lacks</a>']
    page = html.fromstring(response.content)
    assert "Say how much it spoils." in page.get_element_by_id("lacks").text_content()
    assert "It needs a standfirst" in page.get_element_by_id("lacks").text_content()
    saved = Review.objects.get(pk=review.pk)
    assert (saved.headline, saved.status) == ("Typed just now", Status.DRAFT)
    assert not Release.objects.exists()


def test_a_refused_verb_says_which_and_speaks_of_no_changes_where_there_are_none(client, editor):
    review = make_review(standfirst="")

    told = sentences(press(client, review, "approve"))

    assert told == ['Not approved. <a href="#lacks">What it lacks</a>']


def test_a_verb_refused_for_another_reason_says_it_beside_the_verb(client, editor):
    series = make_series()
    review = make_review(
        series, episodes=[make_episode(series, airs_at=FRIDAY + timedelta(days=1))], planned_at=FRIDAY
    )

    [told] = sentences(press(client, review, "approve"))

    assert told.startswith("Not approved: ")
    assert "aired by then" in told
    assert "saved" not in told


def test_a_verb_on_a_stale_form_does_nothing(client, editor):
    review = make_review()
    data = opened(client, review)
    review.keep(by=None, at=NOW)

    client.post(address_of(review), data | {"_verb": "approve"})

    assert not Release.objects.exists()


def test_a_verb_page_that_is_stale_does_nothing_and_keeps_the_note(client, editor):
    review = make_live_review()
    data = fields_of(client.get(page_of(review, "withdraw")))
    review.keep(by=None, at=NOW)

    response = client.post(page_of(review, "withdraw"), data | {"note": "Not ours to show."})

    assert "Not ours to show." in response.content.decode()
    assert Release.objects.live(NOW).exists()
    client.post(page_of(review, "withdraw"), fields_of(response))
    assert not Release.objects.live(NOW).exists()


def test_returning_asks_for_a_note_first(client, editor):
    review = verbs.submit(make_review(), Act(editor, NOW))

    asked = press(client, review, "return_with_note")
    refused = client.post(page_of(review, "return_with_note"), fields_of(asked) | {"note": " "})
    client.post(page_of(review, "return_with_note"), fields_of(refused) | {"note": "Shorter, please."})

    assert Review.objects.get(pk=review.pk).status == Status.DRAFT
    assert "Shorter, please." in client.get(address_of(review)).content.decode()


def test_rescheduling_reads_the_newsrooms_wall_clock(client, editor):
    review = approve(make_review())
    data = fields_of(client.get(page_of(review, "reschedule")))
    assert (data["publish_at_0"], data["publish_at_1"]) == (["2026-01-16"], ["09:00"])

    client.post(page_of(review, "reschedule"), data | {"publish_at_0": "2026-01-17"})

    assert Release.objects.get().publish_at == FRIDAY + timedelta(days=1)


def test_a_chief_sets_a_rule_aside_with_a_reason_and_an_editor_is_not_asked(client, chief):
    series = make_series()
    review = make_review(series, episodes=[make_episode(series, airs_at=FRIDAY + timedelta(days=1))])
    data = fields_of(client.get(page_of(review, "approve_for")))
    friday = data | {"publish_at_0": "2026-01-16", "publish_at_1": "09:00"}

    refused = client.post(page_of(review, "approve_for"), friday)
    client.post(page_of(review, "approve_for"), friday | {"exception": "A screener, agreed."})
    client.force_login(make_user(Role.EDITOR))

    assert "aired by then" in refused.content.decode()
    assert Release.objects.get().exception_reason == "A screener, agreed."
    assert "exception" not in fields_of(client.get(page_of(review, "reschedule")))


def test_a_live_piece_says_which_edition_readers_see_and_publishes_changes(client, editor):
    review = make_live_review()
    assert "Readers see what stands here: edition 1." in client.get(address_of(review)).content.decode()

    client.post(address_of(review), opened(client, review) | {"headline": "Better", "_continue": ""})
    page = client.get(address_of(review)).content.decode()
    press(client, review, "approve")

    assert "Readers see edition 1; the changes made since are not approved." in page
    assert "Publish the changes now" in page
    assert Release.objects.get().edition.headline == "Better"


def test_a_live_score_is_corrected_with_a_note_to_readers(client, editor):
    series = make_series()
    review = make_live_review(series, episodes=[make_episode(series)])
    client.post(address_of(review), opened(client, review) | {"parts-0-stars": "1.0", "_continue": ""})

    refused = press(client, review, "approve")
    data = fields_of(client.get(page_of(review, "correct")))
    client.post(page_of(review, "correct"), data | {"kind": "score", "note": "It was four stars."})

    assert any("correction" in sentence for sentence in sentences(refused))
    assert review.corrections.get().note.startswith("It was four stars.")


@pytest.mark.parametrize(
    ("changed", "main"),
    [
        ({"headline": "Better"}, "Publish the changes now"),
        ({"parts-0-stars": "1.0"}, "Correct, and tell readers…"),
    ],
)
def test_the_main_button_of_a_changed_live_piece_is_one_that_works(client, editor, changed, main):
    series = make_series()
    review = make_live_review(series, episodes=[make_episode(series)])

    client.post(address_of(review), opened(client, review) | changed | {"_continue": ""})

    assert main_labels(client, review) == [main]


@pytest.mark.parametrize(("standfirst", "is_told"), [("", True), ("A ferry, at night.", False)])
def test_who_submits_what_lacks_something_is_told(client, writer, standfirst, is_told):
    review = make_review(by=writer, standfirst=standfirst)

    (sentence,) = sentences(press(client, review, "submit"))

    assert ("can't approve it before" in sentence) == is_told


def test_a_discarded_piece_is_out_of_the_list_and_its_writer_recovers_it(client, writer):
    review = make_review(by=writer, headline="Out of sight")
    press(client, review, "discard")
    assert "Out of sight" not in client.get("/desk/reviews/review/").content.decode()
    assert "Out of sight" in client.get("/desk/reviews/review/?stage=discarded").content.decode()

    client.post(page_of(review, "recover"), fields_of(client.get(address_of(review))))

    assert Review.objects.get(pk=review.pk).status == Status.DRAFT


def test_a_writer_cannot_approve_by_hand(client, writer):
    review = make_review(reviewer=make_reviewer(user=writer))

    by_form = client.post(address_of(review), opened(client, review) | {"_verb": "approve"})
    by_page = client.post(page_of(review, "approve"), {"version": review.version})

    assert (by_form.status_code, by_page.status_code) == (403, 403)
    assert not Release.objects.exists()


# Which buttons each role finds on somebody else's piece.
STAGES = ("draft", "submitted", "scheduled", "live", "withdrawn", "discarded")
OFFERED: dict = {
    Role.WRITER: {stage: set() for stage in STAGES},
    Role.EDITOR: {
        "draft": {"submit", "approve", "approve_for", "discard"},
        "submitted": {"return_with_note", "approve", "approve_for", "discard"},
        "scheduled": {"reschedule", "withdraw"},
        "live": {"withdraw"},
        "withdrawn": {"reinstate"},
        "discarded": {"recover"},
    },
}
OFFERED[Role.CHIEF] = OFFERED[Role.EDITOR]


def at_stage(stage):
    by = make_user(Role.CHIEF)
    if stage == "scheduled":
        return approve(make_review())
    if stage in ("live", "withdrawn"):
        review = make_live_review()
        return verbs.withdraw(review, Act(by, NOW, note="Why.")) if stage == "withdrawn" else review
    review = make_review()
    if stage == "submitted":
        return verbs.submit(review, Act(by, NOW))
    return verbs.discard(review, Act(by, NOW)) if stage == "discarded" else review


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("role", list(Role))
def test_every_verb_for_every_role_at_every_stage(client, role, stage):
    review = at_stage(stage)
    client.force_login(make_user(role))

    offered = {move.name for move in client.get(address_of(review)).context["moves"]}

    assert offered == OFFERED[role][stage]
    for verb in set(verbs.VERBS) - offered:
        response = client.post(page_of(review, verb), {"version": review.version})
        assert response.status_code == (403 if role == Role.WRITER else 302)
        assert Review.objects.get(pk=review.pk).version == review.version
