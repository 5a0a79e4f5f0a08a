"""All checks of a piece, in the order of its text."""

from reviews.copydesk.findings import Finding
from reviews.copydesk.manuscript import Manuscript
from reviews.copydesk.names import check_names
from reviews.copydesk.vocabulary import Vocabulary

CHECKS = (check_names,)


def check(manuscript: Manuscript, vocabulary: Vocabulary) -> list[Finding]:
    """Everything that is wrong with `manuscript`; spelling is suggested for by `spelling.suggested` only."""
    found = [finding for each in CHECKS for finding in each(manuscript, vocabulary)]
    order = {id(passage): number for number, passage in enumerate(manuscript.passages)}
    return sorted(
        found, key=lambda each: (each.place[0], order.get(id(each.passage), -1), each.start, each.kind)
    )
