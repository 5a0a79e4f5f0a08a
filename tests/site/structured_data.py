"""Checks a page's JSON-LD against the properties that Google's documentation names, as we know it.

Compare with developers.google.com/search/docs/appearance/structured-data when something is doubtful:
review-snippet, breadcrumb, movie, profile-page, organization, logo, site-names, image-license-metadata.
What only helps is asked for too wherever a page of ours always has it.
"""

import json
from datetime import date, datetime

from lxml import html

REQUIRED = {
    "BreadcrumbList": ("itemListElement",),
    "ImageObject": ("url",),
    "ListItem": ("position", "name", "item"),
    "Movie": ("name", "url"),
    "Organization": ("name", "url"),
    "Person": ("name", "url"),
    "ProfilePage": ("mainEntity",),
    "Rating": ("ratingValue", "bestRating", "worstRating"),
    "Review": ("author", "itemReviewed", "reviewRating", "datePublished", "publisher", "name", "url"),
    "TVEpisode": ("name", "partOfSeries"),
    "TVSeries": ("name", "url"),
    "WebSite": ("name", "url"),
}
# Of the kinds that Google shows reviews of, those that we write about (an episode, a series, a film).
REVIEWED = {"Movie", "TVEpisode", "TVSeries"}
LONGEST_AUTHOR = 100
DATES = ("datePublished", "dateModified", "dateCreated", "startDate")
ADDRESSES = ("url", "contentUrl", "item")


def structured_data_errors(page: str) -> list[str]:
    """What is wrong with the JSON-LD of a page's HTML, in a line each."""
    errors = []
    for block in html.fromstring(page).xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(block)
        except json.JSONDecodeError as error:
            errors.append(f"not JSON: {error}")
            continue
        if data.get("@context") != "https://schema.org":
            errors.append("not in schema.org's context")
        for node in data.get("@graph", [data]):
            errors += _node_errors(node)
    return errors


def _node_errors(node: dict) -> list[str]:
    kind = node.get("@type", "")
    if kind not in REQUIRED:
        return [f"a node of an unknown type: {kind!r}"]
    errors = [f"{kind} without {name}" for name in REQUIRED[kind] if node.get(name) in (None, "", [])]
    errors += [f"{kind}: {name} is empty" for name, value in node.items() if value in (None, "", [], {})]
    errors += [f"{kind}: {name} is no date: {node[name]}" for name in DATES if not _is_date(node.get(name))]
    errors += [
        f"{kind}: {name} is not absolute: {node[name]}"
        for name in ADDRESSES
        if not str(node.get(name, "https://")).startswith(("https://", "http://"))
    ]
    errors += SPECIAL.get(kind, lambda node: [])(node)
    for value in node.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                errors += _node_errors(inner)
    return errors


def _is_date(value: str | None) -> bool:
    if value is None:
        return True
    try:
        if "T" not in value:
            return bool(date.fromisoformat(value))
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _review_errors(node: dict) -> list[str]:
    errors = []
    authors = node.get("author", [])
    for author in authors if isinstance(authors, list) else [authors]:
        if author.get("@type") not in ("Person", "Organization"):
            errors.append("Review: an author who is neither a person nor an organisation")
        if len(author.get("name", "")) >= LONGEST_AUTHOR:
            errors.append("Review: an author's name is too long to be shown")
    if node.get("itemReviewed", {}).get("@type") not in REVIEWED:
        errors.append("Review of something that Google shows no reviews of")
    return errors


def _rating_errors(node: dict) -> list[str]:
    value, best, worst = (node.get(name) for name in ("ratingValue", "bestRating", "worstRating"))
    known = all(isinstance(number, int | float) for number in (value, best, worst))
    return [] if known and worst <= value <= best else [f"Rating: {value} of {worst} to {best}"]


def _breadcrumb_errors(node: dict) -> list[str]:
    items = node.get("itemListElement", [])
    positions = [item.get("position") for item in items]
    errors = [] if len(items) > 1 else ["BreadcrumbList: needs two steps"]
    if positions != [*range(1, len(items) + 1)]:
        errors.append(f"BreadcrumbList: steps {positions}")
    return errors


SPECIAL = {"Review": _review_errors, "Rating": _rating_errors, "BreadcrumbList": _breadcrumb_errors}
