"""Why a form wasn't saved: what is wrong, where it stands, and the way there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

# The code of an error that the page explains in a place of its own: it is no fault of the form's.
EXPLAINED = "explained"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field; without `where`, with the whole."""

    what: list[str]
    where: str = ""
    anchor: str = ""


def faults_of(form: Any, formsets: Iterable[Any]) -> list[Fault]:
    """All that keeps the form from being saved, in the order of the page's fields."""
    found = list(_of_form(form))
    for formset in formsets:
        found += _whole(formset.non_form_errors())
        for row in formset.forms:
            if row not in formset.deleted_forms:
                found += _of_form(row, _row_name(formset, row))
    return found


def _of_form(form: Any, row: str = "") -> Iterator[Fault]:
    yield from _whole(form.non_field_errors(), row)
    for field in form.visible_fields():
        if field.errors:
            where = f"{row}: {field.label}" if row else str(field.label)
            yield Fault(list(field.errors), capfirst(where), field.id_for_label or field.auto_id)
    for field in form.hidden_fields():
        yield from _whole(field.errors, row)


def _whole(errors: Any, row: str = "") -> Iterator[Fault]:
    unexplained = [error for error in errors.as_data() if error.code != EXPLAINED]
    if sentences := [sentence for error in unexplained for sentence in error.messages]:
        yield Fault(sentences, row)


def _row_name(formset: Any, row: Any) -> str:
    if row.instance.pk:
        return str(row.instance)
    return f"{capfirst(formset.model._meta.verbose_name)} {formset.forms.index(row) + 1}"
