"""What a piece of a page is about, told to the reader's own browser.

The browser keeps how far a reader has come and closes what lies beyond it; the page is the same bytes for
everyone. An element says what it is about with `data-about="12:6.5 14:3"`: pairs of a series' key and an
episode's place in its order, one for each series. Inside it, what would give something away carries
`data-veil="title"`, `"text"`, `"score"` or `"picture"`.
"""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from series.models import Episode
from series.progress import pairs

register = template.Library()


def about(places: Iterable[tuple[int, Decimal]]) -> SafeString:
    """The attribute for these (series' key, place in its order); the furthest counts. Empty for none."""
    found = pairs(places)
    return format_html('data-about="{}"', found) if found else SafeString("")


@register.simple_tag
def about_episode(episode: Episode) -> SafeString:
    """`data-about="12:6.5"` for an element about one episode."""
    return about([(episode.series_id, episode.sort_key)])


@register.simple_tag
def about_place(series: int, place: Decimal | None) -> SafeString:
    """The same for an element that speaks of a series through this place in its order; empty for none."""
    return about([] if place is None else [(series, place)])
