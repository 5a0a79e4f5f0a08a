from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from coverage.newsroom.models import Picture
from coverage.newsroom.models import picture as pictures
from tests.factories import make_image, make_picture

pytestmark = pytest.mark.django_db


def picture(content, name="poster.png"):
    return Picture(file=ContentFile(content, name), alt="A poster")


def moving(kind):
    file, frames = BytesIO(), [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "suffix"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp"), ("AVIF", ".avif")]
)
def test_the_four_formats_are_taken_and_named_by_what_is_in_them(kind, suffix):
    row = picture(make_image(kind), "secret-finale-twist.jpeg")

    row.full_clean()
    row.save()

    assert row.file.name.endswith(suffix)
    assert "secret" not in row.file.name
    assert (row.width, row.height) == (8, 6)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This is no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no JPEG"),
        (b"GIF89a" + bytes(64), "This is no JPEG"),
        (make_image("GIF"), "This is no JPEG"),
        (make_image("TIFF"), "This is no JPEG"),
        (make_image("BMP"), "This is no JPEG"),
        (make_image("JPEG", (400, 400))[:-200], "cut short or damaged"),
        (make_image("PNG", (400, 400))[:-60], "cut short or damaged"),
        (moving("WEBP"), "This picture moves"),
        (moving("PNG"), "This picture moves"),
        (make_image("PNG", (8000, 5001)), "more than 40 megapixels"),
    ],
    ids=["empty", "svg", "no gif", "gif", "tiff", "bmp", "cut jpeg", "cut png", "webp", "apng", "large"],
)
def test_what_a_page_could_not_show_well_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        picture(content).full_clean()


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = make_image("PNG", (20_000, 10_000))
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("It was unpacked."))

    with pytest.raises(ValidationError, match="more than 40 megapixels"):
        pictures.found_format(ContentFile(bomb))


def test_a_large_file_is_refused_before_it_is_read():
    row = picture(make_image() + bytes(pictures.MAX_BYTES))

    with pytest.raises(ValidationError, match="larger than 20 MB"):
        row.full_clean()


def test_saving_refuses_what_nobody_checked():
    with pytest.raises(ValidationError, match="This is no JPEG"):
        picture(b"<script>").save()


def test_the_same_bytes_are_kept_once():
    content = make_image()
    first, second = picture(content), picture(content, "other.jpg")

    first.save()
    second.save()

    _folders, files = default_storage.listdir(first.file.name.rpartition("/")[0])
    assert first.file.name == second.file.name
    assert len(files) == 1


def test_a_picture_that_is_kept_is_not_read_again(monkeypatch):
    row = Picture.objects.get(pk=make_picture().pk)
    monkeypatch.setattr(pictures, "found_format", lambda _file: pytest.fail("It was read."))

    row.alt = "Better words"
    row.full_clean()
    row.save()

    assert Picture.objects.get().alt == "Better words"
