"""Titles in quotes of every kind, and native titles beside them."""

import re

from reviews.importing.lines import is_japanese

QUOTES = {
    "“": "”",
    '"': '"',
    "‘": "’",
    "'": "'",
    "「": "」",
    "『": "』",
    "«": "»",
    "„": "“",
    "‹": "›",
    "”": "”",
    "《": "》",
}
_SEVERAL = re.compile(r'[”"’],?(?:\s|\s?[/&]\s?|\sand\s)[“"‘]')
_GLOSSED = re.compile(r"(?P<title>[^(（]+?)\s*[(（](?P<native>[^()（）]+)[)）]")


def split_quoted(text: str) -> tuple[str | None, str | None, str]:
    """A title and a native title in quotes at the start of the text, and what is left after them."""
    title = native = None
    rest = text.strip()
    while rest and not (title and native):
        opening = rest[0]
        bracketed = opening in "(（" and len(rest) > 2
        inner, after = _bracketed(rest) if bracketed else _quoted(rest)
        if inner is None:
            break
        glossed = None if bracketed or title else _GLOSSED.fullmatch(inner)
        if glossed and is_japanese(glossed["native"]) and not is_japanese(glossed["title"]):
            title, native = glossed["title"], glossed["native"]
        elif is_japanese(inner):
            if native:
                break
            native = inner
        elif bracketed or title:
            break
        else:
            title = inner
        rest = after.lstrip(" /,")
        rest = rest.lstrip("–—-| ") if rest[1:].lstrip(" –—-|")[:1] in {*QUOTES, "(", "（"} else rest
    return title, native, rest


def _quoted(text: str) -> tuple[str | None, str]:
    """What the quotes at the start hold, up to the last mark that closes them, and the text after it."""
    closing = QUOTES.get(text[0])
    if closing is None:
        return None, text
    ends = [closing, '"', "“"] if closing == "”" else [closing]
    if text[0] == '"':
        ends.append("”")
    end = max(text.rfind(mark, 1) for mark in ends) if text[0] not in "「『" else text.find(closing, 1)
    if end <= 1:
        return None, text
    inner = text[1:end].strip().removesuffix(",").strip()
    if text[0] not in "「『" and (several := _SEVERAL.search(inner)):
        if is_japanese(inner[several.end() :]) != is_japanese(inner[: several.start()]):
            end = text.index(several[0])  # the title and the native title
            return text[1:end].strip(), text[end + 1 :]
        inner = text[: end + 1]  # several titles, each in quotes of its own
    return inner, text[end + 1 :]


def _bracketed(text: str) -> tuple[str | None, str]:
    end = max(text.find(")"), text.find("）"))
    inner = text[1:end].strip(' 「」『』“”"') if end > 0 else ""
    return (inner, text[end + 1 :]) if inner and is_japanese(inner) else (None, text)
