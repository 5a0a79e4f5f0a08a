"""What an article says of its own spoilers: a sentence, its level, how far it reaches."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from reviews.importing.article import Doubt, Paragraph, Spoilers
from reviews.importing.lines import plain
from reviews.importing.ratings import NUMBER_WORDS, ORDINALS

type Level = Literal["none", "mild", "heavy"]

# The lookbehind keeps a long run of full stops from being tried again at each of them.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[”\"’)\]]*+\s++")
_MENTION = re.compile(r"\bun?spoil|\bspoil", re.IGNORECASE)
_NOT_FREE = re.compile(
    r"\b(?:not|isn.t|won.t be|hardly|far from|never|not entirely"
    r"|anything but) (?:be )?(?:\w+ )?(?:spoiler[- ]?free|free (?:of|from) spoilers)"
)
_AVOIDERS = re.compile(
    r"\b(?:if|unless|those|anyone|readers?|for) .{0,60}\b(?:spoiler[- ]?free|no spoilers"
    r"|avoid(?:ing)? (?:any |all )?spoilers|unspoiled|(?:be|get|being|getting) spoiled|spoilers?[- ]averse"
    r"|want (?:any )?spoilers|like spoilers|spoilers? bother)"
)
_WE_AVOID = re.compile(
    r"\b(?:we|i|review|article|piece|recap|this)\b(?:['’]ll)?(?: \w+){0,3} (?:avoid|steer)"
)
_ELSEWHERE = re.compile(
    r"\b(?:trailers?|teasers?|previews?|marketing|posters?|opening|fans?|fandom|twitter|internet|online"
    r"|social media|chapter titles?)\b"
)
_NONE = re.compile(
    r"spoiler[- ]?(?:free|less)|\b(?:no|zero|without(?: any)?|free (?:of|from)(?: any)?|avoid(?:s"
    r"|ing)?(?: any| all)?|steers? clear of|not (?:contain|include|have|discuss)(?: any)?|n.t (?:contain"
    r"|include|have|discuss)(?: any)?|free from)"
    r" (?:(?:major|minor|big|plot|story|significant|heavy|real) )*spoilers?|non-spoiler|\b(?:not|never|n.t"
    r"|without) (?:\w+ )?spoil(?:ing)?\b|nothing (?:is|will be) spoiled"
)
_MANY = (
    r"(?:heavy|major|full|massive|big|huge|significant|serious|extensive|complete|total|all|many|lots of"
    r"|plenty of|giant|enormous|severe|substantial|detailed|endless|unmarked)"
)
_HEAVY = re.compile(
    rf"spoiler[- ](?:heavy|filled|laden|packed|rich|full|ridden|y)\b"
    rf"|\b{_MANY}(?:[ -]\w+){{0,2}}[ -]spoilers?|\b(?:full|packed|loaded|filled|riddled|rife|heavy) (?:of"
    rf"|with|on) (?:\w+ )?spoilers?"
    r"|spoilers? (?:galore|abound|aplenty|everywhere|throughout)"
    r"|\b(?:will|may|might|to|review|article|piece|recap|we|i|this) (?:\w+ )?spoils? (?:\w+ )?(?:everything"
    r"|it all|the (?:whole|entire))|heav(?:y|ily)\W+spoil|heavily spoil"
    r"|spoilers?[ :,–—(-]+(?:level[ :–-]+)?heavy|heavy on (?:the )?spoilers|spoils? heavily"
)
_MILD = re.compile(
    r"\b(?:mild|light|lightly|minor|slight|small|few|minimal|tiny|vague|limited|little|very early|gentle"
    r"|mildly|some (?:mild|light|minor|small))(?:[ -]\w+){0,2}[ -]spoil(?:er|ers|y|ery|s)?\b"
    r"|spoiler[- ](?:light|lite)|\blight on (?:the )?spoilers|spoilers? (?:are|will be"
    r"|is) (?:kept )?(?:light|mild|minor|minimal|few|to a minimum)"
    r"|spoilers?[ :,–—(-]+(?:level[ :–-]+)?(?:mild|light|minor)|keep(?:s|ing)? (?:the )?spoilers (?:light"
    r"|mild|minimal|to a minimum)"
)
_PLAIN = re.compile(
    r"spoilers?[ :–—-]+(?:ahead|below|follow|alert|warning|within|inside|incoming|beyond|after|from here"
    r"|in this|for|through|up to|to come|included|about|await|are)\b|spoilers?[.!:]|^\W*spoilers?\W*$"
    r"|\b(?:contain|contains|containing|include|includes|including|beware(?: of)?|warning|caution|alert"
    r"|discuss|discusses|discussing|cover|covers|there (?:will be|are|may be|might be|be)|expect|with"
    r"|following|has|have|risk|reveal|reveals|into|of)\W+(?:\w+\W+){0,3}?spoilers?\b"
    r"|\b(?:will|may|might|does|do|to|shall|going to|must) (?:\w+ )?spoil\b|\b(?:review|article|piece|recap"
    r"|post|write-?up|column|coverage|text|we|it|this|i)(?: \w+)? spoils?\b|spoiler (?:territory|zone|risk"
    r"|section|discussion|talk|warning|level)"
    r"|spoilers? (?:is|are|will) (?:\w+ )*(?:present|discussed|included|mentioned|ahead)|\bspoilers, (?:so"
    r"|proceed|be)"
)
_OWN_VOICE = re.compile(
    r"\b(?:this|review|article|piece|recap|post|we|our|below|ahead|i|coverage|column|will|warning|alert)\b"
)
_TURN_BACK = re.compile(r"\b(?:stop|turn|look|leave|skip|come back|bail)")
_EPISODES = (
    r"episodes?\s+#?(?:\d+(?:\.\d+)?\s*(?:-|–|—|to|through|and|&)\s*)?(?P<n>\d+(?:\.\d+)?|"
    + "|".join(NUMBER_WORDS)
    + r")\b"
)
_THROUGH = re.compile(
    rf"(?:through|thru|up to|until|till|up through|to|for|of|from|spoils?|about|in|cover(?:s"
    rf"|ing)?)(?: and including| the end of| \(?and including\)?| everything (?:up to|in)"
    rf"| the events of)*,?\s+(?:the end of\s+)?{_EPISODES}"
)
_FIRST = re.compile(r"\bfirst (?P<n>\d+|" + "|".join(NUMBER_WORDS) + r") episodes\b")
_ORDINAL = re.compile(
    r"\b(?:through|thru|up to|until|till|for|of) (?:and including )?(?:the (?:end|events) of )?the "
    rf"(?P<n>{'|'.join(ORDINALS)}) episode\b"
)
_SOURCE = re.compile(
    r"\b(?:manga|light novels?|web novels?|novels?|source(?: material)?|books?|visual novels?|webtoons?"
    r"|manhwa|comics?|games?|original work)(?:['’]s)?\b"
)
_NO_SOURCE = re.compile(
    r"\b(?:no|without(?: any)?|free of|not|n.t|avoid(?:s|ing)?|nothing from|zero|never|but not"
    r"|beyond)\b(?:\W+\w+){0,5}?\W+(?:the )?(?:manga|light novels?|web novels?|novels?|source|books?"
    r"|visual novels?|webtoons?|manhwa|comics?|games?|original work)"
)


class _Statement(NamedTuple):
    level: Level
    sure: bool
    through: str | None
    source: bool
    quote: str
    line: int


def find_spoilers(
    paragraphs: Iterable[Paragraph], *, everywhere: bool = True
) -> tuple[Spoilers | None, list[Doubt]]:
    """What these paragraphs state of the article's spoilers, and the doubts about it; None if nothing."""
    found = [
        statement
        for paragraph in paragraphs
        if _MENTION.search(paragraph.text)
        for offset, sentence in sentences(paragraph.text)
        if (statement := _statement(sentence, paragraph.line_at(offset)))
    ]
    if not found:
        return None, []
    loudest = max(found, key=lambda each: (_LEVELS[each.level], each.sure))
    doubts = []
    if not any(each.sure and each.level == loudest.level for each in found):
        doubts.append(Doubt(loudest.line, "the spoilers' level isn't stated; taken as heavy to be safe"))
    if {"none"} < {each.level for each in found}:
        doubts.append(Doubt(loudest.line, "one sentence promises no spoilers, another warns of them"))
    through = next((each.through for each in found if each.through), None)
    source = any(each.source for each in found)
    return Spoilers(loudest.level, through, source, loudest.quote, loudest.line), doubts


def spoiler_label(value: str, text: str, line: int) -> tuple[Spoilers | None, list[Doubt]]:
    """The statement of an info line such as "Spoilers: mild, through episode 3"."""
    statement = _statement(f"spoilers: {value}", line)
    if statement is None:
        return None, []
    doubts = (
        [] if statement.sure else [Doubt(line, "the spoilers' level isn't stated; taken as heavy to be safe")]
    )
    return Spoilers(statement.level, statement.through, statement.source, text, line), doubts


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph, each with its offset."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, text[start : end.end()].strip()
        start = end.end()
    if text[start:].strip():
        yield start, text[start:].strip()


_LEVELS: dict[Level, int] = {"none": 0, "mild": 1, "heavy": 2}


def _statement(sentence: str, line: int) -> _Statement | None:
    bare = plain(sentence).lower().replace("’", "'")
    if len(bare) > 600 or not _MENTION.search(bare):
        return None
    judged = _level(bare)
    if judged is None:
        return None
    level, sure = judged
    through = None if level == "none" else _through(bare)
    source = level != "none" and bool(_SOURCE.search(bare)) and not _NO_SOURCE.search(bare)
    return _Statement(level, sure, through, source, sentence, line)


def _level(bare: str) -> tuple[Level, bool] | None:
    if _NOT_FREE.search(bare):
        return "heavy", False
    if _ELSEWHERE.search(bare) and not _OWN_VOICE.search(bare):
        return None
    if _AVOIDERS.search(bare) and not _WE_AVOID.search(bare):
        return ("heavy", False) if _OWN_VOICE.search(bare) or _TURN_BACK.search(bare) else None
    if bare in ("spoilers: none", "spoilers: no", "spoilers: free", "spoilers: spoiler free"):
        return "none", True
    rest = _NO_SOURCE.sub(" ", bare) if re.search(r"manga|novel|source|book|game", bare) else bare
    without = _NONE.sub(" ", rest)
    if without != rest and _PLAIN_NONE.search(rest) and not _loudness(without):
        return "none", True
    return _loudness(without)


def _loudness(without: str) -> tuple[Level, bool] | None:
    """The level of a sentence in which nothing is denied any more."""
    if _HEAVY.search(without):
        return "heavy", True
    if _MILD.search(without):
        return "mild", True
    return ("heavy", False) if _PLAIN.search(without) and _MENTION.search(without) else None


# "without spoiling the ending" speaks of one thing; these speak of the piece.
_PLAIN_NONE = re.compile(
    r"spoiler[- ]?(?:free|less)|spoilers?\b|non-spoiler|\b(?:not|n't|never) (?:\w+ )?spoil (?:anything|it"
    r"|the (?:show|series|film|episode|story|plot))|nothing (?:is|will be) spoiled"
)


def _through(bare: str) -> str | None:
    match = _THROUGH.search(bare) or _FIRST.search(bare) or _ORDINAL.search(bare)
    if not match:
        return None
    return str((NUMBER_WORDS | ORDINALS).get(match["n"], match["n"]))
