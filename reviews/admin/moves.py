"""The verbs as buttons: which of them this editor may press now, and what each says it will do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coverage.newsroom.admin.instants import InstantField
from coverage.newsroom.admin.labels import PLAIN_WORDS
from coverage.newsroom.models import Publication, User
from coverage.newsroom.walltime import in_words
from reviews import rules, verbs
from reviews.models import Correction, Edition, Note, Release, Review
from reviews.status import Status


@dataclass(frozen=True)
class Move:
    """A button. `asks` names what must be filled in on a page of its own first."""

    name: str
    verb: str
    label: str
    asks: tuple[str, ...] = ()
    is_main: bool = False
    takes_away: bool = False


@dataclass(frozen=True)
class Standing:
    """A piece as an editor finds it at an instant, with all that the buttons' words depend on."""

    review: Review
    editor: User
    at: datetime
    publication: Publication
    release: Release | None
    latest: Edition | None

    @classmethod
    def of(cls, review: Review, editor: User, at: datetime, publication: Publication) -> "Standing":
        latest = Edition.objects.latest_of(review)
        return cls(review, editor, at, publication, rules.release_of(review), latest)

    @cached_property
    def may(self) -> Callable[[str], bool]:
        """`rules.may` of this editor and this piece, asked once for each verb."""
        return cache(lambda verb: rules.may(verb, self.review, self.editor))

    @cached_property
    def due(self) -> datetime:
        """When approving it now would let it go live, UTC."""
        return verbs.due(self.review, self.at, self.publication)

    @property
    def is_live(self) -> bool:
        return self.release is not None and self.release.is_live(self.at)

    @property
    def seen_at(self) -> datetime | None:
        """The minute after it goes live by itself, UTC; None where nothing of it waits for its instant."""
        waits = self.release and not self.release.withdrawn_at and self.release.publish_at > self.at
        return self.release.publish_at + timedelta(minutes=1) if self.release and waits else None

    @property
    def may_be_filled(self) -> bool:
        """Whether this editor may put an article into it."""
        is_open = self.review.status in (Status.DRAFT, Status.SUBMITTED)
        return is_open and rules.may_edit(self.review, self.editor)

    @property
    def has_unapproved_changes(self) -> bool:
        return bool(self.release and self.latest and self.release.edition_id != self.latest.pk)

    @property
    def may_fix(self) -> bool:
        """Whether this editor may put right what readers have."""
        return self.is_live and self.may("correct")

    @cached_property
    def has_changed_scores(self) -> bool:
        """Whether what waits would change a score that readers have: that is for a correction."""
        if not (self.is_live and self.has_unapproved_changes and self.release and self.latest):
            return False
        return bool(rules.changed_scores(self.release.edition, self.latest))

    @property
    def waits_for_another(self) -> bool:
        """Whether there is something to approve, by an editor, only not by this one."""
        is_open = self.review.status in (Status.DRAFT, Status.SUBMITTED)
        return (
            (is_open or (self.review.status == Status.APPROVED and self.has_unapproved_changes))
            and self.editor.has_perm(rules.PERMISSION["approve"])
            and not self.may("approve")
        )

    @property
    def may_override(self) -> bool:
        return self.editor.has_perm("reviews.override_review")

    def words(self, instant: datetime) -> str:
        return in_words(instant, self.publication.zone, self.at)

    @property
    def release_words(self) -> str:
        return self.words(self.release.publish_at) if self.release else ""

    def moves(self) -> list[Move]:
        """The buttons, the main one first."""
        found = [move for move in self._all() if self._allows(move)]
        return sorted(found, key=lambda move: not move.is_main)

    def move(self, name: str) -> Move | None:
        return next((move for move in self.moves() if move.name == name), None)

    def _allows(self, move: Move) -> bool:
        return rules.is_ready(move.verb, self.review, self.at) and self.may(move.verb)

    def _all(self) -> Iterator[Move]:
        may_approve = self.may("approve")
        yield Move("submit", "submit", _("Submit to the editors"), is_main=not may_approve)
        yield from self._approvals()
        yield Move("return_with_note", "return_with_note", _("Return with a note…"), ("note",))
        if self.has_unapproved_changes:
            yield Move(
                "correct",
                "correct",
                _("Correct, and tell readers…"),
                self._with_exception("kind", "note"),
                is_main=self.has_changed_scores,
            )
        yield Move("reschedule", "reschedule", _("Move to another time…"), self._with_exception("publish_at"))
        yield self._withdrawal()
        yield Move(
            "reinstate", "reinstate", _("Reinstate…"), self._with_exception("publish_at"), is_main=True
        )
        yield Move("discard", "discard", _("Discard (it can be recovered)"), takes_away=True)
        yield Move("recover", "recover", _("Recover as a draft"), is_main=True)

    def _approvals(self) -> Iterator[Move]:
        if self.review.status == Status.APPROVED:
            if self.has_unapproved_changes:
                is_main = not self.has_changed_scores
                yield Move("approve", "approve", self._approve_changes(), is_main=is_main)
            return
        if self.due > self.at:
            label = _("Approve for %(when)s") % {"when": self.words(self.due)}
        else:
            label = _("Approve: live at once")
        yield Move("approve", "approve", label, is_main=True)
        yield Move(
            "approve_for",
            "approve",
            _("Approve for another time…"),
            self._with_exception("publish_at"),
        )

    def _approve_changes(self) -> str:
        if self.is_live or self.release is None:
            return _("Publish the changes now")
        return _("Approve the changes for %(when)s") % {"when": self.words(self.release.publish_at)}

    def _withdrawal(self) -> Move:
        if self.release and self.release.was_live_by(self.at):
            label = _("Withdraw (readers will get “gone”)…")
            return Move("withdraw", "withdraw", label, ("note",), takes_away=True)
        return Move("withdraw", "withdraw", _("Take back: a draft again"), takes_away=True)

    def _with_exception(self, *asks: str) -> tuple[str, ...]:
        return (*asks, "exception") if self.may_override else asks


_FIELDS: dict[str, dict[str, Any]] = {
    "note": {"label": gettext_lazy("Note"), "widget": forms.Textarea({"rows": 4})},
    "exception": {
        "label": gettext_lazy("Reason for an exception"),
        "required": False,
        "help_text": gettext_lazy(
            "Only if it may go live before its episode has aired or its embargo ends: say why. "
            "The reason is kept."
        ),
    },
}
_NOTES = {
    "return_with_note": gettext_lazy("What is to be done? Its writer reads this on the desk's front page."),
    "withdraw": gettext_lazy("Why is it withdrawn? The reason stays in the piece's history."),
    "correct": gettext_lazy("What was wrong, and what is right? Readers see this. A typo needs no note."),
}


class MoveForm(forms.Form):
    """What a verb has to be told, and which version it is about."""

    version = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, move: Move, standing: Standing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in move.asks:
            self.fields[name] = self._field(name, move, standing)

    def _field(self, name: str, move: Move, standing: Standing) -> forms.Field:
        if name == "publish_at":
            return _instant(move, standing)
        if name == "kind":
            return forms.ChoiceField(
                label=gettext_lazy("What was wrong"),
                choices=Correction.Kind,
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Choose which it was.")},
            )
        extra: dict[str, Any] = {"error_messages": PLAIN_WORDS}
        if name == "note":
            extra |= _asked_of_a_note(move, standing.review)
        return forms.CharField(**_FIELDS[name] | extra)

    def told(self) -> dict[str, Any]:
        """What the verb takes beside its act."""
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: value for name, value in given.items() if name not in ("version", "note") and value}


def _asked_of_a_note(move: Move, review: Review) -> dict[str, Any]:
    """What is said of a verb's note, and whether there must be one: open notes on the piece say enough."""
    asked = str(_NOTES[move.verb])
    waiting = Note.objects.open_on(review).count() if move.verb == "return_with_note" else 0
    if waiting:
        one, more = "%(count)d open note goes with it.", "%(count)d open notes go with it."
        said = ngettext(one, more, waiting) % {"count": waiting}
        asked = " ".join([said, _("With nothing to add, leave this empty."), asked])
    return {"help_text": asked, "required": move.verb != "correct" and not waiting}


def _instant(move: Move, standing: Standing) -> InstantField:
    if move.verb == "reinstate":
        return InstantField(
            label=gettext_lazy("Live again from"),
            required=False,
            help_text=gettext_lazy("Empty: at once, under its old date."),
        )
    start = standing.release.publish_at if standing.release else standing.due
    return InstantField(label=gettext_lazy("Live from"), initial=start)
