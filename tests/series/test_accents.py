"""Which colour a show takes from its key visual."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from series.accents import Accent, accent_of, nearest
from tests.factories import make_picture, make_series

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def painted(ground, *spots):
    """A picture of one ground colour, with a spot of each other one that takes a tenth of it."""
    image = Image.new("RGB", (200, 100), ground)
    for place, colour in enumerate(spots):
        ImageDraw.Draw(image).rectangle((place * 25, 0, place * 25 + 20, 99), fill=colour)
    file = BytesIO()
    image.save(file, "PNG")
    return make_picture(file=ContentFile(file.getvalue(), "painted.png"))


@pytest.mark.one_database
@pytest.mark.parametrize("accent", Accent)
def test_a_picture_in_an_accents_own_colour_takes_it(accent):
    assert accent_of(painted(accent.deep)) == accent


@pytest.mark.parametrize(
    ("ground", "spots", "expected"),
    [
        ("#bfe0ff", [], Accent.STEEL),
        ("#2a0a12", [], Accent.WINE),
        ("#808080", ["#d01010"], Accent.VERMILION),
        ("#000000", ["#0a8f80"], Accent.TEAL),
        ("#f5f5f5", [], Accent.SLATE),
        ("#000000", [], Accent.SLATE),
        ("#ffffff", [], Accent.SLATE),
    ],
)
def test_what_is_saturated_decides_and_grey_asks_for_nothing(ground, spots, expected):
    assert accent_of(painted(ground, *spots)) == expected


def test_a_picture_without_colour_is_slate():
    assert nearest(None) == Accent.SLATE


def test_a_show_takes_its_key_visuals_accent_until_a_chief_chooses_another():
    show = make_series(key_visual=painted("#0a8f80"))

    show.take_accent_from_key_visual()
    taken = show.colour
    show.accent = Accent.ROSE

    assert (taken, show.colour) == (Accent.TEAL, Accent.ROSE)


def test_without_a_key_visual_a_show_keeps_one_of_its_own():
    show = make_series(visual_accent=Accent.TEAL)

    show.take_accent_from_key_visual()

    assert show.visual_accent == ""
    assert show.colour in Accent


def test_a_file_that_is_gone_asks_for_no_accent():
    show = make_series(key_visual=painted("#0a8f80"))
    show.key_visual.file.delete(save=False)

    show.take_accent_from_key_visual()

    assert show.visual_accent == ""
