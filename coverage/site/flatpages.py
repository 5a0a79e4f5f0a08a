"""The paper's own pages (about, how we rate, privacy, contact): Django's flat pages, written at the desk."""

from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps as installed
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pages import Page
from reviews import markup

# Always there, because every page's foot leads to them. A new site begins with a short text for each.
FIRST_PAGES = {
    "about": gettext_noop("About"),
    "how-we-rate": gettext_noop("How we rate"),
    "privacy": gettext_noop("Privacy"),
    "contact": gettext_noop("Contact"),
}
_SUMMARY = 160


@require_safe
def flatpage(request: NewsroomRequest, slug: str) -> HttpResponse:
    """One of them. Context: page, title, text (HTML, ready to serve), first_pages [(title, address)]."""
    found = FlatPage.objects.filter(url=f"/{slug}/").order_by("pk").first()
    if found is None:
        raise Http404
    shown = markup.plain(markup.without_spoilers(found.content))
    page = Page(
        path=request.path,
        title=found.title,
        description=Truncator(" ".join(shown.split())).chars(_SUMMARY),
    )
    # Whoever wrote it, and by whichever way it came in: nothing but prose goes out.
    context = {
        "page": page,
        "title": found.title,
        "text": markup.without_stills(markup.render(found.content)),
        "first_pages": [(gettext(title), f"/{name}/") for name, title in FIRST_PAGES.items()],
    }
    return render(request, "site/flatpage.html", context)


def first_text(slug: str) -> str:
    """What a new site's page says until the desk has written its own."""
    return files("coverage.site").joinpath("first_pages", f"{slug}.html").read_text(encoding="utf-8")


def ensure_first_pages(using: str, apps: Apps = installed, **kwargs: Any) -> None:
    """After migrating or flushing: the pages that the foot leads to are there, and the site's address."""
    if "flatpage" not in apps.all_models["flatpages"] or "site" not in apps.all_models["sites"]:
        return  # migrated away
    host = urlsplit(settings.SITE_URL).netloc
    site, _created = Site.objects.using(using).update_or_create(
        pk=settings.SITE_ID, defaults={"domain": host, "name": host[: _longest(Site, "name")]}
    )
    there = set(FlatPage.objects.using(using).values_list("url", flat=True))
    for slug, title in FIRST_PAGES.items():
        if f"/{slug}/" not in there:
            made = FlatPage.objects.using(using).create(
                url=f"/{slug}/", title=title, content=markup.sanitise(first_text(slug))
            )
            made.sites.add(site)


def _longest(model: type[models.Model], name: str) -> int:
    return model._meta.get_field(name).max_length or 0  # type: ignore[union-attr]  # a CharField has one
