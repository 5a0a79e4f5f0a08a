"""What keeps a piece from being approved: what it lacks, what it waits for, what the copy desk found."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from reviews import rules
from reviews.copydesk.checking import check
from reviews.copydesk.draft import manuscript_of
from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.knowing import vocabulary_of
from reviews.models import Review


def faults_of(review: Review, publish_at: datetime) -> list[str]:
    """A sentence for each; empty where it could be approved for `publish_at`."""
    return [*rules.missing(review), *rules.obstacles(review, publish_at), *_blocking(review)]


def _blocking(review: Review) -> Iterator[str]:
    for finding in check(manuscript_of(review), vocabulary_of(review.series)):
        # What is missing the rules have told already.
        if finding.blocking and finding.kind is not Kind.MISSING:
            yield told(finding)


def told(finding: Finding) -> str:
    """A finding in a line; what spoils is said where the piece stands, not in a mail."""
    where = finding.passage.place.value
    if finding.kind is Kind.SPOILER:
        return _("The %(where)s holds a spoiler.") % {"where": where}
    suggested = f" → {', '.join(finding.suggest)}" if finding.suggest else ""
    reason = f" ({finding.reason})" if finding.reason else ""
    return f"{finding.found}{suggested}{reason}"
