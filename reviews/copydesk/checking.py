"""All checks of a piece, in the order of its text."""

from reviews.copydesk.facts import check_facts
from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.house import check_house
from reviews.copydesk.linking import check_links
from reviews.copydesk.manuscript import Manuscript
from reviews.copydesk.missing import check_missing
from reviews.copydesk.names import check_names
from reviews.copydesk.spelling import check_spelling
from reviews.copydesk.spoiling import check_spoilers
from reviews.copydesk.vocabulary import Vocabulary

CHECKS = (
    check_names,
    check_spelling,
    check_house,
    check_facts,
    check_missing,
    check_spoilers,
    check_links,
)


def check(manuscript: Manuscript, vocabulary: Vocabulary) -> list[Finding]:
    """Everything that is wrong with `manuscript`; what `spelling.suggested` adds takes longer."""
    found = _each_once([finding for each in CHECKS for finding in each(manuscript, vocabulary)])
    order = {id(passage): number for number, passage in enumerate(manuscript.passages)}
    return sorted(
        found, key=lambda each: (each.place[0], order.get(id(each.passage), -1), each.start, each.kind)
    )


def _each_once(found: list[Finding]) -> list[Finding]:
    """Without the spellings of what is found as a name's slip: one word, one finding."""
    named = {
        (id(each.passage), at)
        for each in found
        if each.kind is Kind.NAME
        for at in range(each.start, each.start + len(each.found))
    }
    return [each for each in found if each.kind is not Kind.SPELLING or _at(each) not in named]


def _at(finding: Finding) -> tuple[int, int]:
    return id(finding.passage), finding.start
