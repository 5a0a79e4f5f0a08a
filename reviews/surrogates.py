"""The names by which shared caches know pages, and which of them a piece turns over.

A page carries its names (`Surrogate-Key`, which Cloudflare calls `Cache-Tag`); what changes a piece purges
those of `names_of`. A page of one piece has a name of its own; whatever may show several is called `lists`,
so that a kind of page that nobody thought of here is purged too often rather than too rarely.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from reviews.models import Release
from series.models import Series

HEADER, CLOUDFLARE_HEADER = "Surrogate-Key", "Cache-Tag"
LISTS = "lists"

# Of these a change of a piece changes nothing; their addresses change when their content does.
_OF_THEIR_OWN = frozenset(
    {"site:robots", "site:favicon", "site:media", "site:rendition", "site:card", "site:flatpage"}
)
_OF_A_SERIES = frozenset({"site:series", "reviews:series", "site:series_feed", "site:series_feed_json"})


def of_page(name: str, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the page at the URL `name` with these arguments, such as ("lists", "series-red")."""
    if name == "reviews:detail":
        return (_piece(arguments["slug"]),)
    if name in _OF_THEIR_OWN:
        return (_short(name),)
    names = (LISTS, _short(name))
    return (*names, _show(arguments["slug"])) if name in _OF_A_SERIES else names


def headers_of(names: tuple[str, ...]) -> dict[str, str]:
    """As nginx, Varnish or Fastly read them, and as Cloudflare does."""
    return {HEADER: " ".join(names), CLOUDFLARE_HEADER: ",".join(names)}


def names_of(release: Release) -> tuple[str, ...]:
    """What is turned over when the piece goes live, changes or is withdrawn.

    Its own page, the pages that lead to it as their neighbour, and every list.
    """
    beside = Release.objects.about(shows_of(release)).exclude(pk=release.pk)
    slugs = beside.order_by("-publish_at").values_list("review__slug", flat=True)
    return (LISTS, _piece(release.review.slug), *(_piece(slug) for slug in slugs[:MOST_NEIGHBOURS]))


# Far more than a show has pieces; a page that is left out is stale for a minute at most.
MOST_NEIGHBOURS = 200


def paths_of(release: Release) -> list[str]:
    """The addresses that show the piece first, for caches that know pages by nothing else."""
    fixed = ("site:front", "reviews:list", "site:corrections", "site:series_list", "site:feed",
             "site:feed_json", "site:sitemap", "site:news_sitemap", "site:my_shows_json")  # fmt: skip
    lists = [reverse(name) for name in fixed]
    shows = list(shows_of(release))
    of_series = [reverse(name, args=[show.slug]) for show in shows for name in sorted(_OF_A_SERIES)]
    return [release.get_absolute_url(), *lists, *of_series, *_of_its_critics(release)]


def feeds_of(release: Release) -> list[str]:
    """The paths of all feeds that the piece stands in."""
    names = ("feed", "feed_json")
    whole = [reverse(f"site:{name}") for name in names]
    of_series = [
        reverse(f"site:series_{name}", args=[show.slug]) for show in shows_of(release) for name in names
    ]
    return [*whole, *of_series, *(path for path in _of_its_critics(release) if "feed" in path)]


def _of_its_critics(release: Release) -> Iterator[str]:
    slugs = set(release.review.bylines.values_list("reviewer__slug", flat=True))
    slugs |= set(
        release.edition.parts.filter(reviewer__isnull=False).values_list("reviewer__slug", flat=True)
    )
    for slug in sorted(slugs):
        for name in ("reviewer", "reviewer_feed", "reviewer_feed_json"):
            yield reverse(f"site:{name}", args=[slug])


def shows_of(release: Release) -> QuerySet[Series]:
    """The series that the piece is about."""
    of_parts = release.edition.parts.order_by().values("episode__series")
    found = Series.objects.filter(pk__in=of_parts) | Series.objects.filter(pk=release.review.series_id or 0)
    return found.order_by("pk")


def _piece(slug: str) -> str:
    return f"review-{slug}"


def _show(slug: str) -> str:
    return f"series-{slug}"


def _short(name: str) -> str:
    return name.rpartition(":")[2]
