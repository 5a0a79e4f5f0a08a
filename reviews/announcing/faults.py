"""What keeps a piece from being approved: what it lacks or waits for, and what the copy desk holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from reviews import rules
from reviews.copydesk.answers import remarks_of
from reviews.copydesk.findings import Finding, Kind
from reviews.models import Review


@dataclass(frozen=True)
class Readiness:
    """`faults` stop approval, a sentence for each; of what else the copy desk asks about, how many."""

    faults: Sequence[str]
    asked: int


def readiness_of(review: Review, publish_at: datetime) -> Readiness:
    """How the working copy stands, were it to go live at `publish_at`."""
    remarks = remarks_of(review)
    held = [told(remark.finding) for remark in remarks if remark.holds]
    faults = [*rules.missing(review), *rules.obstacles(review, publish_at), *held]
    return Readiness(faults, sum(not (remark.holds or remark.is_overridden) for remark in remarks))


def told(finding: Finding) -> str:
    """A finding in a line; what spoils is said where the piece stands, not in a mail."""
    if finding.kind is Kind.SPOILER:
        return _("The %(where)s holds a spoiler.") % {"where": finding.passage.place.value}
    suggested = f" → {', '.join(finding.suggest)}" if finding.suggest else ""
    reason = f" ({finding.reason})" if finding.reason else ""
    return f"{finding.found}{suggested}{reason}"
