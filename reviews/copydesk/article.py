"""The manuscript of an article in a file: its source lines, as the importer understood them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from reviews.copydesk.manuscript import Link, Manuscript, NamedCredit, OddRating, Part, Passage, Place
from reviews.copydesk.untagged import Untagged, untagged
from reviews.importing import parse_article
from reviews.importing.article import Article, Field, Kind, Paragraph, Rating, Section
from reviews.importing.ledger import paragraphs
from reviews.importing.lines import Line
from reviews.importing.matching import numbers_in
from reviews.importing.ratings import HOUSE_SCALE

_PLACES = {
    Field.TITLE: Place.LABEL,
    Field.BYLINE: Place.LABEL,
    Field.INFO: Place.LABEL,
    Field.CREDITS: Place.LABEL,
    Field.RATING: Place.LABEL,
    Field.HEADING: Place.HEADING,
}


# A picture in Markdown: its text alternative, and where it lies.
_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^()\s]*)[^()\n]*\)")
type _Read = list[tuple[Passage, Paragraph]]


def manuscript_of(text: str) -> Manuscript:
    """What the copy desk reads of an article in a file, plain, Markdown or HTML."""
    source = untagged(text)
    article = parse_article(source.text)
    offsets = _offsets(article)
    read = [*_passages(article, source, offsets)]
    by_line = {line.number: passage for passage, paragraph in read for line in paragraph.lines}
    passages = tuple(passage for passage, _paragraph in read)
    pictures = [*_pictures(passages)]
    return Manuscript(
        (*(_without_pictures(each) for each in passages), *(alt for alt in pictures if alt.text)),
        tuple(_part(section, article.kind, by_line) for section in article.sections),
        tuple(
            NamedCredit(credit.person, credit.role, by_line[credit.line], _single(credit.on_episode))
            for credit in article.credits
        ),
        tuple(_links(source, read, offsets)),
        lacks=(*_lacks(article, passages), *_unseen(pictures)),
    )


def _offsets(article: Article) -> dict[int, int]:
    """Where each line begins, by its number."""
    offsets, at = {}, 0
    for line in article.lines:
        offsets[line.number] = at
        at += len(line.raw) + 1
    return offsets


def _passages(
    article: Article, source: Untagged, offsets: Mapping[int, int]
) -> Iterator[tuple[Passage, Paragraph]]:
    lines = [line for line in article.lines if line.text]
    for field, run in groupby(lines, lambda line: article.fields.get(line.number)):
        for paragraph in paragraphs(run):
            place = _PLACES.get(field, Place.PROSE) if field else Place.PROSE
            if field is Field.TITLE and article.headline and paragraph.text.strip("#* ") == article.headline:
                place = Place.HEADLINE
            yield Passage(paragraph.text, place, tuple(_starts(paragraph, source, offsets))), paragraph


def _starts(
    paragraph: Paragraph, source: Untagged, offsets: Mapping[int, int]
) -> Iterator[tuple[int, int, int]]:
    offset = 0
    for line in paragraph.lines:
        start = offsets[line.number] + _indent(line)
        for at in source.breaks(start, start + len(line.text)):
            yield offset + at - start, *source.place(at)
        offset += len(line.text) + 1


def _indent(line: Line) -> int:
    return len(line.raw) - len(line.raw.lstrip())


def _pictures(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The text alternatives of the pictures."""
    for passage in passages:
        for match in _PICTURE.finditer(passage.text):
            yield Passage(match[1].strip(), Place.ALT, ((0, *passage.at(match.start(1))),))


def _without_pictures(passage: Passage) -> Passage:
    text = _PICTURE.sub(lambda match: " " * len(match[0]), passage.text)
    return passage if text == passage.text else replace(passage, text=text)


def _unseen(pictures: Sequence[Passage]) -> Iterator[tuple[str, str, Passage]]:
    for alt in pictures:
        if not alt.text:
            yield "text alternative", _("a picture without one"), alt


def _links(source: Untagged, read: _Read, offsets: Mapping[int, int]) -> Iterator[Link]:
    for address, offset in source.links:
        for passage, paragraph in read:
            line = next((each for each in paragraph.lines if _holds(each, offset, offsets)), None)
            if line:
                start = offset - offsets[line.number] - _indent(line)
                yield Link(address, passage, max(start, 0))
                break


def _holds(line: Line, offset: int, offsets: Mapping[int, int]) -> bool:
    return offsets[line.number] <= offset <= offsets[line.number] + len(line.raw)


def _part(section: Section, kind: Kind, by_line: Mapping[int, Passage]) -> Part:
    return Part(
        by_line[section.line],
        tuple(numbers_in(section.episodes)),
        section.title or "",
        section.title_native or "",
        needs_rating=kind is not Kind.PREVIEW,
        is_rated=section.rating is not None,
        has_verdict=bool(section.verdict),
        odd_rating=_odd_rating(section.rating, by_line),
    )


def _odd_rating(rating: Rating | None, by_line: Mapping[int, Passage]) -> OddRating | None:
    """Unrated on purpose is no rating on another scale."""
    if rating is None or rating.scale == HOUSE_SCALE or (rating.value is None and not rating.doubt):
        return None
    return OddRating(rating.raw, rating.stars, by_line[rating.line]) if rating.line in by_line else None


def _lacks(article: Article, passages: Sequence[Passage]) -> Iterator[tuple[str, str, Passage]]:
    """A file has no field for a standfirst; how much it spoils it can say."""
    if passages and article.kind is not Kind.PREVIEW and article.spoilers is None:
        yield "spoiler horizon", _("it doesn't say how much it spoils"), passages[0]


def _single(printed: str) -> Decimal | None:
    numbers = numbers_in(printed)
    return numbers[0] if len(numbers) == 1 else None
