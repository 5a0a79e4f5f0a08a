"""What a page says about itself to machines: its head, and its structured data."""

import json
from collections.abc import Iterator
from typing import Any

from tests.audit.answers import Answer, Finding
from tests.audit.feeds import is_absolute

# What Google asks of a Review snippet:
# developers.google.com/search/docs/appearance/structured-data/review-snippet
REVIEW = ("author", "itemReviewed", "reviewRating")


def page_data_findings(answer: Answer) -> list[Finding]:
    """Of a page that answered 200."""
    found = [Finding(answer.path, "head", what) for what in _head_errors(answer)]
    return found + [Finding(answer.path, "data", what) for what in _data_errors(answer)]


def _head_errors(answer: Answer) -> Iterator[str]:
    canonical = answer.tree.xpath("//head/link[@rel='canonical']/@href")
    if len(canonical) != 1 or not is_absolute(canonical[0]):
        yield f"names {len(canonical)} canonical addresses: {', '.join(canonical)}"
    if not (answer.tree.findtext(".//title") or "").strip():
        yield "has no title"


def _data_errors(answer: Answer) -> Iterator[str]:
    for block in answer.tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            graph = json.loads(block)
        except json.JSONDecodeError as error:
            yield f"structured data can't be read: {error}"
            continue
        for node in graph.get("@graph", [graph]):
            yield from _node_errors(node)


def _node_errors(node: dict[str, Any]) -> Iterator[str]:
    if not node.get("@type"):
        yield "structured data of no type"
    if node.get("@type") == "Review":
        yield from (f"a Review without {name}" for name in REVIEW if not node.get(name))
