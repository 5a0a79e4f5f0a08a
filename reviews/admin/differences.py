"""What differs between what is saved and what an editor typed, field by field, word by word."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from reviews.history.values import Difference, between


def of_review(form: Any) -> Iterator[Difference]:
    """Between the saved row and the fields of a refused form."""
    for name, value in form.cleaned_data.items():
        if name != "version" and (
            found := between(getattr(form.saved_meanwhile, name), value, form[name].label)
        ):
            yield found


def of_rows(formset: Any) -> Iterator[Difference]:
    """Between saved rows and those of a refused formset: changed, dropped or added by either."""
    saved = {
        row.pk: row for row in formset.model._default_manager.filter(**{formset.fk.name: formset.instance.pk})
    }
    for form in formset.forms:
        row = saved.pop(form.instance.pk, None)
        values = getattr(form, "cleaned_data", None)
        if not values:
            continue
        title = _title(formset, row or form.instance)
        dropped = form in formset.deleted_forms
        if row is None:
            if not dropped:
                yield Difference(title, _plain(gettext("not there")), _plain(gettext("there")))
        elif dropped:
            yield Difference(title, _plain(gettext("there")), _plain(gettext("dropped")))
        else:
            yield from _of_row(form, row, values, title)
    for row in saved.values():
        yield Difference(_title(formset, row), _plain(gettext("added meanwhile; it stays")), _plain(""))


def _of_row(form: Any, row: Any, values: dict[str, Any], title: str) -> Iterator[Difference]:
    for name in form.fields:
        if name not in values or not hasattr(row, name) or name in ("id", "review"):
            continue
        if found := between(getattr(row, name), values[name], f"{title}: {form[name].label}"):
            yield found


def _title(formset: Any, row: Any) -> str:
    kind = capfirst(str(formset.model._meta.verbose_name))
    return f"{kind} “{row}”" if row.pk else kind


def _plain(text: str) -> SafeString:
    return format_html("{}", text)
