"""Makes ahead what the demo's first visitor would wait for; `manage.py make_renditions` makes the rest."""

from coverage.newsroom.models import Picture
from coverage.newsroom.pictures import renditions
from coverage.newsroom.pictures.renditions import Crop, Format

# What cards take up on a screen, and a lead on a phone.
WIDEST = 640


def warm() -> int:
    """Make the small sizes of every picture, in the format that browsers take first; how many there are."""
    wanted = [
        rendition
        for picture in Picture.objects.all()
        for rendition in renditions.every(picture, Crop.WIDE)
        if rendition.format is Format.AVIF and rendition.width <= WIDEST
    ]
    return len([rendition.made() for rendition in wanted])
