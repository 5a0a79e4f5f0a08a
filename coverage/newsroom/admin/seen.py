"""What an editor had before them: a token of the rows on a form, without which nothing of it is saved.

It tells of each row and each of its fields, in a few letters, what it said when the form was opened. A save
is refused when a row says something else by then, whoever changed it and wherever. What only the other has
changed is taken over; what both have is for the editor to choose.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import blake2s
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy

from coverage.newsroom.admin.choosing import as_kept, say
from coverage.newsroom.admin.differing import of_form, of_rows, row_title, saved_rows

SEEN = "seen"
_LETTERS = 6

# By a row's model and key, the letters of its fields, in the order of the model.
Token = dict[str, str]


class Claiming:
    """A form that is refused when its rows aren't as they were seen; the admin fills in `claim`."""

    claim: Any
    saved_meanwhile: Any = None
    before: Token
    now: Token

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]  # of the form that it is mixed into
        type(self).claim(self)
        return cleaned


def claim(model_admin: Any, request: HttpRequest, form: Any) -> None:
    """Lock the rows of a posted form for its save. Raises ValidationError if they say something else."""
    before = _read(form.data.get(SEEN, ""))
    if before is None:
        raise ValidationError(gettext("This form doesn't say what was seen. Open it again."))
    row = type(form.instance)._default_manager.select_for_update(of=("self",)).get(pk=form.instance.pk)
    rows = [row, *_rows_under(model_admin, request, row)]
    now = token_of(rows, model_admin.get_readonly_fields(request, row))
    if now != before:
        form.saved_meanwhile, form.before, form.now = row, before, now
        raise ValidationError(_STALE, code="stale")


_STALE = gettext_lazy(
    "Somebody has changed this since you opened it. Nothing of yours is saved yet: compare, then save again."
)


def on_the_page(form: Any, formsets: list[Any], besides: Iterable[str]) -> dict[str, Any]:
    """For the form's template: the token; and after a refusal, what differs and what was taken over."""
    if not form.is_bound:
        rows = [form.instance, *(row for formset in formsets for row in formset.get_queryset())]
        return {SEEN: json.dumps(token_of(rows, besides))}
    if not form.saved_meanwhile:
        return {SEEN: form.data.get(SEEN, "")}
    taken = list(_taken_over(form, form.saved_meanwhile, form))
    found: list[Any] = []
    for formset in formsets:
        rows_now = {row.pk: row for row in saved_rows(formset)}
        for row_form in formset.forms:
            if (row := rows_now.get(row_form.instance.pk)) and hasattr(row_form, "cleaned_data"):
                title = row_title(formset, row)
                taken += [f"{label} ({title})" for label in _taken_over(row_form, row, form)]
        found += of_rows(formset, _between)
    found = [*of_form(form, form.saved_meanwhile, _between), *found]
    return {SEEN: json.dumps(form.now), "refused": True, "taken_over": taken, "differences": found}


def token_of(rows: Iterable[models.Model], besides: Iterable[str] = ()) -> Token:
    """What these rows say, but for the fields `besides`, which change without an editor."""
    left_out = set(besides)
    return {
        _key(row): "".join(
            "-" * _LETTERS if field.name in left_out else _letters(getattr(row, field.attname))
            for field in _fields(row)
        )
        for row in rows
    }


def _key(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def _fields(row: models.Model) -> list[Any]:
    return [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]


def _letters(value: Any) -> str:
    return blake2s(_told(value).encode("utf-8", "replace"), digest_size=_LETTERS // 2).hexdigest()


def _told(value: Any) -> str:
    """The same for what a form holds and for what the database does."""
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if hasattr(value, "all"):
        return ", ".join(sorted(str(one) for one in value.all()))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return as_kept(str(value))


def _rows_under(model_admin: Any, request: HttpRequest, row: models.Model) -> Iterator[models.Model]:
    for inline in model_admin.get_inline_instances(request, row):
        fk = inline.get_formset(request, row).fk
        rows = inline.model._default_manager.filter(**{fk.name: row.pk})
        yield from rows.select_for_update(of=("self",)).order_by("pk")


def _read(posted: str) -> Token | None:
    try:
        found = json.loads(posted)
    except ValueError:
        return None
    is_token = isinstance(found, dict) and all(isinstance(letters, str) for letters in found.values())
    return found if is_token else None


def _taken_over(form: Any, saved: models.Model, whole: Any) -> Iterator[str]:
    """Fill in what was not touched here and says something else by now; the labels of those fields."""
    before = whole.before.get(_key(saved))
    if before is None:
        return
    for index, field in enumerate(_fields(saved)):
        was = before[index * _LETTERS : (index + 1) * _LETTERS]
        if field.name not in form.fields or field.name not in form.cleaned_data:
            continue
        now = getattr(saved, field.attname)
        if _letters(now) != was and _letters(form.cleaned_data[field.name]) == was:
            form.cleaned_data[field.name] = getattr(saved, field.name)
            say(form, field.name, now)
            yield capfirst(str(form[field.name].label))


@dataclass(frozen=True)
class _Difference:
    label: str
    saved: SafeString
    yours: SafeString


def _between(saved: Any, yours: Any, label: str) -> _Difference | None:
    if _told(saved) == _told(yours):
        return None
    return _Difference(capfirst(label), _in_words(saved), _in_words(yours))


def _in_words(value: Any) -> SafeString:
    if value is None:
        value = ""
    elif isinstance(value, bool):
        value = gettext("yes") if value else gettext("no")
    elif hasattr(value, "all"):
        value = _told(value)
    elif isinstance(value, datetime):
        value = localize(localtime(value))
    return format_html("{}", str(value))
