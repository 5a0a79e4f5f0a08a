"""The paper's own pages: what readers get, and what a chief may do with them."""

import pytest
import time_machine
from django.apps import apps
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from lxml import html

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from coverage.site import flatpages
from tests.desk.forms import fields_of
from tests.factories import NOW, make_user
from tests.site.sweeps import answer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADD = "/desk/flatpages/flatpage/add/"


def body(path):
    status, _headers, content = answer(path, NOW)
    assert status == 200
    return content.decode()


@pytest.fixture
def chief(client):
    client.force_login(make_user(Role.CHIEF))
    with time_machine.travel(NOW, tick=False):
        yield client


def change(page):
    return f"/desk/flatpages/flatpage/{page.pk}/change/"


@pytest.mark.parametrize("slug", flatpages.FIRST_PAGES)
def test_a_new_site_has_its_first_pages_and_every_foot_leads_there(slug):
    links = html.fromstring(body("/")).xpath("//footer//a/@href")

    assert f"/{slug}/" in links
    page = html.fromstring(body(f"/{slug}/"))
    assert page.findtext(".//h1") == flatpages.FIRST_PAGES[slug]
    assert len(page.xpath("string(//article)").split()) > 40


def test_links_between_them_lead_somewhere():
    for slug in flatpages.FIRST_PAGES:
        for link in html.fromstring(body(f"/{slug}/")).xpath("//article//a/@href"):
            assert answer(link, NOW)[0] == 200


def test_migrating_again_leaves_what_the_desk_has_written():
    FlatPage.objects.filter(url="/about/").update(content="<p>Ours.</p>")

    flatpages.ensure_first_pages("default", apps)

    assert FlatPage.objects.get(url="/about/").content == "<p>Ours.</p>"
    assert FlatPage.objects.count() == len(flatpages.FIRST_PAGES)


def test_what_a_flush_took_comes_back():
    FlatPage.objects.all().delete()

    flatpages.ensure_first_pages("default", apps)

    assert {page.sites.get().pk for page in FlatPage.objects.all()} == {1}


def test_the_site_has_our_address(settings):
    settings.SITE_URL = "https://reviews.example"

    flatpages.ensure_first_pages("default", apps)

    assert Site.objects.get().domain == "reviews.example"


def test_only_prose_goes_out_whichever_way_it_came_in():
    dirty = '<p onclick="x()">Hello<script>steal()</script><img src="//evil.example/x.png"></p>'
    FlatPage.objects.filter(url="/about/").update(content=dirty)

    article = html.fromstring(body("/about/")).find(".//article")

    assert "Hello" in article.text_content()
    assert not article.xpath(".//script | .//img | .//*[@onclick]")


def test_a_spoiler_stays_out_of_what_a_page_says_about_itself():
    content = '<p>Safe <span class="spoiler">Canary</span></p>'
    FlatPage.objects.filter(url="/about/").update(content=content)

    head, _, rest = body("/about/").partition("</head>")

    assert "Safe" in head
    assert "Canary" not in head
    assert "Canary" in rest


@pytest.mark.parametrize("path", ["/no-such-page/", "/about/more/", "/%00/", f"/{'a' * 5000}/"], ids=len)
def test_what_there_is_no_page_for_is_not_found(path):
    assert answer(path, NOW)[0] == 404


def test_a_chief_changes_a_page_and_the_trail_says_so(chief):
    page = FlatPage.objects.get(url="/contact/")
    form = fields_of(chief.get(change(page)))

    response = chief.post(change(page), form | {"content": "<p>Write <b>here</b>.<script></script></p>"})

    assert response.status_code == 302
    page.refresh_from_db()
    assert page.content == "<p>Write <strong>here</strong>.</p>"
    assert AuditEntry.objects.about(page).get().verb == "change"
    assert "Write <strong>here</strong>." in body("/contact/")


def test_an_address_that_readers_have_does_not_change(chief):
    page = FlatPage.objects.get(url="/contact/")
    form = fields_of(chief.get(change(page)))

    chief.post(change(page), form | {"url": "elsewhere"})

    assert "url" not in form
    assert FlatPage.objects.get(pk=page.pk).url == "/contact/"


def test_a_chief_adds_a_page(chief):
    form = fields_of(chief.get(ADD)) | {
        "title": "Write for us",
        "url": "write-for-us",
        "content": "<p>Do.</p>",
    }

    assert chief.post(ADD, form).status_code == 302

    assert FlatPage.objects.get(url="/write-for-us/").sites.get() == Site.objects.get()
    assert "Do." in body("/write-for-us/")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("about", "Another page"),
        ("reviews", "Another page"),
        ("/feed/", "Another page"),
        ("two words", "slug"),
        ("a/b", "slug"),
        ("//evil.example/", "slug"),
        ("", "empty"),
    ],
)
def test_an_address_that_would_not_answer_is_refused(chief, address, why):
    form = fields_of(chief.get(ADD)) | {"title": "Page", "url": address, "content": "<p>Text.</p>"}

    response = chief.post(ADD, form)

    (fault,) = response.context["faults"]
    assert why in " ".join(fault.what)
    assert FlatPage.objects.count() == len(flatpages.FIRST_PAGES)
