"""Where the piece and the database, or the heading and the text below it, disagree."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from coverage.newsroom.search import folding
from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.manuscript import Manuscript, NamedCredit, Part, Passage, Place
from reviews.copydesk.names import is_nearly_known
from reviews.copydesk.vocabulary import KnownCredit, KnownEpisode, Vocabulary, key_of_name
from reviews.copydesk.words import words_of
from reviews.importing.ratings import NUMBER_WORDS, ORDINALS

_NUMBER = (
    rf"(?:episode\s+#?(?P<n>\d{{1,4}}(?:\.\d{{1,2}})?|{'|'.join(NUMBER_WORDS)})\b"
    rf"|\b(?P<o>{'|'.join(ORDINALS)})\s+episode\b)"
)
_QUOTED = r"[“\"「『](?P<title>[^“”\"「」『』]{2,120}?)[,.]?[”\"」』]"
# "episode 2, “Title”", and "“Title”, the second episode".
_TITLED = re.compile(
    rf"\b{_NUMBER}(?:[’']s title)?[\s,:–—-]{{1,3}}(?:titled |called |named |is )?{_QUOTED}", re.IGNORECASE
)
_NUMBERED = re.compile(rf"{_QUOTED}[\s,–—(-]{{1,3}}(?:the )?{_NUMBER}", re.IGNORECASE)
# “Compared to the first episode, “Title” is” speaks of two episodes.
_COMPARES = re.compile(
    r"\b(?:compared|unlike|than|after|since|following|like|from|before|where(?:as)?|while)\b[^.!?]*\Z",
    re.IGNORECASE,
)
_SMALL = 4
# Whoever holds one of a family may be called by another of it.
_FAMILIES = (
    frozenset(
        "director series_director chief_director chief_supervisor unit_director episode_director"
        " assistant_director assistant_episode_director".split()
    ),
    frozenset("script series_composition original_creator original_story".split()),
)

type Titles = dict[Decimal, KnownEpisode]


def check_facts(manuscript: Manuscript, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Episodes' numbers and titles, and people's roles, that the database has otherwise."""
    titles = _titles(manuscript, vocabulary)
    for part in manuscript.parts:
        yield from _heading(part, vocabulary)
    for passage in manuscript.passages:
        if passage.place is Place.PROSE:
            yield from _prose(passage, titles)
    for credit in manuscript.credits:
        if not _shares(credit, manuscript, vocabulary):
            yield from _credit(credit, vocabulary)


def _titles(manuscript: Manuscript, vocabulary: Vocabulary) -> Titles:
    """Each episode's titles: the database's, or else those that the piece's own headings give."""
    printed = {
        part.episodes[0]: KnownEpisode(part.episodes[0], part.title, part.title_native)
        for part in manuscript.parts
        if len(part.episodes) == 1 and part.title
    }
    return printed | {number: each for number, each in vocabulary.episodes.items() if each.title}


def _heading(part: Part, vocabulary: Vocabulary) -> Iterator[Finding]:
    last = max([Decimal(vocabulary.planned or 0), *vocabulary.episodes])
    for number in part.episodes:
        if vocabulary.planned and number > last:
            told = _("the series' last episode is %(number)s") % {"number": f"{last:f}"}
            yield _finding(part.heading, f"{number:f}", (), told)
    known = vocabulary.episodes.get(part.episodes[0]) if len(part.episodes) == 1 else None
    if known is None:
        return
    for printed, title in ((part.title, known.title), (part.title_native, known.title_native)):
        if printed and title and not _same(printed, title):
            told = _("the database has episode %(number)s as “%(title)s”")
            told %= {"number": f"{known.number:f}", "title": title}
            yield _finding(part.heading, printed, (title,), told)


def _prose(passage: Passage, titles: Titles) -> Iterator[Finding]:
    """A sentence that gives an episode's number and its title in one."""
    for pattern in (_TITLED, _NUMBERED):
        for match in pattern.finditer(passage.text):
            known = titles.get(_number(match["n"] or match["o"]))
            if known and not any(_same(match["title"], each) for each in (known.title, known.title_native)):
                yield from _mistaken(passage, match, known, titles)


def _mistaken(
    passage: Passage, match: re.Match[str], known: KnownEpisode, titles: Titles
) -> Iterator[Finding]:
    """The number, where the title is another episode's; else the title, unless it is a mere quotation."""
    owner = next((each for each in titles.values() if _same(match["title"], each.title)), None)
    group, meant = "title", known.title
    if owner:
        if _COMPARES.search(passage.text, 0, match.start()):
            return
        group, meant = "n" if match["n"] else "o", f"{owner.number:f}"
    elif not _looks_like_a_title(match["title"]):
        return
    told = _("episode %(number)s is “%(title)s”") % {"number": f"{known.number:f}", "title": known.title}
    yield Finding(
        Kind.MISMATCH, passage, match.start(group), match[group], (meant,), blocking=True, reason=told
    )


def _looks_like_a_title(quoted: str) -> bool:
    """Whether its words begin with capitals, but for the small ones."""
    words = words_of(quoted)
    ends = {len(words) - 1, 0}
    return len(words) > 1 and all(
        word.is_capital for place, word in enumerate(words) if place in ends or len(word.text) >= _SMALL
    )


def _number(printed: str) -> Decimal:
    word = printed.lower()
    return Decimal((NUMBER_WORDS | ORDINALS).get(word, word))


def _credit(credit: NamedCredit, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Somebody in a role that the database gives to others only; one that it gives to nobody says nothing.

    A name that is nearly one of those credited is found as a name: once is enough.
    """
    here = [each for each in vocabulary.credits if _is_here(each, credit.episode)]
    holders = tuple(dict.fromkeys(each.names[0] for each in here if each.key == credit.key))
    family = next((each for each in _FAMILIES if credit.key in each), {credit.key})
    name = key_of_name(credit.person)
    if not name or not holders or any(_is_named(name, each) for each in here if each.key in family):
        return
    if not is_nearly_known(credit.person, vocabulary):
        told = _("the database credits %(names)s") % {"names": ", ".join(holders)}
        yield _finding(credit.passage, credit.person, holders, told, blocking=False)


def _shares(credit: NamedCredit, manuscript: Manuscript, vocabulary: Vocabulary) -> bool:
    """Whether one whom the database has in this role is named beside: it need not know all who share it."""
    beside = {
        key_of_name(each.person)
        for each in manuscript.credits
        if each.passage is credit.passage and each.key == credit.key
    }
    here = [each for each in vocabulary.credits if each.key == credit.key and _is_here(each, credit.episode)]
    return any(name and _is_named(name, each) for name in beside for each in here)


def _is_here(known: KnownCredit, episode: Decimal | None) -> bool:
    return episode is None or known.episode in (None, episode)


def _is_named(name: frozenset[str], credit: KnownCredit) -> bool:
    """Whether the words of a name are those of the person, or some of them: a surname alone."""
    return any(name <= key_of_name(each) for each in credit.names)


def _finding(
    passage: Passage, found: str, suggest: tuple[str, ...], reason: str, *, blocking: bool = True
) -> Finding:
    start = max(passage.text.find(found), 0)
    return Finding(Kind.MISMATCH, passage, start, found, suggest, blocking=blocking, reason=reason)


def _same(one: str, other: str) -> bool:
    return folding.compact(one) == folding.compact(other)
