"""How a critic rates beside the house: by the same rule as averages, so recaps don't count."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from reviews.models import Reviewer
from reviews.ratings import counting
from reviews.stars import HALF_STEPS

# A show counts as the one rated highest from so many ratings on, if there is one.
ENOUGH = 3


@dataclass(frozen=True)
class Step:
    """How often a number of stars was given, and its share (0 to 1) among all that were."""

    stars: Decimal
    count: int
    share: float


@dataclass(frozen=True)
class Spread:
    """Ratings counted by half steps."""

    counts: dict[Decimal, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def mean(self) -> Decimal | None:
        weighed = sum((stars * count for stars, count in self.counts.items()), Decimal())
        return weighed / self.total if self.total else None

    @property
    def steps(self) -> list[Step]:
        """Every half step, from a half to five."""
        counts = [(stars, self.counts.get(stars, 0)) for stars in HALF_STEPS]
        return [Step(stars, count, count / (self.total or 1)) for stars, count in counts]


@dataclass(frozen=True)
class Favourite:
    """The show that a critic rates highest."""

    title: str
    slug: str
    mean: Decimal
    count: int


@dataclass(frozen=True)
class Habits:
    """What a critic's ratings say beside the house's.

    `difference` is how far, on average, they lie above the others' on the `shared` ratings of what somebody
    else of the house rated too; None where nobody did.
    """

    own: Spread
    house: Spread
    shared: int
    difference: Decimal | None
    favourite: Favourite | None

    @property
    def apart(self) -> Decimal:
        """How far from the others, either way, to a hundredth of a star."""
        return abs(self.difference or Decimal()).quantize(Decimal("0.01"))

    @property
    def is_level(self) -> bool:
        return not self.apart


def habits_of(reviewer: Reviewer, at: datetime) -> Habits:
    """From what is live at `at`; two queries."""
    rows = list(_by_show(reviewer, at))
    shared = sum(row["shared"] for row in rows)
    apart = sum((row["stars"] * row["shared"] - (row["others"] or 0) for row in rows), Decimal())
    return Habits(
        own=_spread((row["stars"], row["many"]) for row in rows),
        house=_spread(counting(at).order_by().values_list("stars").annotate(Count("pk"))),
        shared=shared,
        difference=apart / shared if shared else None,
        favourite=_favourite(rows),
    )


def _by_show(reviewer: Reviewer, at: datetime) -> QuerySet[Any, Any]:
    """Their ratings by show and stars: how `many`, how many are `shared`, and the `others`' sum for those."""
    # A part about a run of episodes is beside others about that run only.
    ratings = counting(at).annotate(through=Coalesce("last_episode", "episode"))
    same = ratings.filter(episode=OuterRef("episode"), through=OuterRef("through"))
    others = same.exclude(reviewer=reviewer).order_by().values("episode").annotate(mean=Avg("stars"))
    theirs = ratings.filter(reviewer=reviewer).annotate(by_others=Subquery(others.values("mean")))
    return (
        theirs.order_by()
        .values("stars", title=F("episode__series__title"), slug=F("episode__series__slug"))
        .annotate(many=Count("pk"), shared=Count("by_others"), others=Sum("by_others"))
    )


def _spread(counts: Iterable[tuple[Decimal, int]]) -> Spread:
    spread = Counter[Decimal]()
    for stars, count in counts:
        spread[stars] += count
    return Spread(dict(spread))


def _favourite(rows: list[dict[str, Any]]) -> Favourite | None:
    """Of the shows with enough ratings, or else of all, the highest; then the most rated, then by title."""
    shows: dict[tuple[str, str], list[tuple[Decimal, int]]] = {}
    for row in rows:
        shows.setdefault((row["title"], row["slug"]), []).append((row["stars"], row["many"]))
    spreads = [(title, slug, _spread(counts)) for (title, slug), counts in shows.items()]
    found = [Favourite(title, slug, each.mean, each.total) for title, slug, each in spreads if each.mean]
    rated = [show for show in found if show.count >= ENOUGH] or found
    return min(rated, key=lambda show: (-show.mean, -show.count, show.title), default=None)
