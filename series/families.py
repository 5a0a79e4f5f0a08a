"""A show's prequels and sequels, in the order in which they follow each other."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Func, Q

from coverage.newsroom.composing import expression
from series.models import Series

# Up to the first prequel, then down to every sequel. UNION drops what was there already, so a round ends.
_FAMILY = """(
    WITH RECURSIVE
    before (id, prequel_id) AS (
        SELECT id, prequel_id FROM series_series WHERE slug = %(expressions)s
        UNION
        SELECT earlier.id, earlier.prequel_id
        FROM series_series AS earlier JOIN before ON earlier.id = before.prequel_id
    ),
    family (id) AS (
        SELECT id FROM before
        UNION
        SELECT later.id FROM series_series AS later JOIN family ON later.prequel_id = family.id
    )
    SELECT id FROM family
)"""


def of_one_family(slug: str) -> Q:
    """The condition on a Series that it is the one with this slug, or is before or after it, however far."""
    return Q(pk__in=Func(expression(slug), template=_FAMILY, output_field=BigIntegerField()))


def in_order(series: Series, shows: Iterable[Series]) -> list[Series]:
    """Those of `shows` before `series` and after it, each behind its prequel; empty if it stands alone.

    A show that isn't among `shows` breaks the line, as if there were none.
    """
    known = {show.pk: show for show in shows}
    first, seen = series, {series.pk}
    while first.prequel_id in known and first.prequel_id not in seen:
        first = known[first.prequel_id]
        seen.add(first.pk)
    line = _line(first, list(known.values()), set())
    return line if len(line) > 1 else []


def _line(show: Series, shows: list[Series], seen: set[int]) -> list[Series]:
    seen.add(show.pk)
    line = [show]
    for sequel in shows:
        if sequel.prequel_id == show.pk and sequel.pk not in seen:
            line += _line(sequel, shows, seen)
    return line
