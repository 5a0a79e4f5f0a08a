"""Links inside the house that lead nowhere."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.manuscript import Link, Manuscript
from reviews.copydesk.vocabulary import Vocabulary

_ADDRESS = re.compile(r"https?://[^\s<>\"“”’)\]]+|(?<=\]\()/[^\s)]*")


def check_links(manuscript: Manuscript, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Links and printed addresses on this site that nothing answers to; other sites aren't asked."""
    printed = (
        Link(match[0].rstrip(".,;:!?"), passage, match.start())
        for passage in manuscript.passages
        for match in _ADDRESS.finditer(passage.text)
    )
    for link in (*manuscript.links, *printed):
        if not vocabulary.leads_somewhere(link.address):
            told = _("nothing stands at this address")
            yield Finding(Kind.LINK, link.passage, link.start, link.address, blocking=True, reason=told)
