"""The margin of a review's form: what the copy desk has to say, field by field, and the answers it takes."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coverage.newsroom.models import User
from reviews.admin.typed import Posted, Typed
from reviews.copydesk import answering, answers, fixing
from reviews.copydesk.answers import Remark
from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.spelling import suggested
from reviews.models import EpisodeReview, Review
from reviews.models.content import PART_PROSE, PROSE

# The name of the buttons; their value is "take:<mark>:<number of the suggestion>", "ignore:<mark>" and so on.
ANSWER = "_copydesk"
_AROUND = 36


@dataclass(frozen=True)
class Field:
    """A field of the form, by its name there; `label` says whose it is."""

    name: str
    label: str
    is_prose: bool = False

    @property
    def anchor(self) -> str:
        return f"id_{self.name}" if not self.name.startswith("still-") else self.name


@dataclass(frozen=True)
class Note:
    """One remark as the margin shows it, with what this editor may answer."""

    remark: Remark
    field: Field
    suggestions: Sequence[str]
    may_take: bool
    may_suggest: bool
    may_ignore: bool
    may_teach: bool
    may_override: bool

    @property
    def finding(self) -> Finding:
        return self.remark.finding

    @property
    def holds(self) -> bool:
        return self.remark.holds

    @property
    def kind_label(self) -> str:
        labels = {
            Kind.NAME: _("Name"),
            Kind.SPELLING: _("Spelling"),
            Kind.HOUSE: _("House form"),
            Kind.MISMATCH: _("Disagrees"),
            Kind.MISSING: _("Missing"),
            Kind.SPOILER: _("Spoiler"),
            Kind.LINK: _("Link"),
        }
        return labels[self.finding.kind]

    @property
    def stands_in_text(self) -> bool:
        """Whether the words stand in the field, so that they can be shown there."""
        finding = self.finding
        return finding.passage.text[finding.start :].startswith(finding.found) and bool(finding.found)

    @property
    def places(self) -> str:
        """Of each finding the paragraph, counted from 1, and the offset in it, from 0: “2:14 3:0”."""
        return " ".join(f"{each.place[0]}:{each.start}" for each in self.remark.findings)

    @property
    def before(self) -> str:
        text = self.finding.passage.text[: self.finding.start]
        return text if len(text) <= _AROUND else "…" + text[-_AROUND:].partition(" ")[2]

    @property
    def after(self) -> str:
        text = self.finding.passage.text[self.finding.start + len(self.finding.found) :]
        return text if len(text) <= _AROUND else text[:_AROUND].rpartition(" ")[0] + "…"


@dataclass(frozen=True)
class Margin:
    """All of it. `asked` holds the marks of the findings for which suggestions were asked."""

    typed: Typed
    editor: User
    # Whether this editor may do a verb to the piece.
    may: Callable[[str], bool]
    asked: Collection[str] = ()

    @cached_property
    def remarks(self) -> list[Remark]:
        review = self.typed.review
        return answers.remarks_on(self.typed.manuscript, review.series, review)

    @cached_property
    def groups(self) -> list[tuple[Field, list[Note]]]:
        """By field, in the order of the form."""
        order = {name: place for place, name in enumerate(self._fields)}
        last = len(order)
        remarks = sorted(self.remarks, key=lambda each: order.get(each.finding.passage.field, last))
        by_field = groupby(remarks, key=lambda each: self.field_of(each.finding))
        return [(field, list(map(self._note, same))) for field, same in by_field]

    @property
    def notes(self) -> list[Note]:
        return [note for _field, notes in self.groups for note in notes]

    @property
    def count(self) -> int:
        return len([note for note in self.notes if not note.remark.is_overridden])

    @property
    def holding(self) -> int:
        return sum(note.holds for note in self.notes)

    def remark(self, mark: str) -> Remark | None:
        return next((each for each in self.remarks if each.mark == mark), None)

    def field_of(self, finding: Finding) -> Field:
        """Where on the form the finding is about."""
        name = finding.passage.field
        return self._fields.get(name) or Field(name, capfirst(name))

    @cached_property
    def _fields(self) -> dict[str, Field]:
        """By the name that a passage gives it, in the form's order."""
        return dict(_fields(self.typed))

    def _note(self, remark: Remark) -> Note:
        review, finding = self.typed.review, remark.finding
        if remark.mark in self.asked:
            finding = suggested(finding)
        stands = finding.passage.text[finding.start :].startswith(finding.found)
        is_asked = remark.mark in self.asked or finding.kind is not Kind.SPELLING or bool(finding.suggest)
        return Note(
            remark,
            self.field_of(finding),
            finding.suggest,
            may_take=bool(finding.suggest) and stands and finding.passage.field in self._fields,
            may_suggest=not is_asked,
            may_ignore=answering.may_ignore(remark, review, self.editor),
            may_teach=answering.may_teach(remark, review, self.editor),
            may_override=remark.holds and self.may(answering.OVERRIDES),
        )


def _fields(typed: Typed) -> Iterator[tuple[str, Field]]:
    for name in ("headline", "standfirst", "introduction"):
        yield name, _field(Review, name, name)
    for picture in typed.pictures:
        of_still = {"still": str(picture)}
        alt = Field(f"still-{picture.pk}-alt", _("What the still shows: %(still)s") % of_still)
        caption = Field(f"still-{picture.pk}-caption", _("Caption: %(still)s") % of_still)
        yield f"picture-{picture.pk}", alt
        yield f"picture-{picture.pk}-caption", caption
    for prefix, part in typed.parts:
        yield part.anchor, _field(EpisodeReview, "stars", f"{prefix}-stars", part.label)
        for name in PART_PROSE:
            yield f"{part.anchor}-{name}", _field(EpisodeReview, name, f"{prefix}-{name}", part.label)
    for name in ("conclusion", "verdict", "spoiler_level", "slug"):
        yield name, _field(Review, name, name)


def _field(model: type[Any], name: str, form_name: str, whose: str = "") -> Field:
    label = capfirst(str(model._meta.get_field(name).verbose_name))
    is_prose = name in PROSE or name in PART_PROSE
    return Field(form_name, f"{whose}: {label}" if whose else label, is_prose)


def taken(margin: Margin, value: str, posted: Posted) -> dict[str, str]:
    """What becomes of a posted form when a suggestion is taken: the one field that changes, by its name."""
    verb, _colon, rest = value.partition(":")
    mark, _colon, number = rest.partition(":")
    note = next((each for each in margin.notes if each.remark.mark == mark), None)
    if verb != "take" or note is None or not note.may_take or number not in _numbers(note):
        return {}
    name, meant = note.field.name, note.suggestions[int(number)]
    text = posted.get(name)
    if text is None:
        return {}
    put = fixing.in_prose if note.field.is_prose else fixing.in_text
    # From the last on, so that none moves before its turn.
    for finding in reversed(note.remark.findings):
        text = put(text, finding, meant)
    return {name: text}


def _numbers(note: Note) -> list[str]:
    return [str(number) for number in range(len(note.suggestions))]
