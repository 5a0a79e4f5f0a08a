import pytest
from django.template import engines

from coverage.newsroom.templatetags.places import place


@pytest.mark.parametrize(
    ("key", "name"), [("America/New_York", "New York"), ("Asia/Tokyo", "Tokyo"), ("UTC", "UTC")]
)
def test_a_page_names_the_place_and_not_the_key(key, name):
    page = engines["django"].from_string("{% load places %}{{ key|place }}")

    assert page.render({"key": key}) == place(key) == name
