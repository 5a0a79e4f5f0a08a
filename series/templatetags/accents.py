"""A show's colour on the page, as a class of static/css/accents.css."""

from django import template

from series.models import Series

ACCENTS = (
    "vermilion",
    "azure",
    "plum",
    "green",
    "amber",
    "indigo",
    "crimson",
    "teal",
    "violet",
    "olive",
    "rose",
    "slate",
)

register = template.Library()


@register.filter
def accent(series: Series | None) -> str:
    """The accent class of `series`, always the same one; slate where a piece has no one series."""
    return f"accent-{ACCENTS[series.pk % len(ACCENTS)] if series else 'slate'}"
