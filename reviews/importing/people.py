"""Names of people in running text: which spans may be one, and lists of them."""

import re

# A word that opens a sentence or a title of its own, never a person's name.
_NOT_A_NAME = frozenset(
    """
    the this that these those a an and but or nor so yet if as at by for from in into of on to with
    without while when where what who why how it its he she they we you i his her their our your my
    there here after before during until since because although though however instead also other
    another once then thus both each every all most many some any no not now just like unlike even still
    only perhaps maybe under over between among despite is are was were be been has have had do does did
    will would can could should may might must january february march april june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday episode episodes
    season series anime manga film movie show review recap verdict studio studios source platform mr mrs
    ms dr
    """.split()
)
_ORGANISATION = frozenset(
    """
    studio studios pictures animation productions production inc inc. ltd co co. entertainment film
    films works committee project team records corporation company network media group publishing games
    crunchyroll netflix hulu hidive funimation aniplex toho kadokawa kodansha shueisha tv
    """.split()
)
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "al",
        "el",
        "no",
        "na",
    ]
)
_NAME_WORD = re.compile(r"[^\W\d_](?:[\w’'‐-]|\.(?=[^\W\d_]))*\.?")
_LIST_BREAK = re.compile(r"\s*(?:,\s*(?:and|&)\s+|[,;、・]\s*|\s(?:and|&|with)\s|\s[/+]\s)\s*")
_CJK_NAME = re.compile(
    r"[\u3041-\u30ff\u3400-\u9fff々〇]{1,6}(?:[ 　・][\u3041-\u30ff\u3400-\u9fff々〇]{1,6})?"
)
MAX_WORDS = 4


def name_at(text: str, start: int, *, single: bool = False) -> str | None:
    """The person's name that begins at this offset; one word only where `single` allows it."""
    words: list[str] = []
    position = start
    while len(words) < MAX_WORDS + 1:
        match = _NAME_WORD.match(text, position)
        if not match:
            break
        word, ends = _cut(match[0], text, match.end())
        if not _may_belong(word, bool(words)):
            break
        words.append(word)
        position = match.end()
        if ends or text[position : position + 1] not in (" ", "\xa0"):
            break
        position += 1
    while words and words[-1].lower() in _PARTICLES and not words[-1][0].isupper():
        words.pop()
    name = " ".join(words)
    return name if is_name(name, single=single) else None


def is_name(text: str, *, single: bool = False) -> bool:
    """Whether the whole text can be a person's name: two to four capitalised words, or Japanese."""
    if _CJK_NAME.fullmatch(text):
        return len(text) > 1
    words = text.split()
    if not (1 if single else 2) <= len(words) <= MAX_WORDS or not words[0][0].isupper():
        return False
    if len(words) == 1 and (text.isupper() or len(text) < 3):
        return False
    return all(_may_belong(word, bool(at)) for at, word in enumerate(words)) and words[-1][0].isupper()


def split_names(text: str, *, single: bool = True) -> list[str] | None:
    """The names of a list such as "A, B and C"; None if any piece isn't one."""
    pieces = [
        piece.strip(" .") if not piece.endswith("Jr.") else piece for piece in _LIST_BREAK.split(text.strip())
    ]
    if not pieces or not all(is_byline(piece) if single else is_name(piece) for piece in pieces):
        return None
    return pieces


def is_byline(text: str) -> bool:
    """Whether the text can sign a piece; a pen name of one word will do, in capitals too."""
    words = text.split()
    if not words or len(words) > MAX_WORDS or len(text) > 60:
        return False
    return is_name(text, single=True) or (
        len(words) == 1
        and bool(re.fullmatch(r"@?[^\W_][\w.’'-]{1,29}", text))
        and text.lower() not in _NOT_A_NAME
    )


def _cut(word: str, text: str, end: int) -> tuple[str, bool]:
    """The word without a possessive or a full stop, and whether the name must end with it."""
    for mark in ("’s", "'s", "s’", "s'"):
        if word.endswith(mark) and len(word) > len(mark) + 1:
            return word[: -len(mark)] + ("s" if mark[0] == "s" else ""), True
    if word.endswith(("’", "'")):
        return word[:-1], True
    if word.endswith(".") and word not in ("Jr.", "Sr.") and len(word) > 2 and "." not in word[:-1]:
        return word[:-1], True
    return word, False


def _may_belong(word: str, after_first: bool) -> bool:
    lower = word.lower()
    if after_first and lower in _PARTICLES:
        return True
    if not word or not word[0].isupper() or lower in _ORGANISATION:
        return False
    return lower not in _NOT_A_NAME and not any(char.isdigit() for char in word)
