"""How an editor says on the board what is to be moved, and how far."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coverage.newsroom.admin.labels import PLAIN_WORDS
from coverage.newsroom.latenight import LateNight
from coverage.newsroom.models import Publication
from coverage.newsroom.walltime import place_name
from reviews.moving.wishes import What, Wish
from series.airings import STATIONS, Shift
from series.models import Episode, Series

MOST_WEEKS, MOST_DAYS = 52, 366
ALONE, ONWARD = "alone", "onward"
THEIRS, OURS = "stations", "newsroom"

_UNSEEN = gettext_lazy("Nothing was moved: look at what moves, then move it.")


class EpisodeField(forms.ModelChoiceField[Episode]):
    """Its choices are named by their numbers: the page is about one show."""

    def label_from_instance(self, obj: Episode) -> str:
        return obj.label or str(obj.series)


class MoveForm(forms.Form):
    """Read from the address, so that what it asks for is looked at before it is done."""

    what = forms.ChoiceField(
        label=gettext_lazy("What moves"), choices=What, widget=forms.RadioSelect, error_messages=PLAIN_WORDS
    )
    episode = EpisodeField(
        Episode.objects.none(),
        label=gettext_lazy("Episode"),
        empty_label=None,
        error_messages=PLAIN_WORDS | {"invalid_choice": gettext_lazy("Choose an episode of this series.")},
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("How many"),
        choices=[
            (ALONE, gettext_lazy("This one only")),
            (ONWARD, gettext_lazy("This one and all that follow")),
        ],
        widget=forms.RadioSelect,
        error_messages=PLAIN_WORDS,
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("By weeks"),
        required=False,
        min_value=-MOST_WEEKS,
        max_value=MOST_WEEKS,
        help_text=gettext_lazy("1 for a break of a week; -1 for a week earlier."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("By days"), required=False, min_value=-MOST_DAYS, max_value=MOST_DAYS
    )
    to = forms.CharField(
        label=gettext_lazy("To another weekday or time"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("“Fridays 09:00”, “Wednesdays 24:55”; or only “Thursdays”."),
        error_messages=PLAIN_WORDS,
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("By the clocks of"),
        required=False,
        help_text=gettext_lazy(
            "An airing keeps the time that these clocks show, also where summer time begins or ends. "
            "Pieces go by the newsroom's."
        ),
    )

    def __init__(self, series: Series, publication: Publication, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zones = {OURS: publication.zone, THEIRS: STATIONS}
        zones = cast("forms.ChoiceField", self.fields["zone"])
        zones.choices = [(key, place_name(zone)) for key, zone in self.zones.items()]
        known = Episode.objects.filter(series=series, airs_at__isnull=False).select_related("series")
        episodes = cast("EpisodeField", self.fields["episode"])
        episodes.queryset = known.order_by("sort_key", "pk")

    def clean_to(self) -> LateNight | None:
        text = self.cleaned_data["to"]
        try:
            return LateNight.parse(text) if text else None
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["to"] and cleaned["days"]:
            self.add_error("days", _("Say by how many days or to which weekday, not both."))
        elif cleaned["what"] == What.AIRINGS and not self._is_far(cleaned):
            self.add_error("weeks", _("Say how far it moves."))
        return cleaned

    def wish(self) -> Wish:
        """Of a valid form."""
        said = self.cleaned_data
        return Wish(
            What(said["what"]), said["episode"], onward=said["scope"] == ONWARD, shift=self._shift(said)
        )

    def _shift(self, said: dict[str, Any]) -> Shift | None:
        if not self._is_far(said):
            return None
        return Shift(self._zone(said), 7 * (said["weeks"] or 0) + (said["days"] or 0), said["to"])

    def _zone(self, said: dict[str, Any]) -> ZoneInfo:
        return self.zones[said["zone"] or OURS] if said["what"] == What.AIRINGS else self.zones[OURS]

    @staticmethod
    def _is_far(said: dict[str, Any]) -> bool:
        return bool(said["weeks"] or said["days"] or said["to"])


class ConfirmForm(forms.Form):
    """What was seen of it, and which approved pieces are to move."""

    seen = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(["required", "invalid"], _UNSEEN)
    )
    note = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Stands in the histories of all that moves; readers don't see it."),
        error_messages=PLAIN_WORDS,
    )
    keep_slot = forms.BooleanField(required=False)
