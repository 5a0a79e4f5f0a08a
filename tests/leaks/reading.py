"""Reads every registered surface as a reader does, and tells each word that stands where it mustn't."""

import re
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from itertools import islice
from unittest import mock

import time_machine
from django.test import Client
from lxml import html

from coverage.newsroom.search.query import Query
from coverage.site import feeds, surfaces
from coverage.site.search.names import NamesFound
from coverage.site.search.pieces import pieces_found
from reviews import listing, paging
from tests.leaks.newsroom import NOW, Newsroom, Published
from tests.leaks.pieces import FREE, NOTE, NOWHERE, PLACES, PROSE, SPOILER, Piece, word

WORD = re.compile(r"zq([a-z]+?)(\d+)x")
# What marked spoilers are closed in, and what warns of all the rest.
DISCLOSURE, NOTICE = "//details[contains(@class, 'spoiler')]", 'class="spoiler-notice'
FOR_MACHINES = "//script | //meta | //title | //template"
EVERYWHERE = frozenset(surface.name for surface in surfaces.every())
# Where a piece's free words have to be found, beside its own page.
LISTED = ("reviews:list", "site:feed")
SEARCHED = (FREE, PROSE)
# Our words are no names, and names are asked for at a price.
NOBODY = NamesFound()
STILL = re.compile(r"<figure[^>]*></figure>")
BLOCK = re.compile(r"</?(?:p|h\d|ul|ol|li|blockquote|div|br|hr)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")


def leaks(pieces: Iterable[Piece], on: Container[str] = EVERYWHERE) -> list[str]:
    """What is wrong once these pieces are live, a line each: on all surfaces, or on those named."""
    newsroom = Newsroom()
    published = [newsroom.publish(number, piece) for number, piece in enumerate(pieces, 1)]
    read = [surface for surface in surfaces.every() if surface.name in on]
    with time_machine.travel(NOW, tick=False), _lists_in_full(len(published)):
        on_surfaces = [wrong for surface in read for wrong in _on(surface, published)]
        return [*on_surfaces, *_in_search(published)]


@contextmanager
def _lists_in_full(length: int) -> Iterator[None]:
    """Every piece is read wherever it may be listed, however few a page or a feed holds."""
    with (
        mock.patch.object(feeds, "ENTRIES", length),
        mock.patch.object(listing, "PER_PAGE", length),
        mock.patch.object(paging, "PER_PAGE", length),
    ):
        yield


def _on(surface: surfaces.Surface, published: list[Published]) -> Iterator[str]:
    client = Client()
    own = {each.path: each for each in published}
    seen: set[tuple[str, int]] = set()
    for address in _worth_reading(surface):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8", "replace")
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            yield f"{address} answered {response.status_code}"
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        found = words_in(text) | words_in(headers)
        seen |= found
        if address in own:
            yield from _on_its_own_page(own[address], text)
            found = {(place, number) for place, number in found if number != own[address].number}
        yield from _not_free(found, f"{address} shows {{}}")
    if surface.name in LISTED:
        unseen = [each for each in published if (FREE.lower(), each.number) not in seen]
        yield from (f"{surface.name} doesn't show {word(FREE, each.number)}" for each in unseen)


def _in_search(published: list[Published]) -> Iterator[str]:
    """What stands outside spoilers finds its piece; what is hidden, noted or gone finds none."""
    for mine in published:
        written = _words_alone(mine)
        for place in PLACES:
            asked = word(place, mine.number)
            found = pieces_found(Query.of(asked), NOBODY, NOBODY, NOW)
            if place in SEARCHED and asked in written and not found:
                yield f"search doesn't find {mine.path} by {asked}"
            if place not in SEARCHED and found:
                yield f"search finds a piece by {asked}"


def _words_alone(mine: Published) -> set[str]:
    """What search has to find: not what is said of stills, nor what is glued to another word."""
    text = STILL.sub("", _written(mine))
    return set(TAG.sub("", BLOCK.sub(" ", text)).split())


def _worth_reading(surface: surfaces.Surface) -> Iterable[str]:
    """Every address; of pictures, which are drawn when they are asked for and show no words as text, two."""
    addresses = surface.addresses(NOW)
    return islice(addresses, 2) if surface.kind is surfaces.Kind.FILE else addresses


def _on_its_own_page(mine: Published, text: str) -> Iterator[str]:
    """Behind the warning, and what is marked inside a disclosure; nothing of it in what machines read."""
    before, _notice, after = text.partition(NOTICE)
    if not after:
        yield f"{mine.path} doesn't warn"
    yield from _not_free(words_in(before), f"{mine.path} shows {{}} before its warning")
    page = html.document_fromstring(text)
    for node in page.xpath(FOR_MACHINES):
        told = html.tostring(node, encoding="unicode", with_tail=False)
        yield from _not_free(words_in(told), f"{mine.path} tells machines {{}}")
    closed = "".join(
        html.tostring(node, encoding="unicode", with_tail=False) for node in page.xpath(DISCLOSURE)
    )
    for node in page.xpath(DISCLOSURE):
        node.drop_tree()
    in_the_open = html.tostring(page, encoding="unicode")
    if word(SPOILER, mine.number) in in_the_open:
        yield f"{mine.path} shows {word(SPOILER, mine.number)} in the open"
    if word(NOWHERE, mine.number) in text:
        yield f"{mine.path} shows {word(NOWHERE, mine.number)}"
    yield from _missing(mine, in_the_open, closed)


def _not_free(found: set[tuple[str, int]], sentence: str) -> Iterator[str]:
    for place, number in sorted(found):
        if place != FREE.lower():
            yield sentence.format(word(place, number))


def _missing(mine: Published, in_the_open: str, closed: str) -> Iterator[str]:
    """What readers are to get, they get."""
    expected = {FREE: in_the_open, PROSE: in_the_open, SPOILER: closed, NOTE: in_the_open}
    written = _written(mine)
    for place, where in expected.items():
        wanted = word(place, mine.number)
        if wanted in written and wanted not in where:
            yield f"{mine.path} lacks {wanted}"


def _written(mine: Published) -> str:
    piece = mine.piece
    texts = [word(FREE, mine.number), piece.introduction, piece.conclusion, piece.verdict]
    return "\n".join([*texts, word(NOTE, mine.number) if piece.correction else ""])


def words_in(text: str) -> set[tuple[str, int]]:
    """(place, number of the piece) of every word of ours in a text."""
    return {(place, int(number)) for place, number in WORD.findall(text)}
