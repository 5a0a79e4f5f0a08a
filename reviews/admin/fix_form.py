"""The form that fixes what is live: a field for whatever readers have there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coverage.newsroom.admin.choosing import as_kept
from coverage.newsroom.admin.labels import PLAIN_WORDS
from reviews.admin.stars import StarPicker, StarsChoice
from reviews.fixing import PART_FIXABLE, Fix
from reviews.models import Correction, Edition, EditionPart, Kind, Review
from reviews.models.content import PART_PROSE, PROSE, SpoilerLevel
from reviews.stars import StarsField
from series.models import Episode

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Episode]
else:
    _ModelChoiceField = forms.ModelChoiceField

_TEXT = ("headline", "standfirst", "introduction")
_SPOILERS = ("spoiler_level", "spoils_through_id", "spoils_source")


@dataclass(frozen=True)
class Place:
    """Where a field of the form stands in an edition: a column of the edition itself or of a part."""

    row: Edition | EditionPart
    column: str

    @property
    def value(self) -> Any:
        return getattr(self.row, self.column)

    @property
    def column_field(self) -> Any:
        return self.row._meta.get_field(self.column)


@dataclass
class Section:
    """Fields that stand together, under a heading if they have one."""

    heading: str
    names: list[str] = field(default_factory=list)


class FixForm(forms.Form):
    """What `live` says, to be changed. `fix` is what was, once the form is valid."""

    version = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.IntegerField(widget=forms.HiddenInput)
    kind_of_slip = forms.ChoiceField(
        label=gettext_lazy("What was wrong"),
        choices=[
            (Correction.Kind.TYPO, gettext_lazy("A typo")),
            (Correction.Kind.FACT, gettext_lazy("A fact")),
        ],
        initial=Correction.Kind.TYPO,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("A score that you change is told by itself, with what it was before."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note to readers"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        error_messages=PLAIN_WORDS,
        help_text=gettext_lazy(
            "What was wrong, and what is right; it stands under the piece. A typo needs none."
        ),
    )

    def __init__(
        self, review: Review, live: Edition, *args: Any, excepts: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.review, self.live, self._excepts = review, live, excepts
        self.places: dict[str, Place] = {}
        self.initial = {"version": review.version, "base": live.number}
        self.sections = list(self._sections())
        if excepts:
            self.fields["exception"] = _exception()
        self.order_fields([*self.places, "kind_of_slip", "note", "exception"])

    @property
    def kind(self) -> str:
        """What the correction is told as: changing a score makes it a score's."""
        return Correction.Kind.SCORE if self.fix.changes_scores else self.cleaned_data["kind_of_slip"]

    @property
    def groups(self) -> Iterator[tuple[str, list[Any]]]:
        """(heading, fields) in the order of the page."""
        for section in self.sections:
            yield section.heading, [self[name] for name in section.names]
        names = ["kind_of_slip", "note", *(["exception"] if self._excepts else [])]
        yield _("The correction"), [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        self.fix = self._fix(cleaned)
        if not self.fix:
            self.add_error(None, _("Nothing is changed yet: readers have just this."))
        elif self.kind != Correction.Kind.TYPO and not cleaned["note"].strip():
            self.add_error("note", _("Tell the readers what was wrong and what is right."))
        return cleaned

    def taken_over(self, review: Review, live: Edition) -> "FixForm":
        """The same form on the piece as it stands now, where this one has come too late.

        What was typed stays; what wasn't touched says what readers have now.
        """
        form = FixForm(review, live, excepts=self._excepts)
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # what was posted
        data["version"], data["base"] = str(review.version), str(live.number)
        touched = {name for name in self.places if self._is_changed(name)}
        for name in form.places.keys() - touched:
            _post(data, form, name)
        form.data, form.is_bound = data, True
        form.full_clean()
        form.add_error(None, _("Somebody has changed this piece meanwhile. Look it over, then press again."))
        for name in touched & form.places.keys():
            if form.places[name].value != self.places[name].value:
                form.add_error(name, _("Readers have something else here by now; this is yours."))
        return form

    def _sections(self) -> Iterator[Section]:
        live = self.live
        yield self._section("", live, [name for name in _TEXT if name not in PROSE or getattr(live, name)])
        for part in live.parts.select_related("episode__series", "last_episode", "reviewer"):
            named = [name for name in PART_FIXABLE if name not in PART_PROSE or getattr(part, name)]
            label = f"{part.label}, {part.reviewer}" if part.label else str(part.episode)
            if Kind(self.review.kind) == Kind.PREVIEW:
                named.remove("stars")
            yield self._section(label, part, named)
        if closing := [name for name in ("conclusion", "verdict") if getattr(live, name)]:
            yield self._section(_("After the last part"), live, closing)
        if Kind(self.review.kind).has_own_stars:
            yield self._section(_("The whole"), live, ["stars"])
        yield self._section(_("Spoilers"), live, list(_SPOILERS))

    def _section(self, heading: str, row: Edition | EditionPart, columns: list[str]) -> Section:
        section = Section(heading)
        for column in columns:
            place = Place(row, column)
            name = _name(place)
            self.places[name] = place
            self.fields[name] = self._field(place)
            self.initial[name] = place.value
            section.names.append(name)
        return section

    def _field(self, place: Place) -> forms.Field:
        column: Any = place.column_field
        if isinstance(column, StarsField):
            return StarsChoice(label=capfirst(column.verbose_name), required=False, widget=StarPicker)
        if place.column == "spoiler_level":
            return forms.ChoiceField(
                label=capfirst(column.verbose_name), choices=SpoilerLevel.choices, widget=forms.RadioSelect
            )
        if place.column == "spoils_through_id":
            return _EpisodeChoice(_offered(self.review, self.live), label=capfirst(column.verbose_name))
        made: forms.Field = column.formfield()
        made.error_messages |= PLAIN_WORDS
        made.required = place.column in ("headline", "standfirst")
        if place.column == "standfirst":
            made.widget.attrs["rows"] = 3
        return made

    def _fix(self, cleaned: dict[str, Any]) -> Fix:
        fix = Fix({})
        for name in filter(self._is_changed, self.places):
            place = self.places[name]
            row = place.row
            values = fix.own
            if isinstance(row, EditionPart):
                values = fix.parts.setdefault((row.episode_id, row.reviewer_id), {})
            values[place.column] = as_kept(cleaned[name])
        return fix

    def _is_changed(self, name: str) -> bool:
        return bool(as_kept(self.cleaned_data.get(name)) != self.places[name].value)


class _EpisodeChoice(_ModelChoiceField):
    """The key of an episode."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label or obj)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found and found.pk


def _offered(review: Review, live: Edition) -> Any:
    """The episodes of its series; for a roundup, of every series that its parts are about."""
    episodes = Episode.objects.select_related("series")
    if review.series_id:
        return episodes.filter(series=review.series_id)
    return episodes.filter(series__in=live.parts.values("episode__series"))


def _exception() -> forms.CharField:
    return forms.CharField(
        label=_("Reason for an exception"),
        required=False,
        help_text=_("Something that it is about hasn't aired or is under embargo: say why it may stay."),
    )


def _name(place: Place) -> str:
    row = place.row
    return f"{row.anchor}-{place.column}" if isinstance(row, EditionPart) else place.column


def _post(data: Any, form: FixForm, name: str) -> None:
    """Put into `data` what a browser would post of the field as it stands."""
    value = form.fields[name].prepare_value(form.initial[name])
    if isinstance(value, bool):
        data.pop(name, None)
        if value:
            data[name] = "on"
    else:
        data[name] = "" if value is None else str(value)
