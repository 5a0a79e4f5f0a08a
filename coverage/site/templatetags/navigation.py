"""Where the site's header leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import Publication
from series.seasons import YearSeason

register = template.Library()


@dataclass(frozen=True)
class Link:
    """A way in the header; `here` is whether it leads to the page that it stands on."""

    name: str
    label: str | Promise
    url: str
    here: bool


@register.simple_tag(takes_context=True)
def main_links(context: Context) -> list[Link]:
    """The header's links; week and season are those of the page's instant."""
    return list(_links(context["publication"], context["now"], context["request"].path))


def _links(publication: Publication, at: datetime, path: str) -> Iterator[Link]:
    season = YearSeason.of_day(publication.today(at))
    for name, label, places in (
        ("reviews:list", _("Reviews"), []),
        ("site:series_list", _("Series"), []),
        ("site:season", _("Season"), [season.year, season.season.value]),
        ("site:week", _("Week"), [publication.week(at)]),
        ("site:my_shows", _("My shows"), []),
        ("site:search", _("Search"), []),
    ):
        url = reverse(name, args=places)
        yield Link(name.split(":")[1], label, url, path == url)
