"""Ratings as critics print them, and what follows from them on the house's five stars. Nothing is guessed."""

import re
from dataclasses import replace
from decimal import Decimal

from reviews.importing.article import Rating, Scale
from reviews.importing.lines import plain

FULL = "⭐★🌟✭✮✯⭑"
EMPTY = "☆✩✰"
HALVES = ("½", "1/2", "1⁄2", ".5", ",5", "andahalf", "+half", "half", "⯨", "⯪", "✬", "⭒")
HOUSE_SCALE = Decimal(5)
# Fractions of other scales are more likely "part 1 of 2" or a date than a rating.
KNOWN_SCALES = frozenset({4, 5, 6, 10, 20, 100})
NUMBER_WORDS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
}

_NUMBER = r"(?:\d{1,3}(?:[.,]\d{1,2})?|" + "|".join(NUMBER_WORDS) + ")"
_HALF = r"(?:½|1/2|1⁄2|and a half|and one half)"
_OUT_OF = re.compile(
    rf"(?P<value>{_NUMBER})?[ -]?(?P<half>{_HALF})?[ ]?(?:/|out of"
    rf"|of)[ ]?(?P<scale>{_NUMBER})(?:[ ]?(?:stars?|points?))?"
)
_STARS = re.compile(rf"(?P<value>{_NUMBER})?[ -]?(?P<half>{_HALF})?[ -]?stars?")
_PERCENT = re.compile(r"(?P<value>\d{1,3}(?:\.\d{1,2})?)[ ]?%")
_LETTER = re.compile(r"[A-F](?:[+\-−–]|[ ]plus|[ ]minus)?")
_LABEL = re.compile(
    r"(?:(?:final|overall|episode|our|my|the|season|series|film|movie|total|star)[ ]){0,3}"
    r"(?:rating|score|grade|stars)(?:[ ]?\([^)]{1,40}\))?[ ]?[:：=–—-][ ]?",
    re.IGNORECASE,
)
_AGE = re.compile(r"(?:TV-?(?:14|MA|PG|Y7?|G)|PG(?:-?\d\d)?|NC-17|R(?:\d\d)?|G|M|\d\d\+)", re.IGNORECASE)
_UNRATED = frozenset(
    {"unrated", "not rated", "no rating", "none", "n/a", "na", "tbd", "tba", "-", "–", "—", "?"}
)
_WORDS = re.compile(
    r"(?:(?:highly|strongly|cautiously|not|mildly)[ ])?recommended|must[- ](?:watch|see)|skip(?:[ ]it)?"
    r"|essential|(?:not[ ])?worth (?:a[ ])?watch(?:ing)?|watch it|stream it|masterpiece|mixed"
    r"|thumbs (?:up|down)|(?:very )?(?:good|bad)|great|excellent|outstanding|fair|okay|average|mediocre|poor",
    re.IGNORECASE,
)
_SELECTORS = dict.fromkeys([0xFE0E, 0xFE0F])
_BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【"}


def read_rating(text: str, *, labelled: bool = False) -> Rating | None:
    """The rating that the whole text is, or None. Numbers, letters and words need a label or brackets."""
    raw = _without_brackets(text.strip())
    bare = plain(raw.translate(_SELECTORS))
    if not bare or len(bare) > 60:
        return None
    if raw != text.strip() and (inner := labelled_rating(raw)) and inner[0]:
        return inner[0]
    rating = _from_glyphs(bare) or _from_numbers(bare.lower())
    if rating is None and (labelled or raw != text.strip()):
        rating = _from_letter(bare) or _from_word(bare, labelled=labelled)
    return replace(rating, raw=raw) if rating else None


def labelled_rating(text: str) -> tuple[Rating | None, str] | None:
    """The rating of a line such as "Rating: 4/5", beside its printed value; None for any other line."""
    label = _LABEL.match(text)
    if not label:
        return None
    value = text[label.end() :].strip()
    if plain(value).lower() in _UNRATED or _AGE.fullmatch(value):
        return None, value
    rating = read_rating(value, labelled=True)
    return (rating, value) if rating else None


def is_unrated(value: str) -> bool:
    """Whether a rating's printed value says that there is none."""
    return plain(value).lower() in _UNRATED


def split_trailing(text: str) -> tuple[str, Rating | None]:
    """A heading's text before its rating, and the rating: in brackets or bare at the end."""
    text = text.rstrip()
    opening = _BRACKETS.get(text[-1:])
    if opening and (start := text.rfind(opening)) >= 0:
        rating = read_rating(text[start:]) or _puzzling(text[start:])
        if rating:
            return text[:start].rstrip(), rating
    tail_start = max(0, len(text) - 40)
    for position in range(tail_start, len(text)):
        opens = text[position] in FULL + EMPTY or not position or text[position - 1] in " :–—-|,"
        if not opens or text[position] in " :–—-|,":
            continue
        rating = read_rating(text[position:])
        if rating and rating.raw == text[position:].strip():
            return text[:position].rstrip(), rating
    return text, None


def _puzzling(bracketed: str) -> Rating | None:
    """Brackets that hold stars, but no rating that can be read."""
    if len(bracketed) > 60 or not any(char in FULL + EMPTY for char in bracketed):
        return None
    return Rating(_without_brackets(bracketed), None, 5, None, "its stars can't be counted")


def split_leading(text: str) -> Rating | None:
    """The rating with which a verdict opens ("4/5. Worth it"), if it does."""
    head = re.match(
        rf"[(\[]?((?:[{FULL}{EMPTY}\ufe0f ]{{1,24}}(?:½|1/2)?|\d{{1,2}}(?:\.5|½)?[ ]?/[ ]?(?:5"
        rf"|10)))[)\]]?(?=[\s.:,–—-]|$)",
        text,
    )
    return read_rating(head[1]) if head else None


def stars_from(value: Decimal, scale: Decimal) -> Decimal | None:
    """The house's stars where they follow exactly in half steps from 0.5 to 5."""
    if not 0 < value <= scale:
        return None
    halves = value / scale * HOUSE_SCALE * 2
    return halves / 2 if halves == halves.to_integral_value() and halves >= 1 else None


def _rating(value: Decimal, scale: Decimal) -> Rating:
    stars = stars_from(value, scale)
    shown: Scale = int(scale) if scale == scale.to_integral_value() else float(scale)
    if stars is not None:
        return Rating("", value, shown, stars.quantize(Decimal("0.1")))
    if value > scale:
        doubt = f"the rating is above its scale of {shown}"
    elif not value:
        doubt = "a rating of nothing isn't on our scale, which begins at half a star"
    else:
        doubt = f"{value} of {shown} doesn't fall on a half star"
    return Rating("", value, shown, None, doubt)


def _from_glyphs(bare: str) -> Rating | None:
    text = bare.replace(" ", "")
    first = next((at for at, char in enumerate(text) if char in FULL + EMPTY), None)
    if first is None:
        return None
    if first:
        return _after_figures(bare, text, first)
    full = len(text) - len(text.lstrip(FULL))
    rest = text[full:]
    half = next((mark for mark in HALVES if rest.startswith(mark)), "")
    rest = rest[len(half) :]
    empty = len(rest) - len(rest.lstrip(EMPTY))
    rest = rest[empty:].strip("()[]=:–—-|,")
    return _counted(full, bool(half), empty, rest)


def _after_figures(bare: str, text: str, first: int) -> Rating | None:
    """Figures, then glyphs: "4/5 ★★★★☆", or one star for the word: "3 1/2 ⭐"."""
    glyphs = text[first:]
    figures = bare[: bare.index(glyphs[0])].strip(" ()[]=:–—-|,").lower()
    if glyphs in FULL:
        return _from_numbers(figures) or _from_numbers(f"{figures} stars")
    return _from_glyphs(f"{glyphs} {figures}")


def _counted(full: int, half: bool, empty: int, rest: str) -> Rating | None:
    value = Decimal(full) + (Decimal("0.5") if half else 0)
    slots = full + half + empty
    scale = Decimal(slots) if empty and slots != HOUSE_SCALE else HOUSE_SCALE
    times = re.fullmatch(r"[x×](\d(?:\.5)?)", rest, re.IGNORECASE)
    if times and full == 1 and not half and not empty:
        return _rating(Decimal(times[1]), HOUSE_SCALE)
    if not full and not half:
        return None if rest else Rating("", None, 5, None, "only hollow stars: the rating can't be told")
    if scale not in (4, HOUSE_SCALE, 10):
        return Rating("", value, int(scale), None, f"{slots} stars in all is no scale we know")
    rating = _rating(value, scale)
    if not rest or re.fullmatch(r"/5|outof(?:5|five|⭐{5}|★{5})", rest, re.IGNORECASE):
        return rating
    second = _from_numbers(rest.lower())
    if second is None:
        return None
    if second.stars != rating.stars:
        return Rating("", value, int(scale), None, "its stars and its figures disagree")
    return rating


def _from_numbers(bare: str) -> Rating | None:
    if bare in ("1/2", "(1/2)"):
        return Rating("", None, 5, None, "may mean half a star or one of two")
    if bare == "½":
        return _rating(Decimal("0.5"), HOUSE_SCALE)
    if match := _PERCENT.fullmatch(bare):
        return _rating(Decimal(match["value"]), Decimal(100))
    if match := _OUT_OF.fullmatch(bare):
        scale = _decimal(match["scale"])
        value = _value(match)
        return _rating(value, scale) if value is not None and scale in KNOWN_SCALES else None
    if match := _STARS.fullmatch(bare):
        value = _value(match)
        return _rating(value, HOUSE_SCALE) if value is not None else None
    return None


def _value(match: re.Match[str]) -> Decimal | None:
    if not match["value"] and not match["half"]:
        return None
    return (_decimal(match["value"]) if match["value"] else Decimal()) + (
        Decimal("0.5") if match["half"] else 0
    )


def _decimal(text: str) -> Decimal:
    return Decimal(NUMBER_WORDS[text]) if text in NUMBER_WORDS else Decimal(text.replace(",", "."))


def _from_letter(bare: str) -> Rating | None:
    if not _LETTER.fullmatch(bare):
        return None
    return Rating("", None, "letter", None, "a letter grade has no exact place on our scale")


def _from_word(bare: str, *, labelled: bool) -> Rating | None:
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{1,2})?", bare):
        return Rating("", None, "word", None, "a number without its scale") if labelled else None
    if _WORDS.fullmatch(bare) or (labelled and len(bare.split()) <= 4 and not re.search(r"\d|\.$", bare)):
        return Rating("", None, "word", None, "a rating in words has no exact place on our scale")
    return None


def _without_brackets(text: str) -> str:
    opening = _BRACKETS.get(text[-1:])
    return text[1:-1].strip() if opening and text.startswith(opening) and len(text) > 2 else text
