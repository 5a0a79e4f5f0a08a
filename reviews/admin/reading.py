"""Prose for those who may only look: as text, not as markup."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reviews.markup import sanitise
from reviews.prose import ProseField


def to_read(model: type[Model], fields: list[Any]) -> list[Any]:
    """The fields of a fieldset, with prose replaced by what shows it."""
    return [_shown(model, name) for name in fields]


def _shown(model: type[Model], name: Any) -> Any:
    field = model._meta.get_field(name) if isinstance(name, str) else None
    return _reading(field) if isinstance(field, ProseField) else name


def _reading(field: ProseField) -> Callable[[Model], SafeString]:
    @admin.display(description=field.verbose_name)
    def read(row: Model) -> SafeString:
        # Sanitised here and now, whatever way it came into the database.
        prose = mark_safe(sanitise(getattr(row, field.attname)))  # noqa: S308  # that is what sanitising is for
        return format_html('<div class="prose-read">{}</div>', prose)

    read.__name__ = f"{field.name}_to_read"
    return read
