"""The info block: studio, source, platform, signatures, dates; and the streaming line at the end."""

import re
from collections.abc import Iterator
from enum import StrEnum

from reviews.importing.credit_words import LABELS
from reviews.importing.people import is_name, name_at, split_names


class Label(StrEnum):
    """What a label line is about."""

    STUDIO = "studio"
    SOURCE = "source"
    CREATOR = "creator"
    PLATFORM = "platform"
    SERIES = "series"
    SEASON = "season"
    BYLINE = "byline"
    SPOILERS = "spoilers"
    TITLE = "title"
    HEADLINE = "headline"
    CREDIT = "credit"
    OTHER = "other"


_LABELS = {
    Label.STUDIO: (
        "studio|studios|animation studio|animation studios|studio(s)|animated by|animation by"
        "|animation production|production studio|アニメーション制作|スタジオ"
    ),
    Label.SOURCE: "source|source material|original source|original|based on|adapted from|原作",
    Label.CREATOR: (
        "creator|creators|created by|original creator|original creators|original author"
        "|original work by|mangaka|manga by|original manga by"
    ),
    Label.PLATFORM: (
        "platform|platforms|platform(s)|streaming|streaming on|streaming platform"
        "|streaming platforms|streams on|stream on|streaming service|streaming services|streamer"
        "|watch on|where to watch|watch it on|watch|available on|where to stream|network"
        "|distributor|配信"
    ),
    Label.SERIES: "series|anime|show|series title|title of series|film|movie|show title|anime title",
    Label.SEASON: "season",
    Label.BYLINE: (
        "by|author|reviewer|reviewers|reviewed by|review by|written by|words|words by|text|text by"
        "|writer of this review|critic|byline"
    ),
    Label.SPOILERS: "spoilers|spoiler|spoiler level|spoiler warning|spoiler alert|spoiler rating",
    Label.TITLE: "title|episode title",
    Label.HEADLINE: "headline",
}  # fmt: skip
_KNOWN = {name: label for label, names in _LABELS.items() for name in names.split("|")}
_LINE = re.compile(
    r"(?P<label>[^\W\d_][\w /&'’().#-]{0,38}?)\s?(?:[:：]|(?<=\s)[–—-](?=\s))\s?(?P<value>.*)", re.DOTALL
)
_BYLINE = re.compile(
    r"(?:(?:(?:a\s)?(?:review|recap|words|text|article|recap/review)s?\s|(?:reviewed|written|recapped"
    r"|posted|words)\s)?by:?|reviewers?:?|author:?)\s+(?P<names>.{2,120})",
    re.IGNORECASE,
)
_DATE_PART = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_DATE = (
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:{_DATE_PART}\s\d{{1,2}}(?:st|nd|rd"
    rf"|th)?,?(?:\s\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_DATE_PART},?\s?(?:\d{{4}})?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日)"
)
_DATE_LINE = re.compile(
    rf"(?:(?:posted|published|updated|date|publish date|published on"
    rf"|on)[:\s]+)?{_DATE}(?:[,\s]+(?:at\s)?\d{{1,2}}:\d{{2}}.{{0,12}})?",
    re.IGNORECASE,
)
_DATED_TAIL = re.compile(rf"[\s,|•·–—/(-]+(?:on\s)?{_DATE}.{{0,20}}$", re.IGNORECASE)
_CREATED_BY = re.compile(r"\b(?:by|from)\s+(?=[^\W\d_])")
_VALUE_BREAK = re.compile(
    r"\s*(?:[,;、・](?!\s*(?:inc|ltd|llc|co)\b)\s*(?:and\s|&\s)?|\s(?:and|&|\+|x|×|\||//?)\s"
    r"|(?<=[^\W\d_])/(?=[^\W\d_]))\s*",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s+[|•·]\s+|\t+")

PLATFORMS = (
    "Crunchyroll", "Netflix", "HIDIVE", "Hulu", "Disney+", "Disney Plus", "Amazon Prime Video",
    "Prime Video", "Amazon Prime", "HBO Max", "Apple TV+", "YouTube", "Tubi", "Funimation", "Bilibili",
    "RetroCrush", "ABEMA", "Adult Swim", "Toonami", "Peacock", "Paramount+", "Muse Asia", "Ani-One", "Max",
    "Viki", "Plex", "U-NEXT", "Wakanim", "Samsung TV Plus", "OceanVeil", "Pluto TV", "Roku",
)  # fmt: skip
_PLATFORM = re.compile(
    r"(?<!\w)(?:"
    + "|".join(re.escape(name) for name in sorted(PLATFORMS, key=len, reverse=True))
    + r")(?!\w)"
)
_IS_ON = re.compile(
    r"\b(?:is|are)\s(?:\w+\s)?on\s(?:" + "|".join(re.escape(name) for name in PLATFORMS) + r")(?!\w)"
)
# What is still to come is news in a preview's prose, not the line that closes a review.
_AHEAD = re.compile(r"\b(?:will|set to|slated|upcoming|secured|starts?|begins?)\b", re.IGNORECASE)
_STREAMS = re.compile(
    r"\b(?i:streams?|streaming|simulcast(?:s|ing)?|airs?|airing|available|watch(?:ed|able)?|catch|playing"
    r"|showing|released?)\b[^.!?]{0,80}?\b(?:on|at|via|through|from|with"
    r"|by)\s+(?P<where>[A-Z][^.!?;]{1,80})"
)
# A name may hold a colon, "No. 8" or "?!", which don't end the sentence.
_NAME = r"(?:[^.!?,;:]|[!?](?=[!?]|\s[a-z])|:(?=\s?\w)|\.(?=\s?\d)){2,80}?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_SUBJECT = re.compile(
    r"(?:^|[.!?…]\s+)(?:(?:You can (?:watch|stream|catch)|Watch|Stream|Catch|New episodes of|Episodes of"
    r"|All episodes of)\s+(?P<object>.{2,80}?)\s+(?:(?:is|are|stream|drop|air|release|every|now|weekly"
    rf"|as|{_WEEKDAY})\b|(?:on|via|at)\s+[A-Z])"
    rf"|(?P<subject>{_NAME})\s+(?:is|are|was)\s+(?:(?:currently|now|also|available|exclusively"
    r"|still|already)\s+)*(?:streaming|available|simulcasting|airing|playing|in theaters)"
    rf"|(?P<streams>{_NAME})\s+(?:streams|airs|simulcasts|premieres|debuts)\s)"
)
_CLOSING = re.compile(
    r"^\W*(?:new episodes?\b|(?:the )?next (?:week|friday|episode)\b|see you\b|until next\b|join us\b"
    r"|check back\b|come back\b|tune in\b|stay tuned\b|follow (?:us|me|the|our|@)|let us know\b"
    r"|what did you\b|thanks? (?:you )?for\b"
    r"|images?\b.{0,20}(?:courtesy|credit|©|:)|screenshots?\b.{0,20}(?:courtesy|credit|:)|all images\b"
    r"|disclosure\b|disclaimer\b|screeners?\b|review copy\b|©|you can (?:watch|stream|catch|find)\b"
    r"|watch\b.{1,80}\bon\b|catch\b.{1,80}\bon\b|stream\b.{1,80}\bon\b"
    r"|we(?:[’']ll| will) (?:be back|see|return)\b|read (?:more|our|last)\b|back (?:next|on) (?:week"
    r"|friday)\b|episodes? (?:drop|air|release|stream|premiere)s?\b|subscribe\b|find (?:us|me|more)\b"
    r"|more reviews?\b|for more\b|previously\b.{0,4}:|(?:about the author|author bio)\b)",
    re.IGNORECASE,
)
_DROPS = re.compile(
    r"\bnew episodes?\b.{0,60}\b(?:drop|air|release|stream|premiere|arrive|debut|come out|every|each|weekly"
    r"|on)\w*",
    re.IGNORECASE,
)
MAX_CLOSING = 400
MAX_VALUE = 160


def read_label(text: str) -> tuple[Label, str, str] | None:
    """What a line "Label: value" is about, its label and its value; OTHER for a label nobody knows."""
    match = _LINE.fullmatch(text) if len(text) <= 400 else None
    if not match:
        return None
    name = match["label"].strip().lower()
    value = match["value"].strip()
    known = _KNOWN.get(name)
    if known:
        return known, match["label"].strip(), value
    if name in LABELS:
        return Label.CREDIT, match["label"].strip(), value
    colon = text[match.end("label") :].lstrip()[:1] in (":", "：")
    short = len(name.split()) <= 4 and 0 < len(value) <= 120
    return (Label.OTHER, match["label"].strip(), value) if colon and short else None


def is_info(text: str) -> bool:
    """Whether the line is one of an info block's, with a label that is known."""
    label = read_label(text)
    return bool(label and label[0] is not Label.OTHER and len(label[2]) <= MAX_VALUE)


def labelled_parts(text: str) -> list[str]:
    """The parts of a line that puts several labels side by side: "Studio: Bones | Source: Manga"."""
    parts = [part.strip() for part in _PARTED.split(text)]
    labels = [read_label(part) for part in parts]
    return (
        parts if len(parts) > 1 and all(label and label[0] is not Label.OTHER for label in labels) else [text]
    )


def split_values(value: str) -> tuple[str, ...]:
    """The names in a value, split at commas, "and", "&" and slashes; not inside brackets or before "Inc."."""
    shielded = re.sub(r"\([^()]*\)|https?://\S+", lambda found: "\x01" * len(found[0]), value)
    kept = []
    start = 0
    for found in _VALUE_BREAK.finditer(shielded):
        kept.append(value[start : found.start()])
        start = found.end()
    kept.append(value[start:])
    return tuple(piece for each in kept if (piece := each.strip()))


def creators_in(source: str) -> list[str]:
    """The people whom a source line names after "by", as printed."""
    found: list[str] = []
    for match in _CREATED_BY.finditer(source):
        tail = re.split(
            r"[(;]|\.\s|,\s(?=[a-z])|\s(?:published|serialized|illustrated|with|and\s+illustrated)\b",
            source[match.end() :],
        )[0].strip(" .,")
        names = (
            split_names(tail)
            or _pen_name(tail)
            or ([name] if (name := name_at(source, match.end(), single=True)) else [])
        )
        found += [name for name in names if name not in found]
    return found


def _pen_name(text: str) -> list[str]:
    """A name whose first word is written small: "suu Morishita"."""
    first, _blank, rest = text.partition(" ")
    return (
        [text]
        if first.isalpha()
        and first.islower()
        and len(first) > 2
        and is_name(rest, single=True)
        and (is_name(f"{first.title()} {rest}"))
        else []
    )


def read_byline(text: str) -> tuple[list[str], str] | None:
    """Who signs a line such as "By Jane Doe and John Roe, May 3, 2024", and what else stands on it."""
    match = _BYLINE.fullmatch(text) if len(text) <= 160 else None
    if not match:
        return None
    names, rest = match["names"], ""
    if dated := _DATED_TAIL.search(names):
        names, rest = names[: dated.start()], names[dated.start() :]
    if handle := re.search(r"\s*[(|]\s*@\w+\)?\s*$", names):
        names, rest = names[: handle.start()], names[handle.start() :] + rest
    split = split_names(names.strip())
    return (split, rest.strip(" ,|•·–—-/()")) if split else None


def is_date(text: str) -> bool:
    """Whether the line is nothing but a date."""
    return len(text) <= 80 and bool(_DATE_LINE.fullmatch(text))


def is_streaming(text: str) -> bool:
    """Whether a paragraph says where to watch, or when the next episodes come."""
    if len(text) > MAX_CLOSING:
        return False
    if _DROPS.search(text) or _IS_ON.search(text):
        return True
    streams = None if _AHEAD.search(text) else _STREAMS.search(text)
    return bool(streams and ("stream" in text.lower() or _PLATFORM.search(streams["where"])))


def is_closing(text: str) -> bool:
    """Whether a paragraph closes the article without judging the show."""
    return len(text) <= MAX_CLOSING and bool(_CLOSING.match(text) or is_streaming(text))


def platforms_in(text: str) -> Iterator[str]:
    """The platforms that a streaming line names."""
    if is_streaming(text):
        for known in _PLATFORM.finditer(text):
            yield known[0]


def streamed_series(text: str) -> str | None:
    """The show that a streaming line speaks of, if it says its name."""
    match = _SUBJECT.search(text) if len(text) <= MAX_CLOSING else None
    name = (match["object"] or match["subject"] or match["streams"] or "").strip(' “”"‘’*_') if match else ""
    unnamed = {
        "it",
        "this",
        "the",
        "the series",
        "the show",
        "the anime",
        "new",
        "episodes",
        "both",
        "all",
        "they",
        "which",
        "you",
        "we",
    }
    if (
        not name
        or name.lower() in unnamed
        or name.lower().startswith(
            ("new episode", "episode", "the series", "the show", "the anime", "the first", "it ")
        )
    ):
        return None
    return name if name[0].isupper() or not name[0].isalpha() else None
