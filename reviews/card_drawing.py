"""Draws a social card: 1200 by 630, the house's title card on one side, what is reviewed on the other."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from coverage.newsroom.models import Picture
from coverage.newsroom.pictures import renditions

WIDTH, HEIGHT = 1200, 630
# The frame is as wide as the front page's lead.
FRAME = 640
MARGIN = 48
BLACK, INK, SOFT, RULE, GOLD = "#121318", "#f8f7f2", "#b9bac3", "#4b4d58", "#f5c94c"

FONT = Path(__file__).with_name("fonts") / "NotoSerifJP-Bold.woff2"
# As the wordmark is drawn in templates/components/wordmark.html; above and below its splice.
WORDMARK = (
    "M0 0H54V20H21V40H48V59H21V80H54V100H0z M62 0H85L95 33L105 0H128L106 60V100H84V60z "
    "M138 0H192V20H159V40H186V59H159V80H192V100H138z "
    "M218 0H260V20H227L223 24V76L227 80H260V100H218L202 84V16z "
    "M291 0H315L336 100H315L312 83H294L291 100H270z M303 27L297 64H309z "
    "M339 0H397V20H379V100H357V20H339z M418 0H460V20H427L423 24V76L427 80H460V100H418L402 84V16z "
    "M470 0H491V39H511V0H532V100H511V60H491V100H470z"
)
HOLE = 5  # the outline in the A that is cut out of it
SPLICE = 66
# A star's ten corners, as in templates/components/stars.html, in a box of 20 by 20.
STAR = ((10, 1), (12.4, 7.3), (19.1, 7.6), (13.9, 11.9), (15.6, 18.4),
        (10, 14.7), (4.4, 18.4), (6.1, 11.9), (0.9, 7.6), (7.6, 7.3))  # fmt: skip

# Upright type: its sizes, and how many columns each may take.
COLUMNS = ((124, 1), (104, 2), (84, 3), (64, 4), (48, 5))
SIZES = (66, 58, 50, 44, 38, 32, 26)
LEADING = 1.24

# Letters whose stroke no decomposition takes away.
STROKED = str.maketrans("ŁłĦħŦŧı", "LlHhTti")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Mark:
    """A score, and whose or of what it is where a piece has several; None is unrated."""

    name: str
    stars: Decimal | None


@dataclass(frozen=True)
class Words:
    """All that a card says. `unrated` is the word for it; `colours` are the accent's deep and bright."""

    house: str
    title: str
    native: str
    label: str
    marks: tuple[Mark, ...]
    unrated: str
    colours: tuple[str, str]


def drawn(words: Words, picture: Picture | None) -> bytes:
    """The card as a JPEG."""
    card = Image.new("RGB", (WIDTH, HEIGHT), BLACK)
    if picture is None or not _paste_picture(card, picture):
        _set_title(card, words)
    _ticks(ImageDraw.Draw(card))
    _panel(card, words)
    file = BytesIO()
    card.save(file, "JPEG", quality=88, subsampling=0, optimize=True)
    return file.getvalue()


# The frame


def _paste_picture(card: Image.Image, picture: Picture) -> bool:
    part = renditions.framed(picture, FRAME / HEIGHT)
    try:
        frame = renditions.cut(picture, part, (FRAME, HEIGHT))
    except OSError:
        return False  # a card without it says the same
    card.paste(frame, (0, 0), frame if frame.mode == "RGBA" else None)
    return True


def _set_title(card: Image.Image, words: Words) -> None:
    """The show's own title, set as a card: in its own script where that can be drawn."""
    deep, bright = words.colours
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, FRAME, HEIGHT), fill=deep)
    native = words.native if drawable(words.native) else ""
    if native and features.check("raqm"):
        columns, size = _columns(native)
        first = FRAME / 2 + 0.65 * size * (len(columns) - 1)
        for number, column in enumerate(columns):
            at = (round(first - 1.3 * size * number), MARGIN + 20)
            draw.text(at, column, INK, font(size), direction="ttb", language="ja", anchor="mt")
    else:
        initial = (cleaned(words.title) or cleaned(words.house) or " ")[0]
        draw.text((FRAME / 2, HEIGHT / 2), initial, bright, font(420), anchor="mm")


def _columns(native: str) -> tuple[list[str], int]:
    """How a native title stands upright: its columns from the right, and their type's size."""
    for size, most in COLUMNS:
        rows = (HEIGHT - 2 * MARGIN - 40) // size
        if len(native) <= rows * most:
            break
    native = native[: rows * most]
    length = -(-len(native) // -(-len(native) // rows))
    return [native[start : start + length].strip() for start in range(0, len(native), length)], size


def _ticks(draw: ImageDraw.ImageDraw) -> None:
    """The corners of the frame's field guide."""
    inset, length = 24, 30
    for x, along in ((inset, 1), (FRAME - inset, -1)):
        for y, down in ((inset, 1), (HEIGHT - inset, -1)):
            draw.line([(x + along * length, y), (x, y), (x, y + down * length)], INK, 3)


# The panel


def _panel(card: Image.Image, words: Words) -> None:
    draw = ImageDraw.Draw(card)
    left, right = FRAME + MARGIN, WIDTH - MARGIN
    _pegs(draw, (left + right) / 2)
    bottom = _house(card, words.house, left) - 44
    for mark in reversed(words.marks):
        bottom = _mark(card, mark, words, (left, right), bottom, alone=len(words.marks) == 1)
    top = 92
    native = words.native if drawable(words.native) else ""
    label = cleaned(words.label)
    below = 62 if label else 0
    lines, size = fitted(cleaned(words.title), right - left, bottom - top - below)
    for line in lines:
        draw.text((left, top), line, INK, font(size))
        top += round(size * LEADING)
    top += 20
    if native and font(26).getlength(native) <= right - left and top + 50 + below < bottom:
        draw.text((left, top), native, SOFT, font(26))
        top += 50
    if label:
        draw.text((left, top), _shortened(label, right - left, 32), words.colours[1], font(32))


def _pegs(draw: ImageDraw.ImageDraw, middle: float) -> None:
    """The peg bar's holes: an animator's paper hangs by them."""
    draw.ellipse((middle - 9, 31, middle + 9, 49), fill=RULE)
    for side in (-1, 1):
        at = middle + side * 84
        draw.rounded_rectangle((at - 29, 33, at + 29, 47), 7, fill=RULE)


def _house(card: Image.Image, house: str, left: int) -> int:
    """The house's name at the foot; where it begins."""
    top = HEIGHT - MARGIN - 40
    if house == "Eyecatch":
        card.paste(INK, (left, top), _wordmark(40))
    else:
        name = _shortened(cleaned(house), WIDTH - MARGIN - left, 34)
        ImageDraw.Draw(card).text((left, HEIGHT - MARGIN), name, INK, font(34), anchor="ls")
    return top


def _mark(
    card: Image.Image, mark: Mark, words: Words, edges: tuple[int, int], bottom: int, *, alone: bool
) -> int:
    """One score with its foot at `bottom`; where it begins."""
    draw, (left, right) = ImageDraw.Draw(card), edges
    size = 64 if alone else 32
    if mark.stars is None:
        draw.text((right if mark.name else left, bottom), words.unrated, SOFT, font(26),
                  anchor="rs" if mark.name else "ls")  # fmt: skip
    else:
        _stars(card, (right - 5 * size if mark.name else left, bottom - size), size, mark.stars)
    if mark.name:
        room = right - left - 5 * size - 20
        draw.text((left, bottom - 6), _shortened(cleaned(mark.name), room, 24), SOFT, font(24), anchor="ls")
    return bottom - size - 14


def _stars(card: Image.Image, at: tuple[int, int], size: int, stars: Decimal) -> None:
    fine = 4
    row = Image.new("L", (5 * size * fine, size * fine))
    draw = ImageDraw.Draw(row)
    for number in range(5):
        draw.polygon([((x / 20 + number) * size * fine, y / 20 * size * fine) for x, y in STAR], fill=255)
    mask = row.resize((5 * size, size), Image.Resampling.LANCZOS)
    card.paste(RULE, at, mask)
    full = round(float(stars) * size)
    if full:
        card.paste(GOLD, at, mask.crop((0, 0, full, size)))


def _wordmark(height: int) -> Image.Image:
    """A mask of the wordmark, its lower part shifted along the splice as in the masthead."""
    fine = 4
    scale = height * fine / 105
    whole = Image.new("L", (round(541 * scale), height * fine))
    for shift, gap, above, below in ((0, 0, 0, SPLICE), (9, 5, SPLICE, 100)):
        letters = Image.new("L", whole.size)
        draw = ImageDraw.Draw(letters)
        for number, outline in enumerate(_outlines(WORDMARK)):
            moved = [((x + shift) * scale, (y + gap) * scale) for x, y in outline]
            draw.polygon(moved, fill=0 if number == HOLE else 255)
        band = (0, round((above + gap) * scale), whole.width, round((below + gap) * scale))
        whole.paste(letters.crop(band), band)
    return whole.resize((whole.width // fine, height), Image.Resampling.LANCZOS)


def _outlines(path: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each closed outline of a path of straight lines."""
    for outline in filter(None, path.split("z")):
        x = y = 0.0
        corners = []
        for step, first, second in re.findall(r"([MLHV])([\d.]+)(?: ([\d.]+))?", outline):
            x = x if step == "V" else float(first)
            y = float(first) if step == "V" else float(second) if second else y
            corners.append((x, y))
        yield corners


# Type


@cache
def font(size: int) -> Font:
    """The card's type; Pillow's own where this machine can't read ours."""
    try:
        return ImageFont.truetype(FONT, size)
    except OSError:
        return ImageFont.load_default(size)


@cache
def _has(character: str) -> bool:
    shape, nothing = (font(32).getmask(one) for one in (character, "\uffff"))
    return character.isspace() or (shape.size, bytes(shape)) != (nothing.size, bytes(nothing))


def drawable(text: str) -> bool:
    """Whether the type has all of it: better nothing than boxes."""
    return bool(text) and all(map(_has, text))


def cleaned(text: str) -> str:
    """What of `text` the type has; a letter without its accent before none at all."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(one if _has(one) else _bare(one) for one in composed).split())


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.translate(STROKED))
    return "".join(part for part in parts if not unicodedata.combining(part) and _has(part))


def fitted(text: str, width: int, height: int) -> tuple[list[str], int]:
    """`text` broken into lines, in the largest type that fits; shortened where none does."""
    for size in SIZES:
        lines = _lines(text, width, size)
        if len(lines) * size * LEADING <= height and all(
            font(size).getlength(line) <= width for line in lines
        ):
            return lines, size
    room = max(1, int(height // (SIZES[-1] * LEADING)))
    kept = lines[:room]
    if len(lines) > room:
        kept[-1] = f"{kept[-1]}…"
    return [_shortened(line, width, SIZES[-1]) for line in kept], SIZES[-1]


def _lines(text: str, width: int, size: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font(size).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shortened(text: str, width: int, size: int) -> str:
    if font(size).getlength(text) <= width:
        return text
    while text and font(size).getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
