"""Title lines: the series' name, its season, and whether more than the name is printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviews.importing.article import Kind, Rating
from reviews.importing.headings import may_be_series, read_heading, split_season
from reviews.importing.info import is_streaming, streamed_series
from reviews.importing.lines import Line, folded, without_separators
from reviews.importing.ratings import split_trailing

MAX_LENGTH = 160
_WHAT = (
    r"(?:(?:our|the|anime|(?<!the )film|(?<!the )movie|season|series|tv|weekly|early|advance|full|final"
    r"|quick|mini|spoiler-free|non-spoiler|ova|finale|premiere)[\s-]+)*"
    r"(?:reviews?|recaps?(?:\s?[/&]\s?reviews?)?|previews?|first look|first impressions?|impressions?"
    r"|coverage|verdict|retrospective|season verdict)"
)
_OPENING = re.compile(
    rf"[\[(]?(?P<what>{_WHAT})[\])]?(?:\s?[:–—|]\s?|\s-\s|(?<=\])\s)(?P<name>.+)", re.IGNORECASE
)
_ENDING = re.compile(
    rf"(?P<name>.+?)(?:\s?[:–—|,(\[]\s?|\s-\s|\s)(?P<what>{_WHAT})[\])]?(?:(?:\s?[:–—|]\s?"
    rf"|\s-\s)(?P<rest>.+))?",
    re.IGNORECASE,
)
_ROUNDUP = re.compile(
    r"\bround-?up\b|\bthis week in\b|\bweek in (?:anime|review)\b|\bdigest\b|\bweekly anime\b"
    r"|\banime weekly\b",
    re.IGNORECASE,
)
_PREVIEW = re.compile(
    r"\bpreview|\bfirst look\b|\banticipat|\bwhat (?:we know|to expect)\b|\bupcoming\b", re.IGNORECASE
)
_PART = re.compile(r"\b(?:part|cour)\s\d", re.IGNORECASE)
_FILM = re.compile(r"\b(?:film|movie)\b", re.IGNORECASE)
_SEASON_REVIEW = re.compile(
    r"\b(?:season|series|cour)\b(?:\s\w+)?\s(?:review|verdict|retrospective|recap|in review)"
    r"|\bseason verdict\b|\bfull[- ]season\b",
    re.IGNORECASE,
)

# A year, a format or the native title may stand behind the name.
_ASIDE = re.compile(
    r"\s*[(（](?:\d{4}|film|movie|tv|anime|[^()（）]*[\u3041-\u30ff\u3400-\u9fff][^()（）]*)[)）]$",
    re.IGNORECASE,
)
_COVERAGE = re.compile(
    r"\b(?:coverage|reviews?) of (?P<name>(?:[A-Z0-9][\w’':!-]*(?:\s(?:of|the|no|to|and|in|a|wa"
    r"|ga)(?=\s[A-Z]))?\s?){1,7})"
)
_NAMED = re.compile(r"\b(?:anime|series|show|film|adaptation),\s(?P<name>[A-Z0-9][^,.;:“”]{1,60}),\s")


@dataclass(frozen=True, slots=True)
class Title:
    """What a title line says; `headline` is the line as printed when it is more than the name."""

    series: str | None
    season: int | None = None
    headline: str | None = None
    kind: Kind | None = None
    rating: Rating | None = None


def is_title_like(text: str) -> bool:
    """Whether a line is short and unpunctuated enough to be a title rather than prose."""
    words = text.split()
    if not words or len(text) > MAX_LENGTH or len(words) > 24:
        return False
    if text.endswith((".", "。")) and len(words) > 4 and not text.endswith("..."):
        return False
    if text.endswith(("!", "?", ":", ",", ";")) and len(words) > 14:
        long = [word for word in words if len(word) > 3]
        return text[-1] in "!?" and sum(word[0].isupper() for word in long) > 0.7 * len(long)
    return any(char.isalnum() for char in text)


def read_title(text: str) -> Title:
    """The title that a plain line is."""
    name, rating = split_trailing(text)
    name = without_separators(name)
    if heading := read_heading(text):
        return Title(heading.series, heading.season, text, _hint(text), heading.rating)
    if _ROUNDUP.search(name):
        return Title(None, None, name, Kind.ROUNDUP, rating)
    series = name
    opened, ended = _OPENING.fullmatch(name), _ENDING.fullmatch(name)
    if opened:
        series = opened["name"]
    elif ended and not _is_prose(ended["name"]):
        series = ended["name"]
    series, season = split_season(without_separators(series))
    series = _ASIDE.sub("", series).strip(' “”"') or series
    more = folded(series) != folded(split_season(name)[0]) or bool(season and _PART.search(name))
    return Title(series or None, season, name if more else None, _hint(name), rating)


def _hint(name: str) -> Kind | None:
    if _ROUNDUP.search(name):
        return Kind.ROUNDUP
    if _PREVIEW.search(name):
        return Kind.PREVIEW
    if _SEASON_REVIEW.search(name):
        return Kind.SEASON
    return Kind.FEATURE if _FILM.search(name) else None


def _is_prose(name: str) -> bool:
    return name.rsplit(maxsplit=1)[-1].lower() in ("in", "a", "the", "of", "our", "my", "an", "for", "and")


def series_named_in(lines: Sequence[Line]) -> tuple[str, int] | None:
    """A series that only prose names, at the text's beginning or end, with the line that names it."""
    named: dict[str, int] = {}
    for line in (*lines[:6], *lines[-4:]):
        match = _NAMED.search(line.plain[:400]) or _COVERAGE.search(line.plain[:400])
        if name := match["name"].strip() if match else streamed_series(line.plain):
            named.setdefault(name, line.number)
    # A slip of the pen is printed less often than the name.
    counted = {name: sum(each.plain.count(name) for each in lines) for name in named}
    best = max(counted, key=lambda name: counted[name], default="")
    if counted.get(best, 0) > 1:
        return best, named[best]
    for line in reversed(lines[-4:]):
        name = streamed_series(line.plain) if is_streaming(line.plain) else None
        if name and may_be_series(name):
            return name, line.number
    return None
