"""A show's colour on the page, as a class of static/css/accents.css."""

from django import template

from series.accents import Accent
from series.models import Series

register = template.Library()


@register.filter
def accent(series: Series | None) -> str:
    """The accent class of `series`; slate where a piece has no one series."""
    return f"accent-{series.colour if series else Accent.SLATE}"
