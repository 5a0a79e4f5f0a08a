"""Studios: whose shows we cover."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.moved import redirect_to_renamed
from coverage.newsroom.pages import Crumb, Page
from reviews import structured_data
from reviews.cards import plain_line
from reviews.ratings import with_average
from series.models import Series, SeriesStudio, Studio


@dataclass(frozen=True)
class Listed:
    """A studio in the index, with the titles of its shows, the newest first."""

    studio: Studio
    shows: list[str]


@require_safe
def studios(request: NewsroomRequest) -> HttpResponse:
    """Every studio with a show that readers may see. Context: page, studios ([Listed])."""
    titles = _titles(request.now)
    found = Studio.objects.public(request.now).order_by(Lower("name"), "pk")
    page = Page(path=request.path, title=_("Studios"), description=_("Every studio whose shows we cover."))
    listed = [Listed(each, titles.get(each.pk, [])) for each in found]
    return render(request, "site/studios.html", {"page": page, "studios": listed})


@require_safe
def studio(request: NewsroomRequest, slug: str) -> HttpResponse:
    """One studio.

    Context: page, studio, as_main and beside_others (Series with average and rated_count, the newest first).
    """
    found = Studio.objects.public(request.now)
    house = found.filter(slug=slug).first()
    if house is None:
        return redirect_to_renamed(request, found, slug)
    public = Series.objects.public(request.now).filter(studio_links__studio=house)
    shows = list(
        with_average(public.for_list(), request.now)
        .annotate(is_main=F("studio_links__is_main"))
        .order_by(F("premieres_on").desc(nulls_last=True), "title", "pk")
    )
    context = {
        "page": _page(house, [show.title for show in shows]),
        "studio": house,
        "as_main": [show for show in shows if show.is_main],
        "beside_others": [show for show in shows if not show.is_main],
    }
    return render(request, "site/studio.html", context)


def _titles(at: datetime) -> dict[int, list[str]]:
    """The titles of each studio's public shows, the newest first."""
    shows = Series.objects.public(at).filter(pk=OuterRef("series"))
    links = SeriesStudio.objects.filter(Exists(shows))
    newest = F("series__premieres_on").desc(nulls_last=True)
    titles: dict[int, list[str]] = {}
    for pk, title in links.order_by(newest, "series__title", "pk").values_list("studio", "series__title"):
        titles.setdefault(pk, []).append(title)
    return titles


def _page(house: Studio, titles: list[str]) -> Page:
    return Page(
        path=house.get_absolute_url(),
        title=plain_line(house.name),
        description=plain_line(
            _("%(studio)s: %(shows)s.") % {"studio": house.name, "shows": ", ".join(titles)}
        ),
        trail=(Crumb(_("Studios"), reverse("site:studios")),),
        nodes=(structured_data.studio(house),),
    )
