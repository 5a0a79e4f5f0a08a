"""Two hundred random meetings of two editors at one piece: no word is lost, and no conflict is false."""

import os
import time
from collections import Counter
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from coverage.newsroom.roles import Role
from reviews.admin import margin_views
from reviews.admin.review import ReviewAdmin
from reviews.models import Review
from reviews.moving.proposing import Proposal
from tests.desk.forms import opened
from tests.desk.interleaving import PART_TEXTS, TEXTS, Deed, Pair, faults, new_word, was_contended
from tests.factories import FRIDAY, approve, make_episode, make_review, make_reviewer, make_series, make_user

pytestmark = [pytest.mark.django_db(transaction=True)]

MANY = 200
# As many in all; more of them where writers do stand beside each other.
MEETINGS = int(os.environ.get("MEETINGS", "120" if connection.vendor == "postgresql" else "80"))
SEED = int(os.environ.get("SEED", "4"))
KINDS = {
    "stale save": ("form", "form"),
    "rows alone": ("row", "row"),
    "a row and a form": ("row", "form"),
    "a verb and a form": ("submit", "form"),
    "a move and a form": ("move", "form"),
    "a move and a row": ("move", "row"),
    "an approved piece's move and a form": ("move", "form"),
    "two moves": ("move", "move"),
    "a restore and a form": ("restore", "form"),
    "a restore and a row": ("restore", "row"),
    "an autosave and a form": ("autosave", "form"),
}
# A headline holds no more words.
MEETINGS_AT_ONE = 5
SCHEDULES = {"together": 11, "freely": 5, "in turn": 4}


@pytest.fixture(autouse=True)
def differences_alone(monkeypatch):
    """A refused form shows no more than what differs: the form around it costs the most, and isn't asked."""
    monkeypatch.setattr(ReviewAdmin, "change_form_template", "desk/differences.html")
    monkeypatch.setattr(margin_views, "margin_of", lambda *_args: None)


@pytest.fixture
def no_token(monkeypatch):
    """The mutant: the row is locked, but nobody asks which version was read."""
    claim = Review.claim.__func__
    monkeypatch.setattr(Review, "claim", classmethod(lambda cls, pk, _version: claim(cls, pk, None)))


class Newsroom:
    """The cast, and a fresh piece for each meeting."""

    def __init__(self, client, seed):
        self.chance = Random(seed)
        self.editors = [make_user(Role.CHIEF), make_user(Role.CHIEF)]
        self.series, self.reviewer = make_series(), make_reviewer()
        self.episodes = [make_episode(self.series, number) for number in "12"]
        client.force_login(self.editors[0])
        self.client = client
        self.pages, self.pieces = {}, {}

    def piece(self, kind):
        """One that few have met at, and none has submitted or restored."""
        review, uses = self.pieces.get(kind, (None, 0))
        if review is None or uses == MEETINGS_AT_ONE or {"submit", "restore"} & set(KINDS[kind]):
            review, uses = self._new_piece(kind), 0
        self.pieces[kind] = (review, uses + 1)
        page = (review.status, len(review.parts.all()))
        if page not in self.pages:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(ReviewAdmin, "change_form_template", "desk/review_form.html")
                data = opened(self.client, review)
            self.pages[page] = {name: values[0] for name, values in data.items()}
        return review, self.pages[page]

    def _new_piece(self, kind):
        deeds, series, known = KINDS[kind], self.series, self.episodes
        if "move" in deeds:
            # A show of its own: what moves is asked by the episode, and all about it moves.
            series = make_series()
            known = [make_episode(series, number) for number in "12"]
        # Two rows to meet at, or one that is only there.
        episodes = known if "row" in deeds else known[:1]
        planned_at = FRIDAY if "move" in deeds else None
        review = make_review(series, episodes=episodes, reviewer=self.reviewer, planned_at=planned_at)
        if "approved" in kind:
            review = approve(review, FRIDAY, by=self.editors[0])
        if "restore" in deeds:
            # Something to come back from.
            Review.objects.filter(pk=review.pk).update(verdict="<p>Since.</p>")
            review.keep(by=self.editors[0], at=review.updated_at)
        return review

    def deed(self, what, by, review):
        part = self.chance.choice(review.parts.all())
        rows = [f"part-{part.pk}-{name}" for name in PART_TEXTS]
        names = {"row": rows, "form": TEXTS, "autosave": TEXTS}.get(what, ())
        chosen = self.chance.sample(names, min(len(names), self.chance.randint(1, 2)))
        words = {name: new_word() for name in chosen}
        autosaves = self.chance.randint(0, 2) or int(what == "autosave")
        return Deed(what, by, words, autosaves if words else 0, weeks=self.chance.randint(1, 9))


def meetings(client, number, kinds=tuple(KINDS)):
    """So many meetings: of each its kind, whether it was contended, what became of both, and its faults."""
    newsroom = Newsroom(client, SEED)
    chance = newsroom.chance
    with Pair() as pair:
        for turn in range(number):
            kind = kinds[turn % len(kinds)]
            review, page = newsroom.piece(kind)
            deeds = [
                newsroom.deed(what, by, review)
                for what, by in zip(KINDS[kind], newsroom.editors, strict=True)
            ]
            chance.shuffle(deeds)
            [schedule] = chance.choices(list(SCHEDULES), list(SCHEDULES.values()))
            pair.meet(schedule, deeds, page, review.pk)
            yield kind, was_contended(deeds), deeds, list(faults(deeds, review.pk))


def test_no_word_is_lost_and_no_conflict_is_false(client, capsys):
    began = time.process_time()
    found: list = []
    contended: Counter = Counter()
    refused: Counter = Counter()
    accepted: Counter = Counter()

    for kind, is_contended, deeds, wrong in meetings(client, MEETINGS):
        found += [f"{kind}: {sentence}" for sentence in wrong]
        contended[kind] += is_contended
        refused[kind] += sum(not deed.is_accepted for deed in deeds)
        accepted[kind] += sum(deed.is_accepted for deed in deeds)

    with capsys.disabled():
        print(f"\n{MEETINGS} meetings, seed {SEED}: {contended.total()} contended,", end=" ")
        print(f"{refused.total()} refused, {len(found)} faults,", end=" ")
        print(f"{time.process_time() - began:.0f} s of processor time")
        for kind in KINDS:
            print(f"  {kind}: {contended[kind]} contended,", end=" ")
            print(f"{accepted[kind]} accepted, {refused[kind]} refused")
    assert not found
    assert contended.total() >= 0.3 * MEETINGS
    assert all(accepted[kind] for kind in KINDS)
    # In few meetings, one kind or another may happen to be let through each time.
    assert refused.total()
    assert MEETINGS < MANY or all(refused[kind] or "autosave" in kind for kind in KINDS)


# Controls: the meetings would show it, most of them at the first.
ENOUGH = 60


def wrongs(client, *kinds):
    """What goes wrong, in so many meetings at most as are asked for."""
    return (fault for *_meeting, faults in meetings(client, ENOUGH, kinds) for fault in faults)


def test_without_the_token_words_are_lost(client, no_token):
    assert any(fault.startswith("lost: ") for fault in wrongs(client, "stale save", "rows alone"))


def test_without_the_forms_token_a_move_is_undone(client, no_token):
    """A form that was opened before the move brings the old date back."""
    assert "moved, and not there, beside a form" in wrongs(client, "a move and a form")


def test_without_the_previews_token_a_piece_goes_where_nobody_saw(client, monkeypatch):
    """Of two moves the second would be reckoned from where the first has put it."""
    monkeypatch.setattr(Proposal, "token", UUID(int=1))

    assert "moved, and not there, beside a move" in wrongs(client, "two moves")
