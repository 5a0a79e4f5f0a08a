"""What stands before the first section: title, signature, info block, introduction."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reviews.importing.article import Credit, Field, Info, Paragraph, Rating, Spoilers
from reviews.importing.credits import labelled_credits
from reviews.importing.info import (
    MAX_VALUE,
    Label,
    creators_in,
    is_date,
    is_info,
    labelled_parts,
    read_byline,
    read_label,
    split_values,
)
from reviews.importing.ledger import Ledger, is_wrapped
from reviews.importing.lines import Line, folded
from reviews.importing.people import split_names
from reviews.importing.ratings import is_unrated, labelled_rating, read_rating
from reviews.importing.spoilers import find_spoilers, spoiler_label
from reviews.importing.titles import Title, is_title_like, read_title

LONGEST_BLOCK = 14


@dataclass
class Front:
    """What was gathered from the lines before the first section, and from label lines anywhere."""

    titles: list[tuple[Line, Title]] = field(default_factory=list)
    headline: str | None = None
    series: str | None = None
    season: int | None = None
    byline: list[str] = field(default_factory=list)
    studios: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    creators: list[str] = field(default_factory=list)
    platforms: list[str] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    spoilers: Spoilers | None = None
    rating: Rating | None = None
    prose: list[Line] = field(default_factory=list)

    def info(self) -> Info:
        """The info block as the contract has it."""
        source = "; ".join(self.sources) or None
        return Info(tuple(self.studios), source, tuple(self.creators), tuple(self.platforms))


class FrontReader:
    """Reads front matter line by line into a `Front`."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.front = Front()

    def read(self, lines: Sequence[Line], *, sections: bool) -> Front:
        """Sort these lines; `sections` says whether the article has sections after them."""
        labelled = [at for at, line in enumerate(lines) if is_info(line.plain)]
        last_label = max((at for at in labelled if at < LONGEST_BLOCK), default=-1)
        while 0 <= last_label < len(lines) - 1 and self._goes_on(lines[last_label], lines[last_label + 1]):
            last_label += 1
        for at, line in enumerate(lines):
            if self._take_line(line, in_block=bool(self.front.titles) and at <= last_label):
                continue
            following = lines[at + 1] if at + 1 < len(lines) else None
            if self._may_title(
                line, following, alone=len(lines) == 1 and not sections, before_block=at < last_label
            ):
                self.front.titles.append((line, read_title(line.plain)))
                self.ledger.place(Field.TITLE, line)
            else:
                self.front.prose.append(line)
        return self.front

    def take_label(self, line: Line, *, episode: str = "") -> bool:
        """Take an info or credit line, of the front or of a section; False if it is none."""
        if len(line.plain) > MAX_VALUE * 2 or (line.plain.endswith((".", "!")) and len(line.plain) > 80):
            return False
        parts = labelled_parts(line.plain)
        taken = [self._take(part, line, episode) for part in parts]
        return bool(taken) and all(taken)

    def _take_line(self, line: Line, *, in_block: bool) -> bool:
        rated = labelled_rating(line.plain)
        if rated is not None:
            self._take_rating(line, *rated)
            return True
        if not self.front.prose and is_date(line.plain):
            self.ledger.leave(line, "a date, for which the desk has its own")
            return True
        if signed := read_byline(line.plain):
            self._sign(line, *signed)
            return True
        if self.take_label(line):
            return True
        label = read_label(line.plain)
        if label and label[0] is Label.OTHER and in_block and not self.front.prose:
            self.ledger.leave(line, "no field for this line")
            return True
        rating = read_rating(line.plain) if len(line.plain) <= 40 else None
        if rating:
            self._take_rating(line, rating, rating.raw)
        return rating is not None

    def _take_rating(self, line: Line, rating: Rating | None, value: str) -> None:
        if rating is None:
            reason = "the piece is printed as unrated" if is_unrated(value) else "not a critic's rating"
            self.ledger.leave(line, reason)
        elif self.front.rating:
            self.ledger.leave(line, "a second rating")
        else:
            self.front.rating = replace(rating, line=line.number)
            self.ledger.place(Field.RATING, line)

    def _sign(self, line: Line, names: list[str], rest: str) -> None:
        self.front.byline += [name for name in names if name not in self.front.byline]
        if rest:
            self.ledger.leave(line, "only the names were taken")
        else:
            self.ledger.place(Field.BYLINE, line)

    def _take(self, text: str, line: Line, episode: str) -> bool:
        labelled = read_label(text)
        if not labelled or not labelled[2] or len(labelled[2]) > MAX_VALUE or read_rating(labelled[2]):
            return False
        label, name, value = labelled
        front, place = self.front, Field.INFO
        if label is Label.STUDIO:
            _extend(front.studios, split_values(value))
        elif label is Label.PLATFORM:
            _extend(front.platforms, split_values(value))
        elif label is Label.SOURCE:
            _extend(front.sources, [value])
            _extend(front.creators, creators_in(value))
        elif label is Label.CREATOR:
            _extend(front.creators, split_names(value) or creators_in(value) or [value])
        elif label is Label.SPOILERS and not front.spoilers:
            front.spoilers, doubts = spoiler_label(value, line.text, line.number)
            self.ledger.doubts += doubts
            place = Field.SPOILERS
            return self._placed(line, place) if front.spoilers else False
        elif label is Label.CREDIT:
            found = labelled_credits(name, value, line.number, episode=episode)
            if found is None:
                return False
            front.credits += found
            place = Field.CREDITS
        else:
            return self._take_rare(label, value, line)
        return self._placed(line, place)

    def _take_rare(self, label: Label, value: str, line: Line) -> bool:
        front = self.front
        if label is Label.SERIES and front.series is None and is_title_like(value) and not front.prose:
            title = read_title(value)
            front.series, front.season = title.series, title.season
        elif label is Label.SEASON and value.isdecimal():
            front.season = int(value)
        elif label is Label.HEADLINE:
            front.headline = value
        elif label is Label.BYLINE and (names := split_names(value)):
            _extend(front.byline, names)
            return self._placed(line, Field.BYLINE)
        else:
            return False
        return self._placed(line, Field.TITLE)

    def _placed(self, line: Line, place: Field) -> bool:
        self.ledger.place(place, line)
        return True

    def _goes_on(self, line: Line, following: Line) -> bool:
        """Whether the info block goes on with a label that nobody knows."""
        label = read_label(following.plain)
        return following.number == line.number + 1 and bool(label) and not following.plain.endswith(".")

    def _may_title(self, line: Line, following: Line | None, *, alone: bool, before_block: bool) -> bool:
        front = self.front
        if front.prose or len(front.titles) > 1 or alone or not is_title_like(line.plain):
            return False
        neighbour = following if following and following.number == line.number + 1 else None
        if neighbour and not read_byline(neighbour.plain) and is_wrapped([line, neighbour]):
            return False
        if not front.titles:
            return True
        if folded(line.plain) == folded(front.titles[0][0].plain):
            return True
        if find_spoilers([Paragraph((line,))])[0]:
            return False
        return before_block or (
            line.number == front.titles[0][0].number + 1 and not line.plain.endswith((".", "!"))
        )


def _extend(known: list[str], found: Sequence[str]) -> None:
    known += [each for each in found if each not in known]
