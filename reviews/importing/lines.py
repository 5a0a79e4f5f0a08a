"""Source lines: as printed, and in a plain form that patterns are tried on."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

# Joiners, direction marks, the byte order mark, the soft hyphen: seen by nobody. Variation selectors stay: a
# rating is kept as printed, and they are part of its stars.
INVISIBLE = dict.fromkeys(
    [
        0xAD,
        0x61C,
        0x180E,
        0xFEFF,
        0xFFFC,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
    ]
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_DECORATION = re.compile(r"^(?:#{1,6}(?=[\s*_]|$)|[*_>]{1,3}|[•●▪◆■](?=\s)|[-–—](?=\s)|\s)*")
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff々〇]")


@dataclass(frozen=True)
class Line:
    """One line of the source; `number` counts from 1."""

    number: int
    raw: str

    @cached_property
    def text(self) -> str:
        """The line as printed, without the blanks around it."""
        return self.raw.strip()

    @cached_property
    def plain(self) -> str:
        """The line for matching: no invisible characters, single spaces, no Markdown around it."""
        return undecorated(plain(self.raw))


def is_rule(text: str) -> bool:
    """Whether the line only draws a line: "---", "* * *"."""
    return len(text) > 2 and not text.strip("-–—_*=~·•# ")


def source_lines(text: str) -> list[Line]:
    """All lines of a text, blank ones too, counted as an editor's program counts them."""
    return [Line(number, raw) for number, raw in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1)]


def plain(text: str) -> str:
    """The text without invisible characters and with single spaces."""
    return " ".join(text.translate(INVISIBLE).split())


def undecorated(text: str) -> str:
    """The text without a Markdown heading's or emphasis' marks around it."""
    start = _DECORATION.match(text)
    bare = text[start.end() :] if start else text
    if "**" in bare or "__" in bare:
        bare = bare.replace("**", "").replace("__", "")
    return bare.rstrip("#*_ ").strip() if bare[-1:] in ("#", "*", "_") else bare


def without_separators(text: str, more: str = "") -> str:
    """The text without the marks that set it apart; a hyphen that is written on to a word stays."""
    bare = text.strip(" :–—|," + more)
    while bare.startswith("- ") or bare.endswith(" -") or bare == "-":
        bare = bare.removeprefix("-").removesuffix("-").strip(" :–—|," + more)
    return bare


def is_japanese(text: str) -> bool:
    """Whether the text holds any kana or kanji."""
    return bool(_CJK.search(text))


def folded(text: str) -> str:
    """A form in which two spellings of one title are equal: case, width, quotes and dashes don't count."""
    bare = unicodedata.normalize("NFKD", plain(text)).casefold()
    return "".join(char for char in bare if char.isalnum() and not unicodedata.combining(char))
