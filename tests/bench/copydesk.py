"""How long the copy desk takes to find what is wrong with a long piece, once warm."""

from itertools import cycle, islice
from statistics import median
from time import process_time
from typing import Any

from django.db.models import Count

from reviews.copydesk.checking import check
from reviews.copydesk.knowing import vocabulary_of
from reviews.copydesk.manuscript import Manuscript, Passage
from reviews.markup import plain
from reviews.models import EpisodeReview
from series.models import Series

WORDS, ROUNDS = 3_000, 9
LIMIT_MS = 150


def copy_desk_ms() -> float | None:
    """The median of pieces of 3,000 words about the show with the most episodes; None without a text."""
    series = Series.objects.annotate(many=Count("episodes")).order_by("-many", "pk").first()
    texts = [
        paragraph
        for body in EpisodeReview.objects.order_by("pk").values_list("body", flat=True)[:200]
        for paragraph in plain(body).split("\n\n")
        if paragraph
    ]
    if series is None or not texts:
        return None
    vocabulary = vocabulary_of(series)
    check(_piece(texts, 0), vocabulary)
    costs = [_cost(_piece(texts, each), vocabulary) for each in range(1, ROUNDS + 1)]
    return round(median(costs) * 1000, 1)


def _piece(texts: list[str], number: int) -> Manuscript:
    """Another piece for each number, none of whose paragraphs has been seen before."""
    passages, words = [], 0
    for text in islice(cycle(texts), number, None):
        passages.append(Passage(f"{text} {number}"))
        words += len(text.split())
        if words >= WORDS:
            return Manuscript(tuple(passages))
    raise AssertionError("a cycle has no end")


def _cost(piece: Manuscript, vocabulary: Any) -> float:
    started = process_time()
    check(piece, vocabulary)
    return process_time() - started
