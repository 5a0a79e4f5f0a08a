"""The manuscript of an article in a file: its source lines, as the importer understood them."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from reviews.copydesk.manuscript import Manuscript, NamedCredit, Part, Passage, Place
from reviews.importing.article import Article, Field, Kind, Paragraph, Section
from reviews.importing.ledger import paragraphs
from reviews.importing.lines import Line
from reviews.importing.matching import numbers_in

_PLACES = {
    Field.TITLE: Place.LABEL,
    Field.BYLINE: Place.LABEL,
    Field.INFO: Place.LABEL,
    Field.CREDITS: Place.LABEL,
    Field.RATING: Place.LABEL,
    Field.HEADING: Place.HEADING,
}


def manuscript_of(article: Article) -> Manuscript:
    """What the copy desk reads of an article that the importer has read."""
    passages = tuple(_passages(article))
    by_line = {line: passage for passage in passages for _offset, line, _column in passage.starts}
    first = passages[0] if passages else Passage("")
    return Manuscript(
        passages,
        tuple(_part(section, article.kind, by_line.get(section.line, first)) for section in article.sections),
        tuple(
            NamedCredit(
                credit.person, credit.role, by_line.get(credit.line, first), _single(credit.on_episode)
            )
            for credit in article.credits
        ),
    )


def _passages(article: Article) -> Iterator[Passage]:
    lines = [line for line in article.lines if line.text]
    for field, run in groupby(lines, lambda line: article.fields.get(line.number)):
        for paragraph in paragraphs(run):
            place = _PLACES.get(field, Place.PROSE) if field else Place.PROSE
            if field is Field.TITLE and article.headline and paragraph.text.strip("#* ") == article.headline:
                place = Place.HEADLINE
            yield Passage(paragraph.text, place, tuple(_starts(paragraph)))


def _starts(paragraph: Paragraph) -> Iterator[tuple[int, int, int]]:
    offset = 0
    for line in paragraph.lines:
        yield offset, line.number, _column(line)
        offset += len(line.text) + 1


def _column(line: Line) -> int:
    return len(line.raw) - len(line.raw.lstrip()) + 1


def _part(section: Section, kind: Kind, heading: Passage) -> Part:
    rating = section.rating
    return Part(
        heading,
        tuple(numbers_in(section.episodes)),
        section.title or "",
        section.title_native or "",
        needs_rating=kind is not Kind.PREVIEW,
        is_rated=rating is not None,
        rating=rating.raw if rating else "",
        stars=rating.stars if rating else None,
        has_verdict=bool(section.verdict),
    )


def _single(printed: str) -> Decimal | None:
    numbers = numbers_in(printed)
    return numbers[0] if len(numbers) == 1 else None
