"""Stills on pages: `{{ part.body_rendered|with_stills:stills }}` puts pictures where the prose names them."""

from collections.abc import Mapping

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from coverage.newsroom.models import Picture
from reviews import markup

register = template.Library()


@register.filter
def with_stills(html: str, stills: Mapping[int, Picture]) -> SafeString:
    """Rendered prose with its pictures; nothing stands where `stills` hasn't one. Safe as the prose is."""
    component = get_template("components/still.html")

    def show(key: int, is_closed: bool) -> str:
        picture = stills.get(key)
        if picture is None:
            return ""
        return component.render({"picture": picture, "closes": picture.spoils and not is_closed})

    return mark_safe(markup.fill_in(html, show))  # noqa: S308  # rendered prose, and what a template escaped
