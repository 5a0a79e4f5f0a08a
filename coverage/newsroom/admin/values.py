"""What a form's fields said before and say now, as the audit trail keeps it: in words, or in ISO 8601."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import localize
from django.utils.translation import gettext

from coverage.newsroom.models.audit import moved


def moved_values(form: forms.ModelForm[Any], names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Of those of `names` that a valid form has changed."""
    for name in names:
        if name not in form.changed_data:
            continue
        field = form.fields[name]
        was, now = form.initial.get(name), form.cleaned_data.get(name)
        label = field.label or form.instance._meta.get_field(name).verbose_name
        yield moved(str(label), _told(field, was), _told(field, now), is_instant=_is_instant(was, now))


def _is_instant(*values: Any) -> bool:
    return any(isinstance(value, datetime) for value in values)


def _told(field: forms.Field, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(field, forms.ModelChoiceField):
        known: Any = field.queryset
        return str(value if isinstance(value, models.Model) else known.filter(pk=value).first() or value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str({str(key): label for key, label in choices}.get(str(value), value))
    return str(localize(value))
