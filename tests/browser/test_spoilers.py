"""Spoilers as readers meet them: rendered prose under the site's own style, with scripts turned off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from reviews.markup import render

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

PROSE = (
    '<p>Rouge <span class="spoiler">wins <a href="/x">twice</a></span>, they say.</p>'
    '<div class="spoiler"><p>Naomi leaves.</p></div>'
    '<h2>Why <span class="spoiler">she left</span></h2>'
    '<ul><li>One <span class="spoiler">secret</span> word</li></ul>'
)
PAGE = """{% load static %}<!doctype html><html lang="en"><title>Prose</title>
<link rel="stylesheet" href="{% static 'css/site.css' %}">
<link rel="icon" href="{% static 'img/favicon.svg' %}">
<main><h1>Prose</h1><div class="prose">{{ prose|safe }}</div></main>"""


def read(request):
    return HttpResponse(engines["django"].from_string(PAGE).render({"prose": render(PROSE)}, request))


urlpatterns = [path("", read)]


@pytest.fixture
def reader(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def test_nothing_hidden_is_seen_until_it_is_asked_for(reader):
    for text in ("twice", "Naomi leaves.", "she left", "secret"):
        assert not reader.get_by_text(text).is_visible()
    assert reader.get_by_text("they say").is_visible()


def test_a_spoiler_opens_by_keyboard_and_closes_again(reader):
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    assert reader.get_by_text("twice").is_visible()
    assert not reader.get_by_text("Naomi leaves.").is_visible()

    reader.keyboard.press("Space")
    assert not reader.get_by_text("twice").is_visible()


def test_an_open_spoiler_stays_in_its_line(reader):
    reader.locator("summary").first.click()

    line = reader.locator(".paragraph").first.bounding_box()
    assert line["height"] < 2 * reader.locator(".spoiler-text").first.bounding_box()["height"]


def test_paper_keeps_spoilers_though_they_were_open(reader):
    for summary in reader.locator("summary").all():
        summary.click()
    assert reader.get_by_text("Naomi leaves.").is_visible()

    reader.emulate_media(media="print")

    for text in ("twice", "Naomi leaves.", "she left", "secret"):
        assert not reader.get_by_text(text).is_visible()


def test_a_heading_with_a_spoiler_is_read_as_a_heading(reader):
    assert reader.get_by_role("heading", level=2, name="Why").is_visible()


def test_closed_and_open_spoilers_are_accessible(page):
    # Preloading, axe writes the style sheets into the page, which the site's policy forbids.
    options = {"preload": False}
    page.goto("/")

    closed = Axe().run(page, options=options).response["violations"]
    for summary in page.locator("summary").all():
        summary.click()
    opened = Axe().run(page, options=options).response["violations"]

    assert (closed, opened) == ([], [])
