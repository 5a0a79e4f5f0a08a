"""schema.org for a piece: a Review of each thing that it rates, and nothing for the unrated."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from coverage.newsroom.models import Publication
from coverage.newsroom.pages import absolute
from reviews.cards import Card, Rating, Subject

Node = dict[str, Any]

# A data block ends at the first "</script", whatever JSON thinks of it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def reviews_of(card: Card, publication: Publication) -> list[Node]:
    """A Review of a TVEpisode of a TVSeries for each rated part; of a Movie where it is a film."""
    return [_review(card, rating, publication) for rating in card.ratings]


def script(nodes: list[Node]) -> SafeString:
    """A data block for a page's head, empty without nodes. Browsers don't execute it."""
    if not nodes:
        return SafeString("")
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  # escaped


def _review(card: Card, rating: Rating, publication: Publication) -> Node:
    return {
        "@type": "Review",
        "url": absolute(card.path),
        "name": card.headline,
        "description": card.standfirst,
        "author": [{"@type": "Person", "name": author} for author in rating.authors],
        "publisher": {"@type": "Organization", "name": publication.name, "url": absolute("/")},
        "datePublished": card.published.isoformat(),
        "dateModified": card.updated.isoformat(),
        "itemReviewed": _item(rating.subject),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": float(rating.stars),
            "bestRating": 5,
            "worstRating": 0.5,
        },
    }


def _item(subject: Subject) -> Node:
    show = {"name": subject.series, "url": absolute(subject.series_path)}
    if subject.is_film:
        return {"@type": "Movie"} | show
    if not subject.episode:
        return {"@type": "TVSeries"} | show
    episode: Node = {"@type": "TVEpisode", "name": subject.episode}
    if subject.number:
        episode["episodeNumber"] = subject.number
    return episode | {"partOfSeries": {"@type": "TVSeries"} | show}
