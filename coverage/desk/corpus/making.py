"""Makes a corpus: batch by batch of shows, each batch whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from coverage.desk.corpus import plan
from coverage.desk.corpus.cast import gather
from coverage.desk.corpus.catalogue import Catalogue
from coverage.desk.corpus.pieces import Desk
from coverage.desk.corpus.plan import Show
from coverage.desk.corpus.words import Words
from coverage.desk.demo.times import Calendar
from coverage.newsroom.models import Publication
from reviews.models import Review, Reviewer
from series.models import Series

PIECES_A_BATCH = 400
SHOWS_A_BATCH = 200


@dataclass(frozen=True)
class Size:
    """How much there shall be. The same seed in the same week gives the same corpus."""

    series: int
    reviews: int
    seed: int = 1
    part_words: int = 900


def in_the_way() -> str:
    """What a newsroom already holds that a corpus would mix with; empty when there is nothing."""
    holds = {
        "series": Series.objects.exists(),
        "reviews": Review.objects.exists(),
        "reviewers": Reviewer.objects.exists(),
    }
    return ", ".join(what for what, there in holds.items() if there)


def make(size: Size, now: datetime, *, tell: Callable[[str], object]) -> None:
    """Fill the newsroom, telling after each batch how far it has come."""
    calendar = Calendar(now, Publication.objects.current(now))
    words = Words(size.seed)
    with transaction.atomic():
        cast = gather(size.series, size.seed, words)
    catalogue = Catalogue(calendar, cast, words, size.seed)
    desk = Desk(calendar, cast, words, size.seed, size.part_words)
    series = reviews = 0
    for shows in _batches(plan.shows(size.series, size.reviews, size.seed)):
        with transaction.atomic():
            desk.write(catalogue.write(shows))
        series += len(shows)
        reviews += sum(len(show.pieces) for show in shows)
        tell(f"{series} of {size.series} series, {reviews} of {size.reviews} reviews")


def _batches(shows: Iterable[Show]) -> Iterator[list[Show]]:
    """Shows together with some PIECES_A_BATCH pieces; memory is kept for one batch only."""
    batch: list[Show] = []
    for show in shows:
        batch.append(show)
        if len(batch) >= SHOWS_A_BATCH or sum(len(each.pieces) for each in batch) >= PIECES_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
