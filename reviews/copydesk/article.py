"""The manuscript of an article in a file: its source lines, as the importer understood them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from reviews.copydesk.manuscript import Manuscript, NamedCredit, OddRating, Part, Passage, Place
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


def manuscript_of(article: Article) -> Manuscript:
    """What the copy desk reads of an article that the importer has read."""
    passages = tuple(_passages(article))
    by_line = {line: passage for passage in passages for _offset, line, _column in passage.starts}
    return Manuscript(
        passages,
        tuple(_part(section, article.kind, by_line) for section in article.sections),
        tuple(
            NamedCredit(credit.person, credit.role, by_line[credit.line], _single(credit.on_episode))
            for credit in article.credits
        ),
        lacks=tuple(_lacks(article, passages)),
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
