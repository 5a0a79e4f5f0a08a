"""Prose for those who may only look: as text, not as markup."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

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
    said = [picture.caption, picture.credit, *_to_look_at(picture)]
    lines = format_html_join("", "<p>{}</p>", ((line,) for line in said if line))
    still = '<figure class="still-read"><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>'
    return format_html(still, renditions.shown(picture).smallest.url, picture.alt, lines)


def _to_look_at(picture: Picture) -> Iterator[str]:
    """What readers don't see of it, for who looks the piece over."""
    alt = _("For those who can't see it: %(alt)s")
    yield alt % {"alt": picture.alt} if picture.alt else _("It isn't said yet what it shows.")
    if picture.spoils:
        yield _("This spoils: closed until a reader asks for it")
