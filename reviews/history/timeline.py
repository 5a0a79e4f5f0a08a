"""What became of a piece from the beginning: who did what, when, and what it changed; the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from coverage.newsroom.models import AuditEntry, User
from reviews.history.comparing import Comparison, compare, to_compare
from reviews.models import Edition, Review


@dataclass(frozen=True)
class Step:
    """An edition, and what it changed in the one before; None for the first."""

    edition: Edition
    changed: Comparison | None


@dataclass
class Moment:
    """All that one person did to a piece at one instant, UTC, such as saving and submitting it."""

    at: datetime
    by: int | None
    numbers: list[int] = field(default_factory=list)
    entries: list[AuditEntry] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def who(self) -> User | None:
        """None: the house itself did it."""
        if self.entries:
            return self.entries[0].actor
        return self.steps[0].edition.made_by if self.steps else None


def timeline(review: Review) -> list[Moment]:
    """Every moment, without its steps; `with_steps` adds them to those that are shown."""
    moments: dict[tuple[datetime, int | None], Moment] = {}
    kept = review.editions.order_by("number").values_list("number", "made_at", "made_by")
    for number, at, by in kept:
        moments.setdefault((at, by), Moment(at, by)).numbers.append(number)
    for entry in review.audit_trail().order_by("at", "pk"):
        key = (entry.at, entry.actor_id)
        moments.setdefault(key, Moment(*key)).entries.append(entry)
    return sorted(moments.values(), key=_age, reverse=True)


def _age(moment: Moment) -> tuple[datetime, int]:
    return moment.at, max(moment.numbers, default=0)


def with_steps(review: Review, moments: Iterable[Moment]) -> list[Moment]:
    """The same moments with what each changed."""
    shown = list(moments)
    numbers = {number for moment in shown for number in moment.numbers}
    wanted = numbers | {number - 1 for number in numbers}
    found = to_compare(Edition.objects.filter(review=review, number__in=wanted))
    editions = {edition.number: edition for edition in found}
    for moment in shown:
        moment.steps = [_step(editions, number) for number in reversed(moment.numbers)]
    return shown


def _step(editions: dict[int, Edition], number: int) -> Step:
    edition, before = editions[number], editions.get(number - 1)
    return Step(edition, compare(before, edition) if before else None)
