"""How far a piece, or a part of one, goes in its shows: see `series.templatetags.progress`."""

from django import template
from django.utils.safestring import SafeString

from reviews.models import EditionPart, Release
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
    places = [(part.episode.series_id, part.furthest) for part in release.parts]
    horizon = release.edition.spoils_through
    if horizon and release.edition.spoils:
        places.append((horizon.series_id, horizon.sort_key))
    return about(places)
