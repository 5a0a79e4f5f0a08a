"""Prose for those who may only look: as text, not as markup."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from coverage.newsroom.models import Picture
from coverage.newsroom.pictures import renditions
from reviews.markup import fill_in, pictures_in, sanitise
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
        prose = sanitise(getattr(row, field.attname))
        pictures = Picture.objects.in_bulk(pictures_in(prose))
        shown = fill_in(prose, lambda key, _closed: _still(pictures.get(key)))
        return format_html('<div class="prose-read">{}</div>', mark_safe(shown))  # noqa: S308  # sanitised, and escaped below

    read.__name__ = f"{field.name}_to_read"
    return read


def _still(picture: Picture | None) -> str:
    if picture is None:
        return ""
    image = '<figure class="still-edit"><img class="still-edit__thumb" src="{}" alt="{}">{}</figure>'
    return format_html(image, renditions.shown(picture).smallest.url, picture.alt, picture.caption)
