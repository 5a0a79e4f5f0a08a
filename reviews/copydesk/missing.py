"""What a piece needs and hasn't."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.manuscript import Manuscript, Part
from reviews.copydesk.vocabulary import Vocabulary
from reviews.importing.ratings import HOUSE_SCALE


def check_missing(manuscript: Manuscript, _vocabulary: Vocabulary) -> Iterator[Finding]:
    """Ratings, verdicts and whatever else it lacks; `found` names what there should be."""
    for what, why, passage in manuscript.lacks:
        yield Finding(Kind.MISSING, passage, 0, what, blocking=True, reason=why)
    for part in manuscript.parts:
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[Finding]:
    if part.needs_rating and not part.is_rated:
        why = _("no stars; leave it so if it is meant to have none")
        yield Finding(Kind.MISSING, part.heading, 0, "rating", reason=why)
    if not part.has_verdict:
        yield Finding(Kind.MISSING, part.heading, 0, "verdict", reason=_("no verdict"))
    if odd := part.odd_rating:
        start = max(odd.passage.text.find(odd.raw), 0)
        meant = (f"{odd.stars.normalize():f}/{HOUSE_SCALE}",) if odd.stars else ()
        told = _("the house rates from half a star to five")
        yield Finding(Kind.MISSING, odd.passage, start, odd.raw, meant, blocking=True, reason=told)
