"""Instants as an editor enters them: a day and a time on the newsroom's wall clock."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.walltime import place_name, resolve_wall


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class WallTimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class InstantInput(forms.SplitDateTimeWidget):
    """A day, a time, and the place whose clocks show it."""

    template_name = "desk/widgets/instant.html"
    supports_microseconds = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        widgets = (DayInput({"aria-label": _("Day")}), WallTimeInput({"aria-label": _("Time")}))
        forms.MultiWidget.__init__(self, widgets, attrs)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"place": place_name(_zone())}


class InstantField(forms.SplitDateTimeField):
    """An instant in UTC from a wall time in the current zone.

    Unlike Django's field, a time in a DST gap moves forward and one in a fold is the first of the two.
    """

    widget = InstantInput

    def compress(self, data_list: Any) -> datetime | None:
        if not data_list:
            return None
        day, wall = data_list
        if day in self.empty_values:
            raise ValidationError(_("Say on which day."), code="invalid_date")
        if wall in self.empty_values:
            raise ValidationError(_("Say at what time."), code="invalid_time")
        try:
            return resolve_wall(day, wall, _zone())
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


def _zone() -> ZoneInfo:
    return timezone.get_current_timezone()
