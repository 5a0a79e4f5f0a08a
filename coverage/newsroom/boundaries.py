"""The instants at which anything public changes by itself: the next one, and the last that has passed.

Each app registers, when it is ready, the instants of each kind. They are annotated as scalar subqueries
on the publication record, so that a page learns its boundary with the row that it reads anyway.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Subquery


@dataclass(frozen=True)
class Instants:
    """One for each of `rows`: its `field`, or some time `later`."""

    rows: QuerySet[Any]
    field: str
    later: timedelta = timedelta()

    def first_after(self, at: datetime) -> Subquery:
        """The first of them after `at`, or NULL."""
        coming = self.rows.filter(**{f"{self.field}__gt": at - self.later})
        return self._of_the_first(coming.order_by(self.field))

    def last_until(self, at: datetime) -> Subquery:
        """The last of them that has come at `at`, or NULL."""
        come = self.rows.filter(**{f"{self.field}__lte": at - self.later})
        return self._of_the_first(come.order_by(f"-{self.field}"))

    def _of_the_first(self, rows: QuerySet[Any]) -> Subquery:
        instant: F | ExpressionWrapper[Any] = F(self.field)
        if self.later:
            instant = ExpressionWrapper(F(self.field) + self.later, output_field=DateTimeField())
        return Subquery(rows.values_list(instant)[:1], output_field=DateTimeField())


_sources: dict[str, Instants] = {}


def register(name: str, instants: Instants) -> None:
    """Let what is public change at `instants`, for the reason `name`."""
    _sources[f"boundary_{name}"] = instants


def names() -> list[str]:
    return list(_sources)


def annotations(at: datetime) -> dict[str, Subquery]:
    """The next of each kind after `at`, under `names()`."""
    return {name: instants.first_after(at) for name, instants in _sources.items()}


def passed(at: datetime) -> dict[str, Subquery]:
    """The last of each kind that has come at `at`, under `names_passed()`."""
    return {f"passed_{name}": instants.last_until(at) for name, instants in _sources.items()}


def names_passed() -> list[str]:
    return [f"passed_{name}" for name in _sources]
