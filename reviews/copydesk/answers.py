"""What the copy desk still has to say of a piece, once what the desk has answered is taken off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from coverage.newsroom.search import folding
from reviews.copydesk.checking import check
from reviews.copydesk.draft import manuscript_of
from reviews.copydesk.findings import Finding, Kind
from reviews.copydesk.knowing import vocabulary_of
from reviews.copydesk.manuscript import Manuscript
from reviews.models import Edition, IgnoredFinding, Override, Review
from series.models import Series

# What is only about words can be right everywhere in a series.
_OF_WORDS = frozenset({Kind.NAME, Kind.SPELLING, Kind.HOUSE})
# A series' vocabulary knows words of these.
_CAN_BE_LEARNT = frozenset({Kind.NAME, Kind.SPELLING})


@dataclass(frozen=True)
class Remark:
    """Findings of the same in one field, in the order of the text; `override` lets them pass."""

    mark: str
    findings: tuple[Finding, ...]
    override: Override | None = None

    @property
    def finding(self) -> Finding:
        return self.findings[0]

    @property
    def times(self) -> int:
        return len(self.findings)

    @property
    def is_overridden(self) -> bool:
        """One more of the same has not been looked at by whoever let these pass."""
        return self.override is not None and self.times <= self.override.times

    @property
    def holds(self) -> bool:
        """Whether approval waits for it. What a piece lacks, `rules.missing` asks for by itself."""
        return self.can_be_overridden and not self.is_overridden

    @property
    def can_be_overridden(self) -> bool:
        return self.finding.blocking and self.finding.kind is not Kind.MISSING

    @property
    def can_be_ignored(self) -> bool:
        finding = self.finding
        return finding.kind in _OF_WORDS or not (finding.blocking or finding.kind is Kind.MISSING)

    @property
    def can_be_learnt(self) -> bool:
        """Whether its words may be right; words typed twice never are."""
        return self.finding.kind in _CAN_BE_LEARNT and not (
            self.finding.kind is Kind.SPELLING and self.finding.suggest
        )


def mark_of(finding: Finding) -> str:
    """The same for what was found in the same field, meaning the same; it changes with any of these."""
    told = "\n".join([finding.kind, finding.passage.field, finding.found, *finding.suggest])
    return sha256(told.encode()).hexdigest()[:20]


def key_of(found: str) -> str:
    """What all ways of printing the ignored words have in common."""
    return (folding.compact(found) or found)[:200]


def remarks_on(manuscript: Manuscript, series: Series | None, review: Review | None = None) -> list[Remark]:
    """What is to be said of a manuscript, but for what its series ignores; with `review`'s overrides."""
    found = without_ignored(check(manuscript, vocabulary_of(series)), series)
    return remarked(found, review)


def remarked(findings: Iterable[Finding], review: Review | None = None) -> list[Remark]:
    """The findings, with all of one mark together, where the first of them stands."""
    by_mark: dict[str, list[Finding]] = {}
    for finding in findings:
        by_mark.setdefault(mark_of(finding), []).append(finding)
    made = Override.objects.filter(review=review).select_related("made_by") if review else []
    # The newest comes first, and counts.
    overrides = {override.mark: override for override in reversed(list(made))}
    return [Remark(mark, tuple(same), overrides.get(mark)) for mark, same in by_mark.items()]


def without_ignored(findings: Sequence[Finding], series: Series | None) -> list[Finding]:
    """What nobody has ignored for good on `series`."""
    ignored = set(IgnoredFinding.objects.on(series).values_list("kind", "key"))
    return [each for each in findings if (each.kind.value, key_of(each.found)) not in ignored]


def remarks_of(review: Review, edition: Edition | None = None) -> list[Remark]:
    """What is to be said of the working copy as it is saved, or of an edition."""
    return remarks_on(manuscript_of(review, edition), review.series, review)


def remark_of(review: Review, mark: str) -> Remark | None:
    """The one with this mark, if the working copy as it is saved still gives rise to it."""
    return next((remark for remark in remarks_of(review) if remark.mark == mark), None)


def holding(review: Review, released: Edition | None = None, edition: Edition | None = None) -> list[Remark]:
    """What approval waits for; not for what the `released` edition was approved with."""
    held = [remark for remark in remarks_of(review, edition) if remark.holds]
    if not (held and released):
        return held
    before = remarks_on(manuscript_of(review, released), review.series)
    times = {remark.mark: remark.times for remark in before}
    return [remark for remark in held if remark.times > times.get(remark.mark, 0)]
