"""A section: what follows an episode's heading, up to the next one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reviews.importing.article import Field, Rating, Section
from reviews.importing.front import FrontReader
from reviews.importing.headings import Heading, read_whole_heading
from reviews.importing.info import Label, is_closing, is_streaming, read_byline, read_label
from reviews.importing.ledger import Ledger
from reviews.importing.lines import Line, is_japanese
from reviews.importing.people import is_name
from reviews.importing.quotes import split_quoted
from reviews.importing.ratings import (
    EMPTY,
    FULL,
    is_unrated,
    labelled_rating,
    read_rating,
    split_leading,
    split_trailing,
)

MAX_CLOSING_LINES = 8
MAX_WEAK_LINES = 4
MAX_STREAMING = 200
MAX_GRADE = 24
_VERDICT = re.compile(
    r"[\W_]{0,8}(?:(?:the|our|my|final|overall|episode|season|series|film|quick)\s+){0,3}"
    r"(?:verdict|bottom line|final thoughts?|closing thoughts|conclusion|takeaway|in (?:short|summary"
    r"|conclusion|closing)|overall|tl;?dr|final word|評価)"
    r"(?:[\s*_]*(?:on|for) [^:：]{1,40})?[\s*_]*(?:[:：]|\s[–—-]\s|[–—])[*_]*\s*",
    re.IGNORECASE,
)
_VERDICT_ALONE = re.compile(
    r"(?:(?:the|our|my|final|overall|episode|season)\s+){0,3}(?:verdict|bottom line|final thoughts?"
    r"|closing thoughts|conclusion|takeaway)[:：]?",
    re.IGNORECASE,
)
# These open many a paragraph; only one at the section's end is its verdict.
_WEAK = re.compile(r"[\W_]{0,8}(?:overall|in (?:short|summary|conclusion|closing))\b", re.IGNORECASE)
_NAMED = re.compile(r"[\W_]{0,8}(?:\w+\s){0,2}verdict\b", re.IGNORECASE)
_WHOLE = re.compile(r"[\W_]{0,8}(?:overall|final|season|series)\s+(?:verdict|thoughts?)\b", re.IGNORECASE)
_SIGN_OFF = re.compile(r"[–—-]{1,2}\s?(?P<name>[^–—]{3,40})")


@dataclass
class SectionReader:
    """Reads the lines of one section into a `Section`; what closes the article is in `closing`."""

    ledger: Ledger
    front: FrontReader
    episodes: str = ""
    title: str | None = None
    native: str | None = None
    author: str | None = None
    rating: Rating | None = None
    body: list[Line] = field(default_factory=list)
    verdict: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    signed_off: bool = False
    _labelled: bool = False

    def start(self, heading: Heading, line: Line) -> None:
        """Take over what the heading says."""
        self.episodes, self.title, self.native = heading.episodes, heading.title, heading.title_native
        self.author = heading.author
        if heading.rating:
            self.rate(heading.rating, line)
        if heading.doubt:
            self.ledger.doubt(line.number, heading.doubt)
        self.ledger.place(Field.HEADING, line)

    def read(self, lines: Sequence[Line], *, last: bool, opening: bool = True) -> None:
        """Sort the section's lines; `opening` says whether heading-like lines may stand at its start."""
        named = max((at for at, line in enumerate(lines) if _NAMED.match(line.text)), default=-1)
        for at, line in enumerate(lines):
            if opening and not self.body and not self.verdict and self._take_opening(line):
                continue
            if self._take_rating(line) or self._take_verdict(
                line, remaining=len(lines) - at, followed=at < named
            ):
                continue
            if self._labelled:
                self._after_verdict(line, remaining=len(lines) - at, last=last)
            elif not (self.episodes and self._take_credit(line)):
                self.body.append(line)
        if last and not self._labelled:
            self._split_closing()
        self._take_sign_off()

    def section(self, line: Line, series: str | None) -> Section:
        """The section that was read."""
        body = self.ledger.paragraphs(Field.BODY, self.body)
        verdict = self.ledger.paragraphs(Field.VERDICT, self.verdict)
        text = "\n\n".join(each.text for each in verdict) or None
        return Section(
            line.number, self.episodes, self.title, self.native, series, self.author, self.rating,
            body, verdict, text,
        )  # fmt: skip

    def _take_opening(self, line: Line) -> bool:
        """Take a line that completes the heading: title, signature, info."""
        if signed := read_byline(line.plain):
            self.author = self.author or " and ".join(signed[0])
            if signed[1]:
                self.ledger.leave(line, "only the names were taken")
            else:
                self.ledger.place(Field.BYLINE, line)
            return True
        if self.episodes and self.title is None and self.native is None and self._take_title(line):
            return True
        if self.rating is None and (graded := _grade(line)):
            self.rate(graded, line)
            self.ledger.place(Field.RATING, line)
            return True
        return self.front.take_label(line, episode=self.episodes)

    def _take_title(self, line: Line) -> bool:
        label = read_label(line.plain)
        printed = label[2] if label and label[0] is Label.TITLE else line.plain
        text, rating = split_trailing(printed)
        title, native, rest = split_quoted(text)
        if rest or not (title or native):
            if not (label and label[0] is Label.TITLE and text):
                return False
            title, native = (None, text) if is_japanese(text) else (text, None)
        self.title, self.native = title, native
        self.ledger.place(Field.HEADING, line)
        if rating:
            self.rate(rating, line)
        return True

    def _take_rating(self, line: Line) -> bool:
        if len(line.plain) > 80:
            return False
        labelled = labelled_rating(line.plain)
        if labelled:
            rating, value = labelled
            if rating is None:
                self.ledger.leave(
                    line, "printed as unrated" if is_unrated(value) else "not a critic's rating"
                )
                return True
            self.rate(rating, line)
        else:
            whole = None if self.episodes else read_whole_heading(line.plain)
            rating = whole or read_rating(line.plain)
            if rating is None:
                return False
            self.rate(rating, line)
        if self.ledger.fields.get(line.number) is None:
            self.ledger.place(Field.RATING, line)
        return True

    def rate(self, rating: Rating, line: Line) -> None:
        """Take a rating, or say that it and an earlier one disagree."""
        if self.rating is None:
            self.rating = replace(rating, line=line.number)
            if rating.doubt:
                self.ledger.doubt(line.number, f"no stars for “{rating.raw}”: {rating.doubt}")
        elif rating.stars != self.rating.stars or rating.scale in ("letter", "word"):
            reason = f"“{self.rating.raw}” above and “{rating.raw}” here: two ratings, so no stars were taken"
            self.ledger.leave(line, reason)
            self.rating = replace(self.rating, stars=None)

    def _take_verdict(self, line: Line, *, remaining: int, followed: bool) -> bool:
        """Take a verdict's first line; `followed` says whether one that is called so comes later."""
        alone = len(line.plain) <= 40 and _VERDICT_ALONE.fullmatch(line.plain)
        label = None if alone else _VERDICT.match(line.text)
        weak = label and _WEAK.match(line.text) and remaining > MAX_WEAK_LINES
        if not (alone or label) or weak or (followed and not _NAMED.match(line.text)):
            return False
        if self._labelled and self.verdict and (_WHOLE.match(line.text) or alone):
            self.closing.append(line)
            return True
        if self._labelled and self.verdict:
            return False
        self._labelled = True
        text = line.text[label.end() :] if label else ""
        rating = read_rating(text) if text else None
        if rating:
            self.rate(rating, line)
        elif text:
            self.verdict.append(Line(line.number, text))
            if (
                self.rating is None
                and (leading := split_leading(text) or split_trailing(text)[1])
                and _is_starred(leading)
            ):
                self.rate(leading, line)
        self.ledger.place(Field.VERDICT, line)
        return True

    def _after_verdict(self, line: Line, *, remaining: int, last: bool) -> None:
        ends = is_closing(line.text) if last else is_streaming(line.text)
        if self.closing and self._take_credit(line):
            return
        if self.closing or (self.verdict and ends and remaining <= MAX_CLOSING_LINES):
            self.closing.append(line)
        elif not self._take_credit(line):
            self.verdict.append(line)

    def _take_credit(self, line: Line) -> bool:
        label = read_label(line.plain)
        known = (Label.CREDIT, Label.STUDIO, Label.PLATFORM, Label.SOURCE)
        if not label or label[0] not in known or len(label[2]) > 80:
            return False
        is_prose = label[2][:1].islower() and label[2].endswith((".", "!", "?"))
        return not is_prose and self.front.take_label(line, episode=self.episodes)

    def _split_closing(self) -> None:
        """Without a verdict to mark the end, only lines at the very end may close the article."""
        for at in range(max(1, len(self.body) - 3), len(self.body)):
            text = self.body[at].text
            if len(text) <= MAX_STREAMING and is_streaming(text):
                self.body, self.closing = self.body[:at], self.body[at:]
                return
        while len(self.body) > 1 and is_closing(self.body[-1].text) and len(self.closing) < MAX_CLOSING_LINES:
            self.closing.insert(0, self.body.pop())

    def _take_sign_off(self) -> None:
        for lines in (self.closing, self.verdict, self.body):
            if not lines:
                continue
            byline = read_byline(lines[-1].plain)
            signed = _SIGN_OFF.fullmatch(lines[-1].text)
            if self.author is None and byline:
                self.author = " and ".join(byline[0])
                if byline[1]:
                    self.signed_off = True
                    self.ledger.leave(lines.pop(), "only the names were taken")
                    return
            elif self.author is None and signed and is_name(signed["name"].strip()):
                self.author = signed["name"].strip()
            else:
                return
            self.signed_off = True
            self.ledger.place(Field.BYLINE, lines.pop())
            return


def _grade(line: Line) -> Rating | None:
    """A letter or a word that stands under the heading as if in its brackets."""
    if len(line.plain) > MAX_GRADE or read_rating(line.plain) or labelled_rating(line.plain):
        return None
    return read_rating(f"({line.plain})")


def _is_starred(rating: Rating) -> bool:
    return any(char in FULL + EMPTY for char in rating.raw) or "/" in rating.raw
