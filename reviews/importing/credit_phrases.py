"""The turns of phrase in which prose credits people with roles."""

import re
from collections.abc import Iterable

from reviews.importing.credit_words import ACTS, DEEDS, NOUNS, WORKS

# "Director Mari Okada": the title is no part of the name.
ROLE_WORDS = frozenset(word for noun in NOUNS for word in noun.split())
# Asides that may stand between "by" and the name: "by studio co-founder Toshihiro Kawamoto".
ASIDE = re.compile(r"(?:[a-z][\w-]*\s+){1,4}|(?:[A-Z][\w’'!&-]*\s+){0,3}[A-Z][\w!-]*[’']s?\s+")


def _any_of(words: Iterable[str]) -> str:
    listed = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(each).replace(r"\ ", r"[\s-]") for each in listed) + ")"


NOUN = re.compile(rf"(?<![\w-])(?P<noun>{_any_of(NOUNS)})(?P<many>s)?\b", re.IGNORECASE)
NOUN_TOO = re.compile(rf"(?:\s(?:and|&)\s|\s?/\s?)(?P<noun>{_any_of(NOUNS)})(?P<many>s)?\b", re.IGNORECASE)
BY = re.compile(
    rf"(?<![\w-])(?P<deed>{_any_of(DEEDS)}|designed)\s+(?:and\s+(?P<second>{_any_of(DEEDS)})\s+)?by\s+",
    re.IGNORECASE,
)
_BASED = (
    r"based on (?:the|an?) (?:[\w-]+ ){0,3}?"
    r"(?:manga|(?:light |web |visual )?novels?|webtoon|manhwa|comic|game)(?: series)?"
)
_WORKS = (
    rf"(?P<work>{_any_of(WORKS)}|{_BASED})(?:(?:,\s|\s(?:and|&)\s)(?:the\s)?(?P<second>{_any_of(WORKS)}))?"
)
WORK_BY = re.compile(
    rf"(?<![\w-]){_WORKS},?(?:\s(?:is|are|was|were|comes?|came))?(?:\s(?:handled|done|provided|created|written"
    r"|composed|penned|supplied|overseen|led|performed|sung|drawn|courtesy))?\s(?:by|from|(?<=courtesy\s)of)\s+",
    re.IGNORECASE,
)
HOLDS = re.compile(
    r"\s(?:(?:is|are|was|who|also|will be|has)\s)*(?:on|in charge of|responsible for|heading"
    r"|handl(?:es|ed|ing)|oversees?|oversaw|overseeing|provid(?:es|ed|ing)|suppli(?:es|ed)|supplying|pens|penned"
    r"|penning|does|did|doing|takes care of|taking care of|took care of|leads|led|tackl(?:es|ed|ing)"
    rf"|contribut(?:es|ed|ing)|adapt(?:s|ed|ing)|writ(?:es|ing)|wrote|compos(?:es|ed|ing)|draws|drew)\s(?:(?:the|its|both|their)\s)?{_WORKS}(?![\w-])"
)
# Only what the staff makes: "Sarah's music" may be a singer's in the story.
_TECHNICAL = sorted(
    set(WORKS) - {"music", "script", "scripts", "direction", "photography", "cinematography", "editing"}
)
OWNED = re.compile(rf"[’']s?\s(?:[a-z]+\s)?(?P<work>{_any_of(_TECHNICAL)})(?![\w-])")
DESIGNS = re.compile(
    r"\s(?:designs|designed|designing)\s(?:the\s)?(?P<what>characters?|mecha|mechs|robots?|machines|props)\b"
)
BRACKETED = re.compile(r"\s\((?P<roles>[^()]{3,80})\)")
# "The letter was written by ..." credits nobody; what is made by the staff has one of these names.
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|gets?|got)\s(?:\w+ly\s|also\s|both\s)?$", re.IGNORECASE
)
MADE = re.compile(
    r"\b(?:episode|series|show|anime|film|movie|script|season|premiere|finale|outing|installment|chapter|cour|it"
    r"|this|which|that|music|score|soundtrack|scene|sequence|fight|story|adaptation|half|hour|all)\b|[”\"」]",
    re.IGNORECASE,
)
OTHER_WORK = re.compile(
    r"\b(?:manga|novels?|books?|letters?|songs?|poems?|plays?|games?|notes?|comics?|webtoon|manhwa|diary|message)"
    r",?\s(?:\w+ly\s|originally\s)?$",
    re.IGNORECASE,
)
ACT = re.compile(
    rf"(?:,\swho)?\s(?:also\s)?(?P<act>{_any_of(ACTS)})\s(?:and\s(?P<second>{_any_of(ACTS)})\s)?"
    r"(?:this|the|it\b|episode|every|each|both|all)(?:\s(?:week[’']s|first|second|third"
    r"|whole))?\s?(?P<what>episode|series|show|anime|script|screenplay|score|music|season|film|soundtrack"
    r"|premiere|finale)?"
)
ACT_ALONE = re.compile(r"\s(?P<act>directs?|writes|storyboards|composes)(?=[,.;!]|\s(?:and|while|with|at)\s)")
AS = re.compile(
    r"(?:serv(?:ing|es|ed)|act(?:ing|s|ed)|work(?:ing|s|ed)|return(?:ing|s|ed)|credited"
    r"|on board)?\s*\bas\b\s+(?:the\s+|its\s+|an?\s+)?"
    r"(?:(?!(?:does|do|did|well|if|though)\s)[\w’'-]+\s+){0,3}?$"
    r"|\b(?:is|was)\s(?:the|its)\s(?:(?:series|show|anime|season|episode)[’']s?\s)?$"
)
CALLED = re.compile(r"(?P<mark>,|:|\sis|\swas)?\s+")
CHAIR = re.compile(r"\s(?:is\s|sits\s)?in the director[’']s chair")
THIS_EPISODE = re.compile(r"[^.;]{0,60},\s(?:the|this)\s(?:\w+\s)?episode\b")
APPOSED = re.compile(r",\s(?:the|an?|its|who is the|(?:the\s)?\w+[’']s)\s(?:[\w’'-]+\s){0,2}$")
ENDS = re.compile(r"(?:\sof\s(?:the|this)\s(?:series|show|anime|season))?(?:[,.;]|$)")
CONTINUED = re.compile(r"\s*(?P<break>,\s*(?:and\s+)?|\s(?:and|&)\s+)")
