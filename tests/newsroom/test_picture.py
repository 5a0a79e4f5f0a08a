from unittest.mock import patch

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from coverage.desk.demo.keeping import kept
from coverage.newsroom.models import Picture
from coverage.newsroom.pictures import intake
from tests.factories import make_image, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PictureForm = forms.modelform_factory(Picture, fields=["file", "alt"])


def picture(content, name="poster.png"):
    return Picture(file=ContentFile(content, name), alt="A poster")


def uploaded(content, name="poster.png"):
    return PictureForm({"alt": "A poster"}, {"file": SimpleUploadedFile(name, content, "image/png")})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_four_formats_are_taken_and_named_by_what_is_kept(kind):
    row = picture(make_image(kind), "secret-finale-twist.jpeg")

    row.full_clean()
    row.save()

    assert row.file.name.endswith(".jpg")
    assert "secret" not in row.file.name
    assert (row.width, row.height) == (8, 6)
    with row.file.open() as file:
        assert Image.open(file).format == "JPEG"


def test_what_a_form_takes_is_kept_as_the_house_keeps_it():
    form = uploaded(make_image("PNG", (40, 30)), "../../etc/passwd.php")

    row = form.save()

    assert row.file.name.startswith("pictures/")
    assert (row.width, row.height) == (40, 30)
    assert Picture.objects.get().width == 40


def test_what_a_form_refuses_is_said_at_the_file():
    form = uploaded(make_image("PNG", (8000, 7500)))

    assert form.errors == {"file": ["This picture has more than 40 megapixels; scale it down."]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no JPEG"),
        (make_image("JPEG", (400, 400))[:-200], "cut short or damaged"),
        (make_image("PNG", (8000, 5001)), "more than 40 megapixels"),
    ],
    ids=["svg", "cut jpeg", "large"],
)
@pytest.mark.parametrize("way_in", [Picture.full_clean, Picture.save, kept], ids=["clean", "save", "demo"])
def test_no_way_in_goes_past_the_darkroom(content, sentence, way_in):
    with pytest.raises(ValidationError, match=sentence), transaction.atomic():
        way_in(picture(content))

    assert not Picture.objects.exists()


def test_a_file_is_developed_once_on_its_way_in():
    with patch.object(intake, "unpacked", wraps=intake.unpacked) as unpacked:
        uploaded(make_image()).save()

    assert unpacked.call_count == 1


def test_no_stranger_is_unpacked_in_the_server_itself(monkeypatch):
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("It was opened here."))

    uploaded(make_image()).save()
    picture(make_image()).save()


@pytest.mark.both_databases
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
    monkeypatch.setattr(intake, "developed", lambda _file: pytest.fail("It was read."))

    row.alt = "Better words"
    row.full_clean()
    row.save()

    assert Picture.objects.get().alt == "Better words"
