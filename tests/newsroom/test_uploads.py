"""How much may be sent: what is too large isn't read, and nothing of it lands on the disk."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coverage.newsroom import uploads
from coverage.newsroom.models import Picture
from coverage.newsroom.roles import Role
from tests.factories import make_image, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADD = "/desk/newsroom/picture/add/"
BOUNDARY = "edge"
# Anybody can make one up; with it, Django looks into the body for its like.
TOKEN = "a" * 32


class Body(BytesIO):
    """What a sender has begun to send; `asked` tells how much of it was read."""

    asked = 0

    def read(self, size=-1):
        found = super().read(size)
        self.asked += len(found)
        return found


def begun():
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    return Body(head.encode() + b"x" * 100_000)


def send(path, size, client):
    """A request that says it has `size` bytes."""
    body = begun()
    response = client.generic(
        "POST",
        path,
        **{
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
            "CONTENT_LENGTH": str(size),
            "wsgi.input": body,
        },
    )
    return response.status_code, body.asked


@pytest.fixture
def stranger(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = TOKEN
    return client


@pytest.mark.parametrize("path", ["/", "/search/", "/my-shows/", "/desk/login/"])
def test_a_strangers_gigabytes_are_not_read(path, stranger, settings):
    status, read = send(path, 2 * 2**30, stranger)

    assert 400 <= status < 500
    assert read == 0
    assert list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == []


def test_without_the_limit_they_are(stranger, settings):
    settings.FILE_UPLOAD_HANDLERS = settings.FILE_UPLOAD_HANDLERS[1:]

    _status, read = send("/", 2 * 2**30, stranger)

    assert read > 0


def test_nor_are_those_of_the_desk(client):
    client.force_login(make_user(Role.WRITER))
    client.raise_request_exception = False

    status, read = send(ADD, uploads.MOST_BYTES + 1, client)

    assert 400 <= status < 500
    assert read == 0


def test_the_desk_may_send_more_than_a_stranger(client, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_OF_A_STRANGER", 1000)
    client.force_login(make_user(Role.WRITER))
    file = SimpleUploadedFile("a.png", make_image(size=(40, 30)) + b"\x00" * 2000, "image/png")
    form = {"file": file, "alt": "A field", "focal_x": "50", "focal_y": "50"}

    client.post(ADD, form)

    assert Picture.objects.get().alt == "A field"
