"""Where on a piece a note belongs, through every edit: by how its paragraph begins, then by its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reviews.markup import paragraphs
from reviews.models import EpisodeReview, Note, Review
from reviews.models.content import PART_PROSE, PROSE
from reviews.models.notes import MOST_QUOTED


@dataclass(frozen=True)
class Text:
    """One text of a piece: its name (see `Note`), what the desk calls it, how each paragraph begins."""

    name: str
    label: str
    beginnings: Sequence[str]

    def places(self) -> "Iterator[Place]":
        for number, beginning in enumerate(self.beginnings, 1):
            if beginning:
                yield Place(self, number, beginning)


@dataclass(frozen=True)
class Place:
    """A paragraph, counted from 1; `has_changed`: none begins any more as it did."""

    text: Text
    number: int
    beginning: str
    has_changed: bool = False

    @property
    def key(self) -> str:
        """As a form's choice."""
        return f"{self.text.name}:{self.number}"

    @property
    def words(self) -> str:
        """“Introduction, paragraph 2”."""
        return _("%(text)s, paragraph %(number)d") % {"text": self.text.label, "number": self.number}


@dataclass(frozen=True)
class Placed:
    """A note, and where it stands now; None: on the whole piece."""

    note: Note
    place: Place | None


def texts_of(review: Review) -> list[Text]:
    """The texts of the working copy in their order on the form."""
    parts = review.parts.select_related("episode", "last_episode", "reviewer")
    found = [_text(review, name) for name in PROSE if name == "introduction"]
    found += [_text_of_part(part, name) for part in parts for name in PART_PROSE]
    return found + [_text(review, name) for name in PROSE if name != "introduction"]


def _text(review: Review, name: str) -> Text:
    label = review._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a column
    return Text(name, capfirst(str(label)), _beginnings(getattr(review, name)))


def _text_of_part(part: EpisodeReview, name: str) -> Text:
    field = part._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a column
    return Text(f"{part.anchor}-{name}", f"{part}: {field}", _beginnings(getattr(part, name)))


def _beginnings(html: str) -> list[str]:
    return [" ".join(text.split())[:MOST_QUOTED].rstrip() for text in paragraphs(html)]


def placed(notes: Sequence[Note], texts: Sequence[Text]) -> list[Placed]:
    by_name = {text.name: text for text in texts}
    return [Placed(note, _place(note, by_name)) for note in notes]


def _place(note: Note, texts: dict[str, Text]) -> Place | None:
    if not note.text_name or note.paragraph is None:
        return None
    text = texts.get(note.text_name)
    if text is None:
        return Place(Text(note.text_name, _("A text that is gone"), []), note.paragraph, note.quote, True)
    # The same beginning may stand there twice: the nearest to where it stood is it.
    same = [place for place in text.places() if place.beginning == note.quote]
    if same:
        return min(same, key=lambda place: abs(place.number - (note.paragraph or 0)))
    return Place(text, note.paragraph, note.quote, True)
