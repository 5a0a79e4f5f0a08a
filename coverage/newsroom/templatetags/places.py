"""Time zones as readers know them."""

from zoneinfo import ZoneInfo

from django import template

from coverage.newsroom.walltime import place_name

register = template.Library()


@register.filter
def place(key: str) -> str:
    """The place of a zone's key: “New York” for America/New_York. Raises if there is no such zone."""
    return place_name(ZoneInfo(key))
