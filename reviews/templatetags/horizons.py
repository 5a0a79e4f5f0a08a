"""How far a piece, or a part of one, goes in its shows: see `series.templatetags.progress`."""

from django import template
from django.utils.safestring import SafeString

from reviews.models import EditionPart, Release
from reviews.places import places_of
from series.templatetags.progress import about

register = template.Library()


@register.simple_tag
def about_part(part: EditionPart) -> SafeString:
    """`data-about="12:6.5"` for an element about this part, through its last episode."""
    return about([(part.episode.series_id, part.furthest)])


@register.simple_tag
def about_release(release: Release) -> SafeString:
    """The same for a whole piece: its parts, and what it says it spoils. A preview is about no episode.

    Needs a release that was read with `for_list()` or `for_page()`.
    """
    return about(places_of(release))
