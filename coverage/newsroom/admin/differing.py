"""What differs between what is saved and what was typed, field by field, word by word, to choose from."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from coverage.newsroom.admin.choosing import Choice
from reviews.history.values import between


def of_review(form: Any) -> Iterator[Choice]:
    """Between the saved row and the fields of a refused form."""
    for name in form.cleaned_data:
        if name != "version":
            yield from _of_field(form, name, form.saved_meanwhile, form[name].label)


def of_rows(formset: Any) -> Iterator[Choice]:
    """Between saved rows and those of a refused formset: changed, dropped or added by either."""
    saved = {
        row.pk: row for row in formset.model._default_manager.filter(**{formset.fk.name: formset.instance.pk})
    }
    for form in formset.forms:
        row = saved.pop(form.instance.pk, None)
        if not getattr(form, "cleaned_data", None):
            continue
        title = _title(formset, row or form.instance)
        dropped = form in formset.deleted_forms
        if row is None:
            if not dropped:
                yield _of_row(title, gettext("not there"), gettext("there"), form.prefix)
        elif dropped:
            yield _of_row(title, gettext("there"), gettext("dropped"), form.prefix)
        else:
            yield from _of_fields(form, row, title)
    for row in saved.values():
        yield _of_row(_title(formset, row), gettext("added meanwhile; it stays"), "")


def _of_fields(form: Any, row: Any, title: str) -> Iterator[Choice]:
    for name in form.fields:
        if name in form.cleaned_data and hasattr(row, name) and name not in ("id", "review"):
            yield from _of_field(form, name, row, f"{title}: {form[name].label}")


def _of_field(form: Any, name: str, saved: Any, label: str) -> Iterator[Choice]:
    if found := between(getattr(saved, name), form.cleaned_data[name], label):
        yield Choice(found.label, found.saved, found.yours, form.add_prefix(name))


def _of_row(title: str, saved: str, yours: str, key: str = "") -> Choice:
    return Choice(title, _plain(saved), _plain(yours), key)


def _title(formset: Any, row: Any) -> str:
    kind = capfirst(str(formset.model._meta.verbose_name))
    return f"{kind} “{row}”" if row.pk else kind


def _plain(text: str) -> SafeString:
    return format_html("{}", text)
