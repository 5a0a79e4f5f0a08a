"""The manuscript of a working copy: its fields, one passage for each paragraph."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from coverage.newsroom.models import Picture
from reviews.copydesk.manuscript import Link, Manuscript, NamedCredit, Part, Passage, Place
from reviews.importing.article import Paragraph
from reviews.importing.credits import find_credits
from reviews.importing.lines import Line
from reviews.importing.matching import number_of
from reviews.markup import pictures_in, plain
from reviews.markup.document import TEXT_BLOCKS, Block, Leaf
from reviews.markup.reading import read
from reviews.models import Edition, Review
from reviews.models.content import PART_PROSE, PROSE, PartContent

type Piece = Review | Edition


def manuscript_of(review: Review, edition: Edition | None = None) -> Manuscript:
    """What the copy desk reads of a working copy, or of one of its editions; a passage's line is its
    paragraph's number in the field."""
    piece = edition or review
    parts = list(piece.parts.select_related("episode", "last_episode"))
    return manuscript_from(review, piece, parts, pictures_in_order(piece, parts))


def manuscript_from(
    review: Review, piece: Piece, parts: Sequence[PartContent], pictures: Iterable[Picture]
) -> Manuscript:
    """The same of what needn't be saved: a content, its parts, and the pictures that it shows."""
    texts = _Texts(review.series.title if review.series else None)
    for name in PROSE:
        texts.add(name, getattr(piece, name))
    for part in parts:
        for name in PART_PROSE:
            texts.add(f"{part.anchor}-{name}", getattr(part, name), part.episode.number)
    shown = list(pictures)
    for picture in shown:
        texts.add_picture(picture)
    return Manuscript(
        (*_spoiler_free(review, piece), *texts.alternatives, *texts.passages),
        tuple(map(_part, parts)),
        tuple(texts.credits),
        tuple(texts.links),
        tuple(_lacks(piece, shown)),
        tuple(texts.spoilers),
    )


def pictures_in_order(piece: Piece, parts: Iterable[PartContent]) -> list[Picture]:
    """The lead and the stills of the text, as it comes to them; one query at the most."""
    texts = [getattr(piece, name) for name in PROSE]
    texts += [getattr(part, name) for part in parts for name in PART_PROSE]
    named = [key for text in texts for key in pictures_in(text)]
    keys = list(dict.fromkeys([*([piece.lead_picture_id] if piece.lead_picture_id else []), *named]))
    found = Picture.objects.in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


class _Texts:
    """What the prose of all fields comes to."""

    def __init__(self, series: str | None) -> None:
        self.series = series
        self.passages: list[Passage] = []
        self.alternatives: list[Passage] = []
        self.credits: list[NamedCredit] = []
        self.links: list[Link] = []
        self.spoilers: list[str] = []

    def add(self, field: str, html: str, episode: str = "") -> None:
        """Take in one field's prose; `episode` is the number of the one that it is about."""
        for number, (block, is_hidden) in enumerate(text_blocks(read(html)), 1):
            text = "".join(leaf.text for leaf in block.leaves)
            self.spoilers += [text] if is_hidden else []
            passage = Passage(text, Place.PROSE, ((0, number, 1),), field)
            self.passages.append(passage)
            self._add_marked(passage, block.leaves)
            found, _doubts = find_credits([Paragraph((Line(number, text),))], self.series, episode=episode)
            self.credits += [
                NamedCredit(each.person, each.role, passage, number_of(each.on_episode)) for each in found
            ]

    def add_picture(self, picture: Picture) -> None:
        """What is said of a picture. A spoiling one's words stay behind its warning, as its picture does."""
        alt = Passage(
            picture.alt, Place.PROSE if picture.spoils else Place.ALT, field=f"picture-{picture.pk}"
        )
        caption = Passage(picture.caption, Place.PROSE, field=f"picture-{picture.pk}-caption")
        if picture.spoils:
            self.spoilers += [alt.text, caption.text]
            self.passages.append(alt)
        else:
            self.alternatives.append(alt)
        self.passages.append(caption)

    def _add_marked(self, passage: Passage, leaves: Iterable[Leaf]) -> None:
        at = 0
        for leaf in leaves:
            if leaf.is_spoiler:
                self.spoilers.append(leaf.text)
            self.links += [Link(mark.value, passage, at) for mark in leaf.marks if mark.name == "link"]
            at += len(leaf.text)


def text_blocks(block: Block, *, is_hidden: bool = False) -> Iterator[tuple[Block, bool]]:
    """Every text block in reading order, and whether a spoiler block holds it."""
    if block.tag in TEXT_BLOCKS:
        yield block, is_hidden
    for inner in block.blocks:
        yield from text_blocks(inner, is_hidden=is_hidden or block.is_spoiler)


def _spoiler_free(review: Review, piece: Piece) -> Iterator[Passage]:
    """The slug is the review's own: no edition freezes it."""
    for place in (Place.HEADLINE, Place.STANDFIRST, Place.SLUG):
        holder = review if place is Place.SLUG else piece
        yield Passage(getattr(holder, place.value), place, field=place.value)


def _part(part: PartContent) -> Part:
    numbers = [part.episode.number, *([part.last_episode.number] if part.last_episode else [])]
    return Part(
        Passage(part.label, Place.HEADING, field=part.anchor),
        tuple(number for printed in numbers if (number := number_of(printed)) is not None),
        has_verdict=bool(plain(part.verdict).strip()),
        is_rated=part.stars is not None,
    )


def _lacks(piece: Piece, pictures: Iterable[Picture]) -> Iterator[tuple[str, str, Passage]]:
    """What no piece goes out without, as `rules.missing` has it too."""
    if not piece.standfirst.strip():
        yield "standfirst", _("no standfirst"), Passage("", Place.STANDFIRST, field="standfirst")
    if not piece.spoiler_level:
        yield "spoiler horizon", _("it doesn't say how much it spoils"), Passage("", field="spoiler_level")
    for picture in pictures:
        if not picture.alt.strip():
            yield "text alternative", _("a picture without one"), Passage("", field=f"picture-{picture.pk}")
