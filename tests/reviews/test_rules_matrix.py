"""Every verb x every stage x every role. What may be is said here, and nowhere asked of the code."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import rules, verbs
from reviews.models import Correction, Release, Review
from reviews.rules import VerbRefused
from reviews.status import Status
from reviews.verbs import VERBS, Act
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db

EDITORS = {"editor", "chief"}
OWNERS = {"author", "author who edits", "author who is chief"}
EVERY_EDITOR = EDITORS | {"author who edits", "author who is chief"}

# Who may ever do it ...
MAY = {
    "submit": EVERY_EDITOR | OWNERS,
    "return_with_note": EVERY_EDITOR,
    "approve": EDITORS | {"author who is chief"},
    "reschedule": EVERY_EDITOR,
    "withdraw": EVERY_EDITOR,
    "reinstate": EVERY_EDITOR,
    "correct": EDITORS | {"author who is chief"},
    "discard": EVERY_EDITOR | OWNERS,
    "recover": EVERY_EDITOR | OWNERS,
    "restore": EVERY_EDITOR | OWNERS,
}
# ... unless the piece stands elsewhere: what changes the working copy is a writer's in a draft alone.
ONLY_AT = {("restore", "author"): {"draft"}}
# ... from which stage, and what status it leads to.
LEADS_TO = {
    "submit": {"draft": Status.SUBMITTED},
    "return_with_note": {"submitted": Status.DRAFT},
    "approve": dict.fromkeys(
        ["draft", "submitted", "scheduled", "live", "live again later"], Status.APPROVED
    ),
    "reschedule": {"scheduled": Status.APPROVED, "live again later": Status.APPROVED},
    "withdraw": {
        "scheduled": Status.DRAFT,
        "live": Status.WITHDRAWN,
        "live again later": Status.WITHDRAWN,
    },
    "reinstate": {"withdrawn": Status.APPROVED},
    "correct": {"live": Status.APPROVED},
    "discard": {"draft": Status.DISCARDED, "submitted": Status.DISCARDED},
    "recover": {"discarded": Status.DRAFT},
    "restore": {
        "draft": Status.DRAFT,
        "submitted": Status.SUBMITTED,
        "scheduled": Status.APPROVED,
        "live": Status.APPROVED,
        "live again later": Status.APPROVED,
        "withdrawn": Status.WITHDRAWN,
    },
}
ARGUMENTS = {
    "reschedule": {"publish_at": FRIDAY + timedelta(days=7)},
    "correct": {"kind": "fact"},
    "restore": {"number": 1},
}


def cast():
    """One of each who may ask; the authors all stand over the piece."""
    inactive = make_user(Role.CHIEF, is_active=False)
    return {
        "reader": make_user(),
        "former chief": inactive,
        "writer": make_user(Role.WRITER),
        "author": make_user(Role.WRITER),
        "editor": make_user(Role.EDITOR),
        "author who edits": make_user(Role.EDITOR),
        "chief": make_user(Role.CHIEF),
        "author who is chief": make_user(Role.CHIEF),
    }


ROLES = ("reader", "former chief", "writer", "author", "editor", "author who edits", "chief",
         "author who is chief")  # fmt: skip


def written_by(people):
    show = make_series()
    review = make_review(show, episodes=[make_episode(show)])
    for name in OWNERS:
        review.bylines.create(reviewer=make_reviewer(user=people[name]))
    return review


def act(by, at=NOW, note="Because."):
    return Act(by, at, note=note)


def scheduled(review, chief):
    return approve(review, FRIDAY, by=chief)


def live(review, chief):
    last_friday = FRIDAY - timedelta(days=7)
    return approve(review, last_friday, at=last_friday, by=chief)


def withdrawn(review, chief):
    return verbs.withdraw(live(review, chief), act(chief, NOW - timedelta(hours=2)))


STAGES = {
    "draft": lambda review, chief: review,
    "submitted": lambda review, chief: verbs.submit(review, act(chief)),
    "scheduled": scheduled,
    "live": live,
    "withdrawn": withdrawn,
    "live again later": lambda review, chief: verbs.reinstate(
        withdrawn(review, chief), act(chief, NOW - timedelta(hours=1)), publish_at=FRIDAY
    ),
    "discarded": lambda review, chief: verbs.discard(review, act(chief)),
}


def set_up(stage):
    """The people, and their piece at `stage` with a change that nobody has approved."""
    people = cast()
    review = STAGES[stage](written_by(people), people["chief"])
    Review.objects.filter(pk=review.pk).update(headline="Changed since")
    return people, Review.objects.get(pk=review.pk)


def everything(review):
    """All that a verb could move."""
    return (
        Review.objects.values().get(pk=review.pk),
        list(Release.objects.values()),
        review.editions.count(),
        AuditEntry.objects.count(),
        Correction.objects.count(),
    )


def test_this_table_names_every_verb_and_every_status():
    of_statuses = set().union(*(status.verbs for status in Status))

    assert set(VERBS) == set(MAY) == set(LEADS_TO) == set(rules.PERMISSION) == of_statuses


def test_this_table_names_every_one_of_the_cast():
    assert set(cast()) == set(ROLES)


def may_at(verb, stage):
    return {role for role in MAY[verb] if stage in ONLY_AT.get((verb, role), STAGES)}


def _expected(verb, stage, role):
    if role not in may_at(verb, stage):
        return PermissionDenied
    return LEADS_TO[verb].get(stage, VerbRefused)


@pytest.fixture(scope="class", params=STAGES)
def stage(request):
    return request.param


@pytest.fixture(scope="class")
def set_up_once(stand, stage):
    with stand(lambda: set_up(stage)) as world:
        yield world


@pytest.mark.one_database
class TestEveryVerb:
    @pytest.mark.parametrize("verb", VERBS)
    def test_who_may_do_what_when(self, set_up_once, verb, stage):
        people, review = set_up_once.for_one_test()
        before = everything(review)

        for role, user in people.items():
            expected = _expected(verb, stage, role)
            try:
                with transaction.atomic():
                    after = VERBS[verb](review, act(user), **ARGUMENTS.get(verb, {}))
                    entry = AuditEntry.objects.about(review)[0]
                    assert (entry.verb, entry.actor, entry.at) == (verb, user, NOW), role
                    assert AuditEntry.objects.count() == before[3] + 1, role
                    assert after.version != review.version, role
                    outcome: object = after.status
                    transaction.set_rollback(True)
            except (PermissionDenied, VerbRefused) as refusal:
                outcome = type(refusal)
            assert outcome == expected, role
            assert everything(review) == before, role

    @pytest.mark.parametrize("verb", VERBS)
    def test_the_desk_can_ask_beforehand(self, set_up_once, verb, stage):
        people, review = set_up_once.for_one_test()

        asked = {role for role, user in people.items() if rules.may(verb, review, user)}
        assert asked == may_at(verb, stage)
        assert rules.is_ready(verb, review, NOW) == (stage in LEADS_TO[verb])

    def test_who_may_edit_the_working_copy(self, set_up_once, stage):
        people, review = set_up_once.for_one_test()

        may = {role for role, user in people.items() if rules.may_edit(review, user)}
        assert may == EVERY_EDITOR | ({"author"} if stage == "draft" else set())


def test_a_superuser_may_all_that_a_chief_may():
    superuser = make_user(is_superuser=True)
    review = make_review()

    assert all(rules.may(verb, review, superuser) for verb in VERBS)


@pytest.mark.one_database
@pytest.mark.parametrize("role", ROLES)
def test_who_may_begin_a_piece(role):
    assert rules.may_edit(None, cast()[role]) == (role not in ("reader", "former chief"))


def test_who_wrote_a_part_is_its_author_too():
    editor = make_user(Role.EDITOR)
    show = make_series()
    review = make_review(show)
    review.parts.create(episode=make_episode(show), reviewer=make_reviewer(user=editor))

    assert not rules.may("approve", review, editor)


def test_who_only_began_it_may_approve_it():
    """An editor types in what a guest sent."""
    editor = make_user(Role.EDITOR)

    assert rules.may("approve", make_review(by=editor), editor)


def test_without_the_second_person_an_editor_could_correct_their_own_piece(monkeypatch):
    """A control for the matrix: the rule is what stands in the way."""
    people, review = set_up("live")
    monkeypatch.setattr(rules, "_LETS_OUT", ())

    assert rules.may("correct", review, people["author who edits"])
