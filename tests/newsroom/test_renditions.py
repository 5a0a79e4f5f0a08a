"""The sizes in which pictures go out: which there are, what they show, and that each is made once."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from coverage.newsroom.models import Picture
from coverage.newsroom.pictures import renditions
from coverage.newsroom.pictures.renditions import Crop, Format, Rendition
from tests.factories import make_image, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def picture(size=(1600, 900), **fields):
    """Never saved: only its numbers count."""
    name = f"pictures/ab/ab{'0' * 62}.jpg"
    return Picture(file=name, width=size[0], height=size[1], **fields)


def quartered():
    """A picture whose right third is white."""
    drawn, file = Image.new("RGB", (900, 300), "black"), io.BytesIO()
    drawn.paste("white", (600, 0, 900, 300))
    drawn.save(file, "PNG")
    return make_picture(file=ContentFile(file.getvalue(), "drawn.png"), focal_x=90)


def opened(name):
    with default_storage.open(name) as file:
        image = Image.open(file)
        image.load()
    return image


@pytest.mark.parametrize(
    ("size", "crop", "expected"),
    [
        ((1600, 900), Crop.WHOLE, [320, 480, 640, 768, 960, 1280]),
        ((1600, 900), Crop.SQUARE, [320, 480, 640, 768]),
        ((3840, 2160), Crop.WIDE, [320, 480, 640, 768, 960, 1280, 1920]),
        ((1000, 1500), Crop.WIDE, [320, 480, 640, 768, 960]),
        ((200, 100), Crop.WHOLE, [200]),
        ((1, 4000), Crop.WIDE, [1]),
    ],
)
def test_a_picture_has_the_widths_that_fit_in_it(size, crop, expected):
    assert renditions.widths(picture(size), crop) == expected


@pytest.mark.parametrize(
    ("size", "focus", "crop", "box"),
    [
        ((1000, 500), (50, 50), Crop.SQUARE, (250, 0, 500, 500)),
        ((1000, 500), (0, 50), Crop.SQUARE, (0, 0, 500, 500)),
        ((1000, 500), (100, 50), Crop.SQUARE, (500, 0, 500, 500)),
        ((1000, 500), (60, 50), Crop.SQUARE, (350, 0, 500, 500)),
        ((900, 1600), (50, 30), Crop.WIDE, (0, 227, 900, 506)),
        ((900, 1600), (50, 0), Crop.WIDE, (0, 0, 900, 506)),
        ((1600, 900), (10, 90), Crop.WHOLE, (0, 0, 1600, 900)),
        ((1, 1), (50, 50), Crop.CARD, (0, 0, 1, 1)),
    ],
)
def test_a_crop_lies_around_the_focal_point_within_the_picture(size, focus, crop, box):
    assert renditions.box(picture(size, focal_x=focus[0], focal_y=focus[1]), crop) == box


def test_what_is_made_shows_what_its_focal_point_says():
    row = quartered()

    name = Rendition(row, Crop.SQUARE, 300, Format.WEBP).made()

    image = opened(name)
    assert image.size == (300, 300)
    assert min(image.convert("L").getextrema()) > 200


@pytest.mark.parametrize("kind", Format)
def test_a_rendition_is_what_its_name_says(kind):
    row = make_picture(file=ContentFile(make_image(size=(700, 500)), "drawn.png"))

    image = opened(Rendition(row, Crop.CARD, 320, kind).made())

    assert (image.format, image.size) == (kind.upper(), (320, 213))


def test_another_focal_point_makes_other_names():
    row = picture()
    before = {rendition.name for rendition in renditions.every(row)}
    row.focal_x = 20

    assert not before & {rendition.name for rendition in renditions.every(row)}


def test_every_name_leads_back_to_its_rendition_and_to_an_address():
    row = picture()

    for rendition in renditions.every(row):
        named = renditions.read(rendition.name)
        assert named.of(row) == rendition
        assert str(row.file.name) in named.files
        assert rendition.url == reverse("site:rendition", args=[rendition.name])


@pytest.mark.parametrize(
    "change",
    [
        ("-640.", "-641."),
        ("-640.", "-9999."),
        ("-640.", "-0640."),
        ("-640.", "-1920."),
        ("wide", "tall"),
        ("wide", "whole"),
        ("-50-", "-051-"),
        ("-50-", "-49-"),
        (".avif", ".jpeg"),
        (".avif", ".webp/.."),
        ("/ab/", "/ac/"),
        ("-640.", "-٦٤٠."),
    ],
)
def test_what_is_not_in_the_closed_set_has_no_name(change):
    row = picture()
    name = Rendition(row, Crop.WIDE, 640, Format.AVIF).name.replace(*change)

    try:
        found = renditions.read(name).of(row)
    except ValueError:
        found = None

    assert found is None or (found.crop, change[0]) == (Crop.WHOLE, "wide")


def test_a_rendition_is_made_once(monkeypatch):
    row = make_picture()
    wanted = next(renditions.every(row))
    wanted.made()
    monkeypatch.setattr(Image, "open", lambda *_: pytest.fail("It was made anew."))

    assert wanted.made() == wanted.name


def test_of_many_who_need_it_at_once_one_makes_it():
    row = make_picture(file=ContentFile(make_image(size=(700, 500)), "drawn.png"))
    wanted = Rendition(row, Crop.WIDE, 640, Format.WEBP)

    with (
        patch.object(Rendition, "_drawn", autospec=True, side_effect=Rendition._drawn) as drawn,
        ThreadPoolExecutor(8) as pool,
    ):
        names = set(pool.map(lambda _: wanted.made(), range(8)))

    assert names == {wanted.name}
    assert drawn.call_count == 1


def test_what_fails_leaves_nothing_half_made():
    row = make_picture()
    wanted = next(renditions.every(row))
    with (
        patch.object(Path, "replace", side_effect=OSError("No space.")),
        pytest.raises(OSError, match="No space"),
    ):
        wanted.made()

    left = [path for path in Path(default_storage.path("renditions")).rglob("*") if path.is_file()]

    assert [path.suffix for path in left] == [".lock"]
    assert wanted.made()


def test_a_page_is_told_sources_sizes_and_addresses():
    frame = renditions.shown(picture((700, 500)), "card")

    assert (frame.width, frame.height) == (640, 427)
    assert frame.src.endswith("/card-50-50-640.webp")
    assert [kind for kind, _srcset in frame.sources] == ["image/avif"]
    assert frame.sources[0][1].split(", ")[0].endswith("card-50-50-320.avif 320w")
    assert [one.split()[1] for one in frame.srcset.split(", ")] == ["320w", "480w", "640w"]


def test_all_are_made_ahead_by_the_command(capsys):
    first, second = make_picture(), make_picture()

    call_command("make_renditions")

    assert all(default_storage.exists(one.name) for row in (first, second) for one in renditions.every(row))
    assert "2 of 2 pictures" in capsys.readouterr().out


def test_the_command_goes_on_past_a_picture_whose_file_is_gone(capsys):
    gone, there = make_picture(), make_picture()
    default_storage.delete(gone.file.name)

    call_command("make_renditions")

    assert default_storage.exists(next(renditions.every(there)).name)
    assert "1 picture without a file" in capsys.readouterr().err
