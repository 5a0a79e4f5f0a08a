"""What a page tells machines in schema.org's words: its nodes, and where it stands, as JSON-LD."""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from coverage.newsroom.models import Picture
from coverage.newsroom.pages import Node, Page, Preview, absolute
from coverage.newsroom.pictures.renditions import Crop

# A data block ends at the first "</script", whatever JSON thinks of it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def of_page(page: Page) -> SafeString:
    """A data block for a page's head, empty where it has nothing to say. Browsers don't execute it."""
    nodes = [*page.nodes, *_breadcrumb(page)]
    if not nodes:
        return SafeString("")
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  # escaped


def image(picture: Picture, crop: Crop = Crop.WIDE) -> Node:
    """A picture that doesn't spoil; its credit is what Google's image results name."""
    preview = Preview.of(picture, crop)
    node: Node = {"@type": "ImageObject", "url": preview.url, "contentUrl": preview.url}
    if preview.width and preview.height:
        node |= {"width": preview.width, "height": preview.height}
    node["caption"] = preview.alt
    return node | {"creditText": picture.credit} if picture.credit else node


def _breadcrumb(page: Page) -> list[Node]:
    """The way down to a page; nothing where it lies right below the front page."""
    if not page.trail:
        return []
    steps = [*((crumb.name, crumb.path) for crumb in page.trail), (page.title, page.path)]
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
        for position, (name, path) in enumerate(steps, start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]
