"""The desk's picture form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from coverage.newsroom.models import Picture
from coverage.newsroom.roles import Role
from tests.factories import make_image, make_picture, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]


@pytest.fixture
def desk(client):
    client.force_login(make_user(Role.EDITOR))
    return client


def added(desk, content, **fields):
    sent = {
        "file": SimpleUploadedFile("poster.png", content),
        "alt": "A poster",
        "focal_x": 30,
        "focal_y": 70,
    }
    return desk.post("/desk/newsroom/picture/add/", sent | {"focal_x": 30, "focal_y": 70} | fields)


def test_a_picture_comes_in_with_its_caption_and_focal_point(desk):
    response = added(desk, make_image(), caption="The poster")

    row = Picture.objects.get()
    assert response.status_code == 302
    assert (row.caption, row.focal_x, row.focal_y, row.width) == ("The poster", 30, 70, 8)


def test_a_file_that_is_no_picture_is_refused_at_its_field(desk):
    response = added(desk, b"<svg/>")

    page = html.fromstring(response.content.decode())
    assert "This is no JPEG" in page.xpath("string(//*[contains(@class, 'field-file')])")
    assert not Picture.objects.exists()


def test_the_form_shows_the_picture_and_asks_for_its_focal_point_in_numbers(desk):
    row = make_picture(focal_x=20)

    page = html.fromstring(desk.get(f"/desk/newsroom/picture/{row.pk}/change/").content.decode())

    shown = desk.get(page.find(".//span[@class='focal']/img").get("src"))
    assert shown.status_code == 200
    assert shown.getvalue().startswith(b"RIFF")
    assert page.xpath("//input[@id='id_focal_x']/@value") == ["20"]
    assert page.xpath("//script[@type='module'][contains(@src, 'focal-point')]")
