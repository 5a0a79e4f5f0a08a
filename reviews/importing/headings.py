"""Headings of sections: "Episode 3 Recap/Review: “Title” (⭐⭐⭐)", and what stands around such words."""

import re
import unicodedata
from dataclasses import dataclass, replace

from reviews.importing.article import Rating
from reviews.importing.lines import is_japanese, without_separators
from reviews.importing.people import is_name, split_names
from reviews.importing.quotes import QUOTES, split_quoted
from reviews.importing.ratings import NUMBER_WORDS, ORDINALS, is_unrated, read_rating, split_trailing

MAX_LENGTH = 300
MAX_TITLE = 120
MAX_PLAIN_WORDS = 14
MAX_LEFTOVER = 40

_WORD_NUMBERS = {
    **{word: str(number) for word, number in NUMBER_WORDS.items()},
    "eleven": "11", "twelve": "12", "thirteen": "13",
}  # fmt: skip
_ONE = r"(?:\d{1,4}(?:\.\d{1,2})?|" + "|".join(_WORD_NUMBERS) + r")(?![\w])"
_NOT_A_RATING = r"(?!\s*(?:/\s*\d|out of\b|stars?\b|%|½|\.\d))"
_MORE = rf"(?:\s?(?:[-–—~〜～/]|,\s?(?:and|&)?|&|\+|to|and|through|thru)\s?{_ONE}{_NOT_A_RATING})"
_EPISODE = re.compile(
    rf"(?<![\w])(?:"
    rf"(?P<many>episodes|eps)[.:#]?\s?[#.]?\s?(?P<numbers>{_ONE}{_MORE}*)"
    rf"|(?:episode|epsiode"
    rf"|ep)[.:#]?\s?[#.]?\s?(?P<number>{_ONE}(?:(?<=\d)[-–—~〜～/](?=\d){_ONE}{_NOT_A_RATING}|\s(?:&"
    rf"|and)\s{_ONE}{_NOT_A_RATING})*)"
    rf"|(?P<extra>(?:OVA|ONA|OAD|Special)\s?#?\d{{1,2}})(?!\w)"
    rf"|S(?P<season>\d{{1,2}})\s?[EX]p?\.?\s?(?P<coded>\d{{1,4}}(?:\.\d)?)(?!\w)"
    rf"|\#(?P<hash>\d{{1,4}}(?:\.\d{{1,2}})?)(?!\w)"
    rf"|第\s?(?P<native>[\d０-９]{{1,4}})\s?[話回幕]"
    rf")",
    re.IGNORECASE,
)
_FINALE = re.compile(
    r"(?P<finale>(?:the )?(?:(?:season|series) finale|(?:final|last|special) episode|finale|special|OVA|ONA"
    r"|OAD))"
    r"(?=\s*(?:[:–—|“\"「(-]"
    r"|recap|review))",
    re.IGNORECASE,
)
_REVIEW_WORD = (
    r"(?:(?:spoiler(?:-free)?|mini|quick|weekly|anime|full|tv)[ -])?"
    r"(?:recaps?|rev(?:ie|ei)ws?|discussion|impressions?|reactions?|analysis|breakdown|thoughts)"
)
_REVIEW_WORDS = rf"{_REVIEW_WORD}(?:\s?(?:/|&|\+|and|,)\s?{_REVIEW_WORD})*"
_WHOLE_REVIEW = re.compile(
    rf"(?:(?:the|our|season|series|full|film|movie|overall|final)\s){{0,3}}{_REVIEW_WORDS}\s?:?",
    re.IGNORECASE,
)
_LEADING_REVIEW = re.compile(rf"^\s*[-–—:|(]?\s*(?P<words>{_REVIEW_WORDS})(?![\w’'])\)?", re.IGNORECASE)
_PREFIX_REVIEW = re.compile(
    rf"^[\[(]?(?:{_REVIEW_WORDS})[\])]?(?:\s?[:–—|]\s?|\s-\s|\s+|$)(?:of\s)?", re.IGNORECASE
)
_SUFFIX_REVIEW = re.compile(rf"(?:\s*[:–—|(-]\s*|\s+)(?:{_REVIEW_WORDS})\s*[:)]?$", re.IGNORECASE)
_SEASON = re.compile(
    r"(?:[\s,:–—(]|(?<=\s)-)*(?<![\w])(?:season\s(?P<after>\d{1,2}|" + "|".join(list(NUMBER_WORDS)[1:]) + r")"
    r"|(?P<before>\d{1,2})(?:st|nd|rd|th)\sseason|(?P<ordinal>"
    + "|".join(ORDINALS)
    + r")\sseason|S(?P<short>\d{1,2}))(?!\w)(?:,?\s(?:part|cour)\s\d)?\)?",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"[\s,–—|-]*[\[(]?\s?(?:(?:reviewed|written|recapped|words|review"
    r"|recap)\s)?by:?\s(?P<names>[^()\[\]“”\"「」]{2,60})[\])]?$",
    re.IGNORECASE,
)
_BRACKETED_NAME = re.compile(r"(?<=[⭐★☆½\ufe0f\d”\"」)])\s*[(\[](?P<names>[^()\[\]]{3,40})[)\]]$")
_SIGNED = re.compile(r"\s*[–—-]\s?(?P<names>[^()\[\]–—“”\"「」-]{3,40})$")
_FIRST_BRACKETS = re.compile(r"[:\s]*(?P<inner>[(\[][^()\[\]]{1,30}[)\]])\s*")
_LAST = re.compile(r"^\s?\((?:the )?(?:season |series )?(?:finale?|premiere|last)\)", re.IGNORECASE)
# "Episodes: 12" counts them, on a line of the info block.
_COUNT = re.compile(r"(?:no\. of |number of )?episodes:\s*\d+", re.IGNORECASE)
# Something that nobody knows may stand between the number and the quotes.
_INTERPOSED = re.compile(r"(?P<words>[^:“”\"「」『』]{1,30}):\s?(?P<quoted>[“\"「『].+)")
_HANGING = frozenset(
    """
    in of by the a an from at to and with for on until through since after before like this last next that is
    was where when during both than as about into
    """.split()
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's pieces; `series` and `season` only where it prints them."""

    episodes: str
    title: str | None = None
    title_native: str | None = None
    series: str | None = None
    season: int | None = None
    author: str | None = None
    rating: Rating | None = None
    doubt: str = ""
    bare: bool = False
    reviews: bool = False


def read_heading(text: str) -> Heading | None:
    """The heading that a plain line is, or None for prose that merely names an episode."""
    if not 2 < len(text) <= MAX_LENGTH or _COUNT.fullmatch(text):
        return None
    match = _EPISODE.search(text)
    finale = None if match else _FINALE.search(text)
    found = match or finale
    if not found:
        return None
    before = text[: found.start()]
    named = series_and_season(before)
    if named is None or (match and match["hash"] and not named[0]):
        return None
    series, season = named
    rest = _read_rest(text[found.end() :], bool(series))
    if rest is None or (series and not rest.reviews and not rest.bare and not rest.title and not rest.rating):
        return None
    episodes, doubt, coded = _numbers(found, is_finale=finale is not None)
    return Heading(
        episodes, rest.title, rest.title_native, series, season or coded, rest.author, rest.rating,
        doubt or rest.doubt, rest.bare, rest.reviews or before.strip() != (series or ""),
    )  # fmt: skip


def read_whole_heading(text: str) -> Rating | None:
    """The rating of a line that heads the review of a whole: "Season Recap/Review (⭐⭐⭐)"."""
    words, rating = split_trailing(text)
    return rating if rating and _WHOLE_REVIEW.fullmatch(words) else None


def series_and_season(text: str) -> tuple[str | None, int | None] | None:
    """The series' name and season in what precedes an episode's number; None if it is no name but prose."""
    name = text.strip()
    opened = _PREFIX_REVIEW.match(name)
    if opened and name[opened.end() :].strip() != name:
        name = name[opened.end() :]
    name = without_separators(name, "([“\"'‘’•/")
    name, season = split_season(name)
    name = without_separators(_SUFFIX_REVIEW.sub("", name), '([“”"•/')
    if season is None:
        name, season = split_season(name)
    if not name or re.fullmatch(_REVIEW_WORDS, name, re.IGNORECASE):
        return None if name and not re.fullmatch(_REVIEW_WORDS, name, re.IGNORECASE) else (None, season)
    return (name, season) if may_be_series(name) else None


def split_season(text: str) -> tuple[str, int | None]:
    """A title without "Season 2", "2nd Season" or "S2" at its end, and that number."""
    last = max(_SEASON.finditer(text), key=lambda found: found.start(), default=None)
    if last is None or text[last.end() :].strip(" :–—-|,)"):
        return text, None
    printed = (last["after"] or last["before"] or last["short"] or last["ordinal"]).lower()
    number = NUMBER_WORDS.get(printed) or ORDINALS.get(printed) or int(printed)
    return without_separators(text[: last.start()], "("), number


def _read_rest(text: str, prefixed: bool) -> Heading | None:
    """Review words, title, rating and author after the number; None if prose goes on there."""
    if text[:1].isalnum() or text[:2] in ("’s", "'s"):
        return None
    text = _LAST.sub("", text.removeprefix(")") if prefixed else text)
    words = _LEADING_REVIEW.match(text)
    reviews = bool(words)
    remainder = (text[words.end() :] if words else text).strip()
    remainder, rating, author = _ends(remainder)
    if rating is None:
        remainder, rating = _leading_rating(remainder)
    separator = remainder[:1] if remainder[:1] in (":", "：", "-", "–", "—", "|", ",", ".", "(", "/") else ""
    if separator == "(" and not is_japanese(remainder[:3]):
        separator = ""
    titled = (remainder.lstrip(" :：-–—|,./") if separator else remainder).rstrip(" :–—-|").strip("*_")
    if not titled:
        return Heading("", author=author, rating=rating, bare=True, reviews=reviews)
    if titled[0] == "(" and titled[-1] == ")" and titled[1:2] in QUOTES:
        titled = titled[1:-1].strip()
    interposed = _INTERPOSED.fullmatch(titled)
    title, native, left = split_quoted(interposed["quoted"] if interposed else titled)
    if interposed:
        left = f"{left} {interposed['words']}".strip()
    if title or native:
        sure = reviews or bool(rating) or separator in (":", "：", "-", "–", "—", "|")
        return _quoted_rest(
            title, native, left, Heading("", rating=rating, author=author, reviews=reviews), sure=sure
        )
    if titled[0] in QUOTES and titled[0] not in "'’":
        unclosed = titled[1:].strip()
        sure = len(unclosed) <= MAX_TITLE and not unclosed.endswith(".")
        return (
            Heading(
                "",
                unclosed,
                None,
                author=author,
                rating=rating,
                doubt="the title's quotes aren't closed",
                reviews=reviews,
            )
            if sure
            else None
        )
    return _unquoted_rest(titled, separator, rating, author, reviews)


def _quoted_rest(
    title: str | None, native: str | None, left: str, ends: Heading, *, sure: bool
) -> Heading | None:
    """The heading of a title in quotes; `left` is what follows them, `ends` what the line ended with."""
    leftover = _LEADING_REVIEW.sub("", left, count=1).strip(" :–—-|.,)")
    if ends.rating is None and (graded := read_rating(f"({leftover})")):
        ends, leftover = replace(ends, rating=graded), ""
    if leftover and title is None and not is_japanese(leftover) and len(leftover) <= MAX_TITLE:
        title, leftover = leftover, ""
    if is_unrated(leftover.strip("()[]")):
        leftover = ""
    doubt = f"after the title stands something not understood: {left}" if leftover else ""
    dashed = left[:1] in ("–", "—", "-", "(", "[")
    if leftover and (not sure or len(leftover) > MAX_LEFTOVER or (leftover[0].islower() and not dashed)):
        return None
    return replace(
        ends, title=title, title_native=native, doubt=doubt, reviews=ends.reviews or leftover != left
    )


def _unquoted_rest(
    titled: str, separator: str, rating: Rating | None, author: str | None, reviews: bool
) -> Heading | None:
    if separator in ("", ",", ".", "/") and not (reviews and rating):
        return None
    if len(titled) > MAX_TITLE or (titled.endswith(".") and not titled.endswith("...")):
        return None
    if len(titled.split()) > MAX_PLAIN_WORDS and not (rating or reviews):
        return None
    opening = titled.rfind("(")
    if titled.endswith(")") and opening > 0 and is_japanese(titled[opening:]):
        return Heading(
            "",
            titled[:opening].strip(),
            titled[opening + 1 : -1].strip("「」『』 "),
            author=author,
            rating=rating,
            reviews=reviews,
        )
    if is_japanese(titled):
        return Heading("", None, titled, author=author, rating=rating, reviews=reviews)
    return Heading("", titled, None, author=author, rating=rating, reviews=reviews)


def _ends(text: str) -> tuple[str, Rating | None, str | None]:
    """The text without the rating and the author at its end, in whichever order."""
    rating = author = None
    for _turn in range(3):
        shorter, found = split_trailing(text) if rating is None else (text, None)
        if found:
            text, rating = shorter, found
            continue
        signed = _AUTHOR.search(text) if author is None else None
        names = split_names(signed["names"]) if signed and _is_signed(text, signed) else None
        if not names and author is None and (signed := _SIGNED.search(text)) and _may_sign(text, signed):
            names = [signed["names"].strip()]
        if (
            not names
            and author is None
            and (signed := _BRACKETED_NAME.search(text))
            and is_name(signed["names"])
            and not is_japanese(signed["names"])
        ):
            names = [signed["names"]]
        if not names or not signed:
            break
        text, author = text[: signed.start()].rstrip(), " and ".join(names)
    if rating is None and text and (whole := read_rating(text.strip(" :–—-|"))):
        return "", whole, author
    return text, rating, author


def _leading_rating(text: str) -> tuple[str, Rating | None]:
    """A rating in brackets before the title, and the text after it."""
    opened = _FIRST_BRACKETS.match(text)
    rating = read_rating(opened["inner"]) if opened else None
    return (text[opened.end() :], rating) if opened and rating else (text, None)


def _is_signed(text: str, signed: re.Match[str]) -> bool:
    """Whether "by ..." signs the part, rather than ending a title such as Stand by Me."""
    before, mark = text[: signed.start()].rstrip(), signed[0].lstrip().lower()
    return not mark.startswith("by") or before[-1:] in ("", "”", '"', "」", "』", ")", "’", "'")


def _may_sign(text: str, signed: re.Match[str]) -> bool:
    closed = text[: signed.start()].rstrip()[-1:] in ("”", '"', "」", "』", ")", "’")
    return closed and is_name(signed["names"].strip())


def _numbers(match: re.Match[str], *, is_finale: bool) -> tuple[str, str, int | None]:
    """The number as printed, a doubt about it, and the season of a code such as S2E05."""
    if is_finale:
        return match["finale"], "the number of this episode isn't printed", None
    if match["coded"]:
        return match["coded"].lstrip("0") or "0", "", int(match["season"])
    printed = match["numbers"] or match["number"] or match["extra"] or match["hash"] or match["native"]
    printed = unicodedata.normalize("NFKC", printed) if match["native"] else printed
    if printed.lower() in _WORD_NUMBERS:
        return _WORD_NUMBERS[printed.lower()], f"read “{printed}” as {_WORD_NUMBERS[printed.lower()]}", None
    return printed, "", None


def may_be_series(name: str) -> bool:
    """Whether a few words are written as a series' name is, rather than as prose."""
    words = name.split()
    if len(name) > 100 or name.endswith((".", "!”", ";")) or words[-1].lower() in _HANGING:
        return False
    if is_japanese(name):
        return not name.endswith("。")
    lower = [
        word
        for word in words
        if word[0].islower()
        and word not in _HANGING
        and word not in ("no", "wa", "ga", "wo", "o", "ni", "de", "or", "my", "kara", "mo")
    ]
    return (
        (words[0][0].isupper() or words[0][0].isdigit())
        and len(lower) <= len(words) // 4
        and words[0].lower() not in ("in", "by", "since", "after")
    )
