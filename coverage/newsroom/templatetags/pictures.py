"""Pictures on pages: `{% shown picture "wide" as frame %}` gives srcset, sizes of the file, and the rest."""

from django import template

from coverage.newsroom.models import Picture
from coverage.newsroom.pictures import renditions

register = template.Library()


@register.simple_tag
def shown(picture: Picture, crop: str = "") -> renditions.Shown:
    """How to show `picture` in one of the crops: whole (if nothing else is said), wide, card, square."""
    return renditions.shown(picture, crop or renditions.Crop.WHOLE)
