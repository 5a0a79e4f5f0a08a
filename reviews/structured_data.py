"""schema.org for what is covered and for what is said about it.

A piece is a Review of each thing that it rates, by the critic who rates it. A show gets no AggregateRating:
Google takes one for what a site's users think, and our mean is of our own critics.
"""

from typing import Any

from django.templatetags.static import static

from coverage.newsroom.models import Publication
from coverage.newsroom.pages import Author, Node, absolute
from coverage.newsroom.pictures.renditions import Crop
from coverage.newsroom.structured_data import image
from reviews.cards import Card, Rating, Subject, plain_line
from reviews.models import Reviewer
from series.models import Person, Series, Studio


def house(publication: Publication) -> tuple[Node, ...]:
    """The front page's: the paper and its site. Search engines take the site's name from here."""
    site = {"@type": "WebSite", "name": plain_line(publication.name), "url": absolute("/")}
    return site, publisher(publication)


def publisher(publication: Publication) -> Node:
    logo = {"@type": "ImageObject", "url": absolute(static("img/favicon.svg"))}
    name = plain_line(publication.name)
    return {"@type": "Organization", "name": name, "url": absolute("/"), "logo": logo}


def reviews_of(card: Card, publication: Publication) -> tuple[Node, ...]:
    """A Review of a TVEpisode of a TVSeries for each rated part; of a Movie where it is a film."""
    return tuple(_review(card, rating, publication) for rating in card.ratings)


def show(series: Series) -> Node:
    """A series' own page: needs `for_page()`."""
    node = _work(series.is_film, plain_line(series.title), series.get_absolute_url())
    first = series.premieres_on
    names = {plain_line(name) for name in (series.title_native, series.title_romaji)} - {"", node["name"]}
    facts: dict[str, Any] = {
        "alternateName": sorted(names),
        "description": plain_line(series.synopsis),
        "image": image(series.picture) if series.picture else None,
        "dateCreated" if series.is_film else "startDate": first and first.isoformat(),
        "numberOfEpisodes": None if series.is_film else series.episode_count,
    }
    return node | {name: value for name, value in facts.items() if value}


def critic(reviewer: Reviewer, publication: Publication) -> Node:
    """A reviewer's own page: needs the portrait."""
    person = _person(Author(plain_line(reviewer.byline), reviewer.get_absolute_url()))
    if reviewer.bio:
        person["description"] = plain_line(reviewer.bio)
    if reviewer.portrait:
        person["image"] = image(reviewer.portrait, Crop.SQUARE)
    person["worksFor"] = publisher(publication)
    return {"@type": "ProfilePage", "url": person["url"], "mainEntity": person}


def maker(person: Person) -> Node:
    """Who made something that we cover."""
    return _person(Author(plain_line(person.name), person.get_absolute_url())) | _native(person.name_native)


def studio(house: Studio) -> Node:
    name, address = plain_line(house.name), absolute(house.get_absolute_url())
    return {"@type": "Organization", "name": name, "url": address} | _native(house.name_native)


def _native(name: str) -> Node:
    return {"alternateName": plain_line(name)} if name else {}


def _person(author: Author) -> Node:
    return {"@type": "Person", "name": author.name, "url": author.url}


def _review(card: Card, rating: Rating, publication: Publication) -> Node:
    node = {
        "@type": "Review",
        "url": absolute(card.path),
        "name": card.headline,
        "description": card.standfirst,
        "author": [_person(author) for author in rating.authors],
        "publisher": publisher(publication),
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
    return node | {"image": image(card.picture)} if card.picture else node


def _item(subject: Subject) -> Node:
    work = _work(subject.is_film, subject.series, subject.series_path)
    if subject.is_film or not subject.episode:
        return work
    episode: Node = {"@type": "TVEpisode", "name": subject.episode}
    if subject.number:
        episode["episodeNumber"] = subject.number
    return episode | {"partOfSeries": work}


def _work(is_film: bool, name: str, path: str) -> Node:
    return {"@type": "Movie" if is_film else "TVSeries", "name": name, "url": absolute(path)}
