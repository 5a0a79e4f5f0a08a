"""What comes next of a show: an airing, the end of a break, a review that is late, or nothing more.

Said from what readers may know at an instant. What is approved and waits for its hour is never looked at:
a late review would give away when it comes.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from coverage.newsroom.models import Publication
from coverage.newsroom.rows import Row, Rows
from coverage.newsroom.slots import WeeklySlot
from coverage.newsroom.walltime import in_zone
from reviews.models import Kind, Release
from reviews.models.content import covered_by
from reviews.models.releases import live_parts
from series.models import Episode, Series

# Weekly shows air a week apart, give or take a broadcaster's shift; a longer wait is a break.
LONGEST_WAIT = timedelta(days=9)
# For how long after its slot a review counts as late; after that nobody is waiting for it.
LATE_FOR = timedelta(days=14)
# A show is being followed when an episode aired this long before the one in question has its review.
FOLLOWED_WITHIN = timedelta(days=21)


ANNOTATIONS = ("next_row", "last_row", "aired_row", "covered_row", "unreviewed_rows", "has_verdict")


@dataclass(frozen=True)
class Airing:
    """An episode's broadcast, as stations print it: no title."""

    number: str
    place: Decimal
    airs_at: datetime
    late_night_label: str = ""
    embargo_until: datetime | None = None
    review_due_on: date | None = None

    @property
    def label(self) -> str:
        """“Episode 8”; empty for one without a number."""
        return gettext("Episode %(number)s") % {"number": self.number} if self.number else ""


@dataclass(frozen=True)
class Late:
    """A review that readers wait for; `due_on` is None where the desk hasn't said a day."""

    episode: Airing
    due_on: date | None
    is_near: bool = False


@dataclass(frozen=True)
class Facts:
    """What there is to tell it from.

    `last` is the latest that has aired; `aired` counts regular episodes that have, from `first` on.
    `covered_at` is when the latest episode with a live review aired; `unreviewed` have aired without one.
    """

    next: Airing | None = None
    last: Airing | None = None
    aired: int = 0
    first: Decimal | None = None
    covered_at: datetime | None = None
    unreviewed: list[Airing] = field(default_factory=list)
    has_verdict: bool = False


@dataclass(frozen=True)
class Coming:
    """`back_on` is the day a break ends, `starts_on` the premiere's, both in the newsroom's zone."""

    airing: Airing | None = None
    back_on: date | None = None
    starts_on: date | None = None
    late: Late | None = None
    has_ended: bool = False

    def __bool__(self) -> bool:
        return self != Coming()


def coming(show: Series, facts: Facts, slot: WeeklySlot, today: date) -> Coming:
    """`slot` is the show's own, in the newsroom's zone, where `today` is counted too."""
    back_on = _back_on(show, facts, slot, today)
    known = facts.next is not None or back_on is not None
    starts_on = show.premieres_on if show.premieres_on and show.premieres_on > today else None
    return Coming(
        airing=facts.next,
        back_on=back_on,
        starts_on=None if known or facts.last else starts_on,
        late=_late(show, facts, slot, today),
        has_ended=not known and not show.is_film and _has_ended(show, facts),
    )


def _back_on(show: Series, facts: Facts, slot: WeeklySlot, today: date) -> date | None:
    if show.back_on and show.back_on > today:
        return show.back_on
    if not facts.next or not facts.last or facts.next.place - facts.last.place > 1:
        return None  # where episodes are missing between them, the wait tells nothing
    day = in_zone(facts.next.airs_at, slot.zone).date()
    return day if facts.next.airs_at - facts.last.airs_at > LONGEST_WAIT and day > today else None


def _has_ended(show: Series, facts: Facts) -> bool:
    if facts.has_verdict:
        return True
    if not show.episode_count or not facts.last or facts.first is None:
        return False
    return max(facts.aired, int(facts.last.place - facts.first) + 1) >= show.episode_count


def _late(show: Series, facts: Facts, slot: WeeklySlot, today: date) -> Late | None:
    """The first review that is late: by the desk's word, or since the day after its slot."""
    for episode in facts.unreviewed:
        due_on = episode.review_due_on
        if due_on and due_on >= today:
            return Late(episode, due_on, is_near=due_on - today < timedelta(days=7))
        free_at = max(filter(None, (episode.airs_at, episode.embargo_until, show.embargo_until)))
        slot_day = in_zone(slot.next_at_or_after(free_at), slot.zone).date()
        if slot_day < today <= slot_day + LATE_FOR and _is_followed(facts, episode):
            return Late(episode, None)
    return None


def _is_followed(facts: Facts, episode: Airing) -> bool:
    """Whether reviews go up to just before `episode`: what was left out on the way isn't late."""
    if facts.covered_at is None:
        return False
    return timedelta() < episode.airs_at - facts.covered_at <= FOLLOWED_WITHIN


def with_coming(shows: QuerySet[Series], at: datetime) -> QuerySet[Series]:
    """Lets `coming_of` answer, of shows that are public at `at`, without asking the database."""
    announced = Episode.objects.unembargoed(at).filter(series=OuterRef("pk"))
    aired = announced.filter(airs_at__lte=at)
    row = Row(
        number="number", place="sort_key", airs_at="airs_at", late_night_label="late_night_label",
        embargo_until="embargo_until", review_due_on="review_due_on",
    )  # fmt: skip
    later = announced.filter(airs_at__gt=at).order_by("airs_at", "sort_key", "pk")
    verdicts = Release.objects.live(at).filter(review__series=OuterRef("pk"), review__kind=Kind.SEASON)
    unreviewed = _unreviewed(aired, at).values("series").annotate(rows=Rows(row))
    return shows.annotate(
        next_row=Subquery(later.values(row=row)[:1]),
        last_row=Subquery(aired.order_by("-airs_at", "-sort_key", "-pk").values(row=row)[:1]),
        aired_row=Subquery(_counted(aired)),
        covered_row=Subquery(_covered(at)),
        unreviewed_rows=Subquery(unreviewed.values("rows")),
        has_verdict=Exists(verdicts),
    )


def _counted(aired: QuerySet[Episode]) -> Any:
    regular = aired.filter(kind=Episode.Kind.REGULAR).order_by().values("series")
    counted = regular.annotate(many=Count("pk"), first=Min("sort_key"))
    return counted.values(row=Row(many="many", first="first"))


def _covered(at: datetime) -> Any:
    parts = live_parts(at).filter(episode__series=OuterRef("pk")).order_by().values("episode__series")
    latest = Max(Coalesce("last_episode__airs_at", "episode__airs_at"))
    return parts.annotate(latest=latest).values(row=Row(airs_at="latest"))


def _unreviewed(aired: QuerySet[Episode], at: datetime) -> QuerySet[Episode]:
    """Aired of late, or with a day for the review that isn't over in every zone."""
    since = at - LATE_FOR - timedelta(days=8)  # the slot is up to a week after what it waits for
    recent = Q(airs_at__gte=since) | Q(embargo_until__gte=since) | Q(series__embargo_until__gte=since)
    due = Q(review_due_on__gte=(at - timedelta(days=1)).date())
    wanted = aired.exclude(kind=Episode.Kind.RECAP).filter(recent | due)
    return wanted.exclude(covered_by(live_parts(at))).order_by()


def coming_of(show: Series, publication: Publication, at: datetime) -> Coming:
    """Of a show that was read with `with_coming()`."""
    return coming(show, _facts(show), show.slot(publication), publication.today(at))


def _facts(show: Series) -> Facts:
    read = {name: getattr(show, name) for name in ANNOTATIONS}
    unreviewed = [_airing(row) for row in read["unreviewed_rows"] or []]
    counted, covered = read["aired_row"] or {}, read["covered_row"] or {}
    return Facts(
        next=_airing(read["next_row"]) if read["next_row"] else None,
        last=_airing(read["last_row"]) if read["last_row"] else None,
        aired=counted.get("many", 0),
        first=None if counted.get("first") is None else Decimal(str(counted["first"])),
        covered_at=_instant(covered.get("airs_at")),
        unreviewed=sorted(unreviewed, key=lambda each: (each.airs_at, each.place)),
        has_verdict=bool(read["has_verdict"]),
    )


def _airing(row: dict[str, Any]) -> Airing:
    airs_at, due = _instant(row["airs_at"]), row["review_due_on"]
    if airs_at is None:
        raise ValueError("An airing has an instant.")
    return Airing(
        number=row["number"],
        place=Decimal(str(row["place"])),
        airs_at=airs_at,
        late_night_label=row["late_night_label"],
        embargo_until=_instant(row["embargo_until"]),
        review_due_on=date.fromisoformat(due) if due else None,
    )


def _instant(stored: str | None) -> datetime | None:
    """As the database writes it into JSON: SQLite without the zone, which is UTC."""
    if not stored:
        return None
    read = datetime.fromisoformat(stored)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
