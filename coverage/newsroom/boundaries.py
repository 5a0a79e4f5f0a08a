"""The next instant at which anything public changes by itself.

Each app registers, when it is ready, one scalar subquery per kind of change. They are annotated
on the publication record, so that a page learns its boundary with the row that it reads anyway.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, QuerySet, Subquery

Source = Callable[[datetime], Subquery]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let `source(at)` select the first instant after `at` at which `name` changes, or NULL."""
    _sources[f"boundary_{name}"] = source


def names() -> list[str]:
    return list(_sources)


def annotations(at: datetime) -> dict[str, Subquery]:
    return {name: source(at) for name, source in _sources.items()}


def first_after(queryset: QuerySet[Any], field: str, at: datetime) -> Subquery:
    """The smallest `field` of `queryset` that lies after `at`."""
    later = queryset.filter(**{f"{field}__gt": at}).order_by(field).values(field)[:1]
    return Subquery(later, output_field=DateTimeField())
