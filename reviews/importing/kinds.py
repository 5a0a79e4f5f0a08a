"""What sort of piece an article is, where its title line doesn't say."""

import re
from collections.abc import Sequence

from reviews.importing.article import Kind, Section
from reviews.importing.front import Front, FrontReader
from reviews.importing.ledger import Ledger
from reviews.importing.lines import folded
from reviews.importing.sections import SectionReader

_FILM = re.compile(r"\b(?:films?|movies?|theat(?:er|re)s?|runtime|feature-length|cinemas?)\b", re.IGNORECASE)
_SERIES = re.compile(r"\b(?:seasons?|episodes?|series|cour|finale|show)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:upcoming|premier(?:es?|ing)|teasers?|trailers?|anticipat\w+|previews?|will (?:air|premiere|debut"
    r"|stream|arrive)|set to (?:air|premiere|debut)|slated|announced|later this (?:year|season)"
    r"|debuts? (?:on|in)|first look)\b",
    re.IGNORECASE,
)


def kind_of_sections(sections: Sequence[Section], hints: Sequence[Kind]) -> Kind:
    """The kind of a piece with parts about episodes; `hints` are what its title lines say."""
    named = {folded(section.series) for section in sections if section.series}
    if len(named) > 1 or (Kind.ROUNDUP in hints and named):
        return Kind.ROUNDUP
    is_run = len(sections) == 1 and re.search(r"\d\D+\d", sections[0].episodes)
    return Kind.SEASON if Kind.SEASON in hints and is_run else Kind.WEEKLY


def kind_of_prose(front: Front) -> tuple[Kind, bool]:
    """The kind of a piece without episodes, and whether that is sure.

    What is judged is a film or a season; what isn't judged is still to come.
    """
    text = " ".join(line.plain[:5000] for line in front.prose[:200])
    reader = SectionReader(Ledger(()), FrontReader(Ledger(())))
    reader.read(front.prose, last=True, opening=False)
    if front.rating or reader.rating or reader.verdict:
        is_film = len(_FILM.findall(text)) > len(_SERIES.findall(text))
        return (Kind.FEATURE if is_film else Kind.SEASON), True
    return Kind.PREVIEW, bool(_AHEAD.search(text))
