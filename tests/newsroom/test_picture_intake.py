"""What strangers send: kept clean, or refused with a sentence, and never at the house's cost."""

import subprocess
import sys
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from coverage.newsroom.pictures import developing, intake
from tests.newsroom import odd_pictures
from tests.newsroom.odd_pictures import EITHER, TAKEN, saved

ODD = odd_pictures.every()


def kept(content):
    return intake.unpacked(content)[0]


def opened(master):
    return Image.open(BytesIO(master.read()))


def fate_of(content):
    try:
        master, effort = intake.unpacked(content)
    except ValidationError as refusal:
        return None, refusal.code, refusal.params["effort"]
    return master, TAKEN, effort


def test_there_are_more_than_three_hundred_of_them_all_different():
    assert len({odd.name for odd in ODD}) == len(ODD)
    assert len({odd.content for odd in ODD}) >= 300


@pytest.mark.parametrize("odd", ODD, ids=[odd.name for odd in ODD])
def test_an_odd_file_is_taken_or_refused_within_the_limits(odd):
    master, fate, effort = fate_of(odd.content)

    if master:
        picture = opened(master)
        picture.load()
        assert (picture.format, picture.mode) in {("JPEG", "RGB"), ("WEBP", "RGBA")}
        assert picture.size == (master.width, master.height)
        assert max(picture.size) <= intake.LONGEST
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)
        assert not picture.getexif()
    assert odd.fate in (fate, EITHER)
    assert effort.seconds <= intake.SECONDS
    assert effort.memory <= intake.MEMORY


@pytest.mark.parametrize(
    ("turned", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))],
)
def test_a_picture_stands_upright(turned, corner):
    marked = Image.new("RGB", (40, 20), "black")
    marked.paste("white", (0, 0, 8, 8))
    exif, file = Image.Exif(), BytesIO()
    exif[0x0112] = turned
    marked.save(file, "PNG", exif=exif)

    picture = opened(kept(file.getvalue()))

    assert picture.size == ((40, 20) if turned < 5 else (20, 40))
    at = [3 if side == 0 else length - 4 for side, length in zip(corner, picture.size, strict=True)]
    assert picture.getpixel(tuple(at)) > (200, 200, 200)


def test_sixteen_bits_become_eight_by_scaling():
    before = Image.new("I;16", (20, 20), 40_000)
    file = BytesIO()
    before.save(file, "PNG")

    assert opened(kept(file.getvalue())).getpixel((9, 9)) == (156, 156, 156)


def test_ink_becomes_light():
    file = BytesIO()
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(file, "JPEG", quality=95)

    red, green, blue = opened(kept(file.getvalue())).getpixel((9, 9))

    assert red > 240
    assert max(green, blue) < 20


def test_colours_are_brought_to_srgb():
    file = BytesIO()
    Image.new("RGB", (20, 20), (100, 150, 200)).save(file, "PNG", icc_profile=swapped_profile())

    red, green, _blue = opened(kept(file.getvalue())).getpixel((9, 9))

    assert red > green


def swapped_profile():
    """sRGB's profile with the places of red and green exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"____").replace(b"gXYZ", b"rXYZ").replace(b"____", b"gXYZ")


def test_what_is_clear_stays_clear():
    file = BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(file, "PNG")

    master = kept(file.getvalue())

    assert master.name.endswith(".webp")
    assert opened(master).getpixel((9, 9))[3] == 0


def test_a_large_picture_is_kept_no_larger_than_a_page_needs():
    master = kept(saved("JPEG", size=(6000, 3000)))

    assert (master.width, master.height) == (3840, 1920)


@pytest.mark.parametrize("kind", odd_pictures.KINDS)
def test_nothing_of_who_took_it_and_where_is_kept(kind):
    exif = Image.Exif()
    exif[0x010F] = "Canaryname"
    told = saved(kind, exif=exif.tobytes(), xmp=b"<x:xmpmeta>Canaryname</x:xmpmeta>")
    assert b"Canaryname" in told

    assert b"Canaryname" not in kept(told).read()


def test_the_same_file_is_kept_under_the_same_name():
    content = saved("PNG")

    assert kept(content).name == kept(content).name != kept(saved("PNG", size=(9, 9))).name


def test_what_was_developed_is_not_developed_again():
    master = kept(saved("PNG"))

    assert intake.developed(master) is master


def test_a_file_of_more_bytes_is_not_even_read(monkeypatch):
    monkeypatch.setattr(intake.Darkroom, "ask", lambda *_: pytest.fail("It was unpacked."))

    with pytest.raises(ValidationError, match="larger than 20 MB"):
        intake.developed(ContentFile(bytes(intake.MAX_BYTES + 1)))


def test_no_file_of_bytes_is_too_much_for_the_pipe():
    with pytest.raises(ValidationError, match="This is no JPEG"):
        intake.developed(ContentFile(bytes(intake.MAX_BYTES)))


# Each limit bites: without it, the file would be taken.


def test_too_much_memory_is_refused(monkeypatch):
    monkeypatch.setattr(intake, "MEMORY", 64 * 1024 * 1024)

    with pytest.raises(ValidationError, match="too much memory"):
        kept(saved("PNG", size=(3000, 3000)))


def test_too_much_time_is_refused(monkeypatch):
    monkeypatch.setattr(intake, "SECONDS", 0.05)

    with pytest.raises(ValidationError, match="takes too long"):
        kept(saved("JPEG", size=(5000, 5000)))


def test_the_darkroom_goes_on_after_what_it_could_not_bear(monkeypatch):
    monkeypatch.setattr(intake, "MEMORY", 64 * 1024 * 1024)
    with pytest.raises(ValidationError):
        kept(saved("PNG", size=(3000, 3000)))
    monkeypatch.undo()

    assert kept(saved("PNG"))


def test_an_answer_that_breaks_off_is_no_picture():
    stream = BytesIO()
    developing.write(stream, {"format": "JPEG"}, b"half of a picture")
    cut_short = BytesIO(stream.getvalue()[:-1])

    with pytest.raises(EOFError):
        developing.read(cut_short)


def test_the_darkroom_opens_again_after_it_was_ended():
    kept(saved("PNG"))
    intake._darkroom.close()

    assert kept(saved("PNG"))


def test_what_does_not_answer_is_ended(monkeypatch):
    """The house's own patience is the last limit, should the others fail."""
    room = intake.Darkroom()
    silent = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(room, "_started", lambda: subprocess.Popen(silent, stdin=-1, stdout=-1))

    assert room.ask({"seconds": 0.05}, b"")[0] == {"refused": "heavy"}

    room.close()
