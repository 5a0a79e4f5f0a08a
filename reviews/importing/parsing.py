"""From a text to an `Article`: the order in which the pieces are read, and what sort of piece they make."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reviews.importing.article import (
    Article,
    Credit,
    Field,
    Kind,
    Paragraph,
    Rating,
    Section,
    Spoilers,
)
from reviews.importing.credits import find_credits
from reviews.importing.front import Front, FrontReader
from reviews.importing.headings import Heading, read_heading
from reviews.importing.info import platforms_in, streamed_series
from reviews.importing.kinds import kind_of_prose, kind_of_sections
from reviews.importing.ledger import Ledger
from reviews.importing.lines import Line, folded, is_rule, source_lines
from reviews.importing.outline import find_headings, find_series_lines
from reviews.importing.sections import SectionReader
from reviews.importing.spoilers import find_spoilers
from reviews.importing.titles import read_title, series_named_in


def parse_article(text: str) -> Article:
    """Read an article; never raises, and every line that isn't blank is in a field or in a warning."""
    lines = source_lines(text)
    ledger = Ledger(lines)
    for line in lines:
        if is_rule(line.text):
            ledger.leave(line, "a drawn line")
    return _Reading(ledger, [line for line in lines if line.plain and not is_rule(line.text)]).article()


class _Reading:
    """One article being read."""

    def __init__(self, ledger: Ledger, lines: Sequence[Line]) -> None:
        self.ledger = ledger
        self.lines = lines
        self.reader = FrontReader(ledger)
        self.headings = find_headings(lines)
        self.series_lines = find_series_lines(lines, self.headings)
        self.outro: list[Line] = []

    def article(self) -> Article:
        """Read everything, in the order of the text."""
        front = self._read_front()
        sections = self._read_sections()
        series, season = self._name(front, sections)
        kind = self._kind(front, sections)
        if not self.headings:
            sections, front.prose = self._read_whole(front, kind)
        else:
            sections = self._rate_sections(front, sections)
        series = series or self._guess_series(front, kind)
        intro = self.ledger.paragraphs(Field.INTRO, front.prose)
        outro = self.ledger.paragraphs(Field.OUTRO, self.outro)
        if not front.platforms:
            front.platforms += dict.fromkeys(
                each for paragraph in outro for each in platforms_in(paragraph.text)
            )
        sections = self._settle(sections, kind, series, front)
        spoilers = self._spoilers(front, intro, sections)
        credited = self._credits(front, intro, sections, series, film=kind is Kind.FEATURE)
        headline = self._headline(front, series)
        self.ledger.close()
        return Article(
            kind, series, season, headline, tuple(front.byline), front.info(), spoilers, intro,
            tuple(sections), outro, tuple(credited), tuple(sorted(set(self.ledger.doubts))),
            tuple(self.ledger.lines), dict(sorted(self.ledger.fields.items())),
        )  # fmt: skip

    def _read_front(self) -> Front:
        first = self._begins(0) if self.headings else len(self.lines)
        return self.reader.read(self.lines[:first], sections=bool(self.headings))

    def _begins(self, number: int) -> int:
        at = self.headings[number][0]
        return self.series_lines.get(at, at)

    def _read_sections(self) -> list[Section]:
        sections: list[Section] = []
        for number, (at, heading) in enumerate(self.headings):
            last = number + 1 == len(self.headings)
            end = len(self.lines) if last else self._begins(number + 1)
            reader = SectionReader(self.ledger, self.reader)
            reader.start(heading, self.lines[at])
            for line in self.lines[self._begins(number) + 1 : at]:
                self.reader.take_label(line, episode=heading.episodes)
            reader.read(self.lines[at + 1 : end], last=last)
            self.outro += reader.closing
            if at == self._begins(0) == 0 and heading.series:
                self._entitle(reader, heading)
            if last and reader.signed_off and not any(section.author for section in sections):
                self._sign(reader)
            sections.append(reader.section(self.lines[at], self._section_series(at, heading)))
        return sections

    def _sign(self, reader: SectionReader) -> None:
        """A signature at the very end signs the whole article, unless each section has its own."""
        if reader.author and not self.reader.front.byline:
            self.reader.front.byline += reader.author.split(" and ")
            reader.author = None

    def _entitle(self, reader: SectionReader, heading: Heading) -> None:
        """The one heading is the title line: it is the headline, and the signature below it the byline."""
        if len(self.headings) > 1:
            return
        self.reader.front.headline = self.reader.front.headline or self.lines[0].plain
        if reader.author and not heading.author:
            self.reader.front.byline += reader.author.split(" and ")

    def _section_series(self, at: int, heading: Heading) -> str | None:
        if at not in self.series_lines:
            return heading.series
        line = self.lines[self.series_lines[at]]
        self.ledger.place(Field.HEADING, line)
        return line.plain

    def _name(self, front: Front, sections: Sequence[Section]) -> tuple[str | None, int | None]:
        """The series and season of the whole: from the title line, or shared by all sections."""
        season = front.season or next((title.season for _line, title in front.titles if title.season), None)
        named = {folded(section.series): section.series for section in sections if section.series}
        seasons = {heading.season for _at, heading in self.headings}
        if len(seasons) == 1:
            season = season or next(iter(seasons))
        if len(named) > 1:
            return None, None
        titled = front.series or self._titled_series(front)
        if named:
            return (titled if folded(titled or "") in named else next(iter(named.values()))), season
        return titled, season

    def _titled_series(self, front: Front) -> str | None:
        """The series of the title line; of two, the one that the text speaks of more."""
        prose = folded(" ".join(line.plain[:3000] for line in self.lines[2:400]))
        named = [title.series for _line, title in front.titles if title.series]
        if not named:
            return None
        best = max(named, key=lambda name: (prose.count(folded(name)), name == named[0]))
        if prose.count(folded(best)):
            return best
        streamed = next(
            (name for line in reversed(self.lines[-4:]) if (name := streamed_series(line.text))), None
        )
        return streamed if streamed and _sets_apart(front.titles[0][0].plain, streamed) else best

    def _headline(self, front: Front, series: str | None) -> str | None:
        """The title line that says more than the series' name; further ones are left in warnings."""
        name = folded(series or "")
        spare = [
            (line, title)
            for line, title in front.titles
            if title.headline or folded(title.series or "") != name
        ]
        spare.sort(
            key=lambda each: folded(each[1].series or "") == name or (each[1].headline is None and not series)
        )
        headline = front.headline or (spare[0][0].plain if spare else None)
        for line, title in spare:
            announces = folded(title.series or "") == name and read_heading(line.plain) and self.headings
            if folded(line.plain) != folded(headline or "") and not announces:
                self.ledger.leave(line, "a second title line")
        return headline

    def _kind(self, front: Front, sections: Sequence[Section]) -> Kind:
        hints = [title.kind for _line, title in front.titles if title.kind]
        if sections:
            hints += [kind] if (kind := read_title(front.headline or "").kind) else []
            return kind_of_sections(sections, hints)
        kind, is_sure = (hints[0], True) if hints else kind_of_prose(front)
        if not is_sure:
            line = self.lines[0].number if self.lines else 1
            self.ledger.doubt(line, "no episodes, no rating and no verdict: taken for a preview")
        return kind

    def _read_whole(self, front: Front, kind: Kind) -> tuple[list[Section], list[Line]]:
        """The prose of a piece without episodes: a preview's is introduction, any other's is one section."""
        reader = SectionReader(self.ledger, self.reader)
        reader.read(front.prose, last=True, opening=False)
        self.outro += reader.closing
        if reader.signed_off:
            self._sign(reader)
        for rating in self._front_ratings(front):
            reader.rate(rating, self.ledger.lines[rating.line - 1])
        if kind is Kind.PREVIEW and not reader.rating and not reader.verdict:
            return [], reader.body
        if not front.prose and not reader.rating:
            return [], []
        if kind is not Kind.PREVIEW:
            return [reader.section((front.prose or self.lines)[0], None)], []
        intro, reader.body = reader.body, []
        return [reader.section((front.prose or self.lines)[0], None)], intro

    def _front_ratings(self, front: Front) -> list[Rating]:
        """Ratings that stand in the title line or the info block, with their lines."""
        titled = [replace(title.rating, line=line.number) for line, title in front.titles if title.rating]
        return [*titled, *([front.rating] if front.rating else [])]

    def _rate_sections(self, front: Front, sections: Sequence[Section]) -> list[Section]:
        """A rating above the one section that has none is its rating; any other is left in a warning."""
        rated = list(sections)
        for rating in self._front_ratings(front):
            if len(rated) == 1 and rated[0].rating is None:
                rated[0] = replace(rated[0], rating=rating)
                if rating.doubt:
                    self.ledger.doubt(rating.line, f"no stars for “{rating.raw}”: {rating.doubt}")
            else:
                self.ledger.leave(self.ledger.lines[rating.line - 1], "a rating that no section takes")
        return rated

    def _guess_series(self, front: Front, kind: Kind) -> str | None:
        """A series that only prose names; said to be a guess. A roundup has none."""
        is_roundup = kind is Kind.ROUNDUP or any(title.kind is Kind.ROUNDUP for _line, title in front.titles)
        named = None if is_roundup else series_named_in(self.lines)
        if named is None:
            return None
        self.ledger.doubt(named[1], f"no title line; “{named[0]}” is taken for the series")
        return named[0]

    def _settle(
        self, sections: Sequence[Section], kind: Kind, series: str | None, front: Front
    ) -> list[Section]:
        """Sections without what they share with the whole, and the doubts about what they lack."""
        seen: set[tuple[str, str, str]] = set()
        settled = []
        byline = " and ".join(front.byline)
        for section in sections:
            other = (
                section.series if section.series and folded(section.series) != folded(series or "") else None
            )
            author = section.author if section.author and section.author != byline else None
            key = (folded(section.series or ""), section.episodes, author or "")
            if section.episodes and key in seen:
                self.ledger.doubt(section.line, f"episode {section.episodes} has a section already")
            seen.add(key)
            if section.rating is None and kind in (Kind.WEEKLY, Kind.ROUNDUP):
                self.ledger.doubt(section.line, f"no rating for episode {section.episodes}")
            elif section.rating is None and kind in (Kind.SEASON, Kind.FEATURE):
                self.ledger.doubt(section.line, "no rating")
            if not section.body and not section.verdict:
                self.ledger.doubt(section.line, "no text under this heading")
            settled.append(replace(section, series=other, author=author))
        return settled

    def _spoilers(
        self, front: Front, intro: Sequence[Paragraph], sections: Sequence[Section]
    ) -> Spoilers | None:
        if front.spoilers:
            return front.spoilers
        openings = [paragraph for section in sections for paragraph in section.body[:2]]
        for paragraphs in (intro, openings):
            spoilers, doubts = find_spoilers(paragraphs)
            if spoilers:
                self.ledger.doubts += doubts
                return spoilers
        return None

    def _credits(
        self,
        front: Front,
        intro: Sequence[Paragraph],
        sections: Sequence[Section],
        series: str | None,
        *,
        film: bool,
    ) -> list[Credit]:
        found, doubts = find_credits(intro, series, studios=front.studios, film=film)
        for section in sections:
            more, unsure = find_credits(
                (*section.body, *section.verdict),
                section.series or series,
                studios=front.studios,
                episode=section.episodes,
                film=film,
            )
            found += more
            doubts += unsure
        self.ledger.doubts += doubts
        unique: dict[tuple[str, str], Credit] = {}
        for credit in sorted([*front.credits, *found], key=lambda credit: credit.line):
            unique.setdefault((credit.person, credit.role), credit)
        return list(unique.values())


def _sets_apart(title: str, name: str) -> bool:
    """Whether the title line is a headline about the name; what a colon joins to it belongs to a title."""
    if any(folded(piece) == folded(name) for piece in re.split(r"\s[–—|-]+\s|—", title)):
        return True
    before, found, after = title.partition(name)
    return bool(found) and (
        after.startswith(("’s ", "'s ")) or (len(before.split()) > 1 and before[-2] != ":")
    )
