"""What a live review reveals: the one hook through which reviews say what may be named.

Imports run from reviews to series, never back. So the reviews app, when ready, hands over two
conditions; until then nothing is revealed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Model, Q

Condition = Callable[[datetime], Exists | Q]


def _nothing(at: datetime) -> Q:
    return Q(pk__in=[])


@dataclass
class Reveals:
    """Conditions on a Series and on an Episode (as outer query): a live review at `at` covers it."""

    series: Condition = _nothing
    episode: Condition = _nothing


reveals = Reveals()


def would_outlast_a_review(row: Model, field: str, revealed: Condition) -> bool:
    """Whether the unsaved `field` of `row`, an instant to wait for, now lies after a going-live.

    `revealed` says which instants count; a review that is early already, by a chief's word, stays so.
    """
    stored = type(row)._default_manager.filter(pk=row.pk)
    was, becomes = stored.values_list(field, flat=True).first(), getattr(row, field)
    if becomes is None or was == becomes:
        return False

    def any_before(instant: datetime | None) -> bool:
        return instant is not None and stored.filter(Q(revealed(instant - datetime.resolution))).exists()

    return any_before(becomes) and not any_before(was)
