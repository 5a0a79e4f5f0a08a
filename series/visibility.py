"""What a live review reveals: the one hook through which reviews say what may be named.

Imports run from reviews to series, never back. So the reviews app, when ready, hands over two
conditions; until then nothing is revealed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Q

Condition = Callable[[datetime], Exists | Q]


def _nothing(at: datetime) -> Q:
    return Q(pk__in=[])


@dataclass
class Reveals:
    """Conditions on a Series and on an Episode (as outer query): a live review at `at` covers it."""

    series: Condition = _nothing
    episode: Condition = _nothing


reveals = Reveals()
