"""What an article consists of. Everything remembers the line, counted from 1, that it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from reviews.importing.lines import Line

type Scale = int | float | Literal["letter", "word"]


class Kind(StrEnum):
    """What sort of piece it is; the values are those of the JSON contract and of Review.kind."""

    WEEKLY = "weekly"
    PREVIEW = "preview"
    SEASON = "season"
    FEATURE = "feature"
    ROUNDUP = "roundup"


class Field(StrEnum):
    """Where a source line went; the desk colours the source by it."""

    TITLE = "title"
    BYLINE = "byline"
    INFO = "info"
    SPOILERS = "spoilers"
    INTRO = "intro"
    HEADING = "heading"
    RATING = "rating"
    CREDITS = "credits"
    BODY = "body"
    VERDICT = "verdict"
    OUTRO = "outro"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as printed; one that the writer's program broke into several lines is one again."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The printed words, outer blanks dropped and nothing else."""
        return " ".join(line.text for line in self.lines)

    @property
    def line(self) -> int:
        """The first of its source lines."""
        return self.lines[0].number

    def line_at(self, offset: int) -> int:
        """The source line in which the character at this offset of `text` stands."""
        end = 0
        for line in self.lines:
            end += len(line.text) + 1
            if offset < end:
                return line.number
        return self.lines[-1].number


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as printed, and what it comes to on the house scale where that follows exactly."""

    raw: str
    value: Decimal | None
    scale: Scale
    stars: Decimal | None
    doubt: str = ""
    line: int = 0

    def as_json(self) -> dict[str, Any]:
        """The contract's form of a rating."""
        return {
            "raw": self.raw,
            "value": _number(self.value),
            "scale": self.scale,
            "stars": _number(self.stars),
        }


@dataclass(frozen=True, slots=True)
class Section:
    """The part about an episode, or about several at once; about the whole when `episodes` is empty."""

    line: int
    episodes: str = ""
    title: str | None = None
    title_native: str | None = None
    series: str | None = None
    author: str | None = None
    rating: Rating | None = None
    body: tuple[Paragraph, ...] = ()
    verdict: tuple[Paragraph, ...] = ()
    verdict_text: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The contract's form of a section."""
        return {
            "episodes": self.episodes,
            "title": self.title,
            "title_native": self.title_native,
            "series": self.series,
            "author": self.author,
            "rating": self.rating.as_json() if self.rating else None,
            "body": [paragraph.text for paragraph in self.body],
            "verdict": self.verdict_text,
        }


@dataclass(frozen=True, slots=True)
class Info:
    """The info block: names as printed."""

    studios: tuple[str, ...] = ()
    source: str | None = None
    creators: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The contract's form of the info block."""
        return {
            "studios": list(self.studios),
            "source": self.source,
            "creators": list(self.creators),
            "platforms": list(self.platforms),
        }


@dataclass(frozen=True, slots=True)
class Spoilers:
    """What the article says of its own spoilers, and the sentence that says it."""

    level: Literal["none", "mild", "heavy"]
    through: str | None
    source_material: bool
    quote: str
    line: int

    def as_json(self) -> dict[str, Any]:
        """The contract's form of a spoiler statement."""
        return {
            "level": self.level,
            "through": self.through,
            "source_material": self.source_material,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Credit:
    """A person that the text names in a role: a suggestion for an editor to accept."""

    person: str
    role: str
    line: int
    on_episode: str = ""

    def as_json(self) -> dict[str, Any]:
        """The contract's form of a credit."""
        return {"person": self.person, "role": self.role, "line": self.line}


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Something that the importer isn't sure of, or has no field for."""

    line: int
    message: str

    def as_json(self) -> dict[str, Any]:
        """The contract's form of a warning."""
        return {"line": self.line, "message": self.message}


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article, understood as far as it goes."""

    kind: Kind
    series: str | None = None
    season: int | None = None
    headline: str | None = None
    byline: tuple[str, ...] = ()
    info: Info = Info()
    spoilers: Spoilers | None = None
    intro: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    outro: tuple[Paragraph, ...] = ()
    credits: tuple[Credit, ...] = ()
    warnings: tuple[Doubt, ...] = ()
    lines: tuple[Line, ...] = ()
    fields: Mapping[int, Field] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The contract that `import_article --json` prints."""
        return {
            "kind": self.kind.value,
            "series": self.series,
            "season": self.season,
            "headline": self.headline,
            "byline": list(self.byline),
            "info": self.info.as_json(),
            "spoilers": self.spoilers.as_json() if self.spoilers else None,
            "intro": [paragraph.text for paragraph in self.intro],
            "sections": [section.as_json() for section in self.sections],
            "outro": [paragraph.text for paragraph in self.outro],
            "credits": [credit.as_json() for credit in self.credits],
            "warnings": [doubt.as_json() for doubt in self.warnings],
        }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
