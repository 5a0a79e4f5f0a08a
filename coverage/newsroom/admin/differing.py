"""What differs between what is saved and what was typed into a refused form, for its editor to choose."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from coverage.newsroom.admin.choosing import Choice

# Of the saved value, the typed one and the field's label, what to say of both; None where they agree.
Between = Callable[[Any, Any, str], Any]


def of_form(form: Any, saved: Any, between: Between) -> Iterator[Choice]:
    """Between the saved row and the fields of a refused form."""
    for name in form.cleaned_data:
        if hasattr(saved, name) and name != "version":
            yield from _of_field(form, name, saved, form[name].label, between)


def of_rows(formset: Any, between: Between) -> Iterator[Choice]:
    """Between saved rows and those of a refused formset: changed, dropped or added by either."""
    saved = {row.pk: row for row in saved_rows(formset)}
    for form in formset.forms:
        row = saved.pop(form.instance.pk, None)
        if not getattr(form, "cleaned_data", None):
            continue
        title = row_title(formset, row or form.instance)
        dropped = form in formset.deleted_forms
        if row is None:
            if not dropped:
                yield _of_row(title, gettext("not there"), gettext("there"), form.prefix)
        elif dropped:
            yield _of_row(title, gettext("there"), gettext("dropped"), form.prefix)
        else:
            yield from _of_fields(form, row, title, {formset.fk.name, row._meta.pk.name}, between)
    for row in saved.values():
        yield _of_row(row_title(formset, row), gettext("added meanwhile; it stays"), "")


def saved_rows(formset: Any) -> Iterable[Any]:
    """The rows under what the formset belongs to, as they are saved now."""
    rows: Iterable[Any] = formset.model._default_manager.filter(**{formset.fk.name: formset.instance.pk})
    return rows


def row_title(formset: Any, row: Any) -> str:
    """What a row is, and its name if it has been saved."""
    kind = capfirst(str(formset.model._meta.verbose_name))
    return f"{kind} “{row}”" if row.pk else kind


def _of_fields(form: Any, row: Any, title: str, besides: set[str], between: Between) -> Iterator[Choice]:
    for name in form.fields:
        if name in form.cleaned_data and hasattr(row, name) and name not in besides:
            yield from _of_field(form, name, row, f"{title}: {form[name].label}", between)


def _of_field(form: Any, name: str, saved: Any, label: str, between: Between) -> Iterator[Choice]:
    if found := between(getattr(saved, name), form.cleaned_data[name], label):
        yield Choice(found.label, found.saved, found.yours, form.add_prefix(name))


def _of_row(title: str, saved: str, yours: str, key: str = "") -> Choice:
    return Choice(title, _plain(saved), _plain(yours), key)


def _plain(text: str) -> SafeString:
    return format_html("{}", text)
