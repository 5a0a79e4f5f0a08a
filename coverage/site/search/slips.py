"""Names that come near to what was asked, for a reader who has slipped in spelling one."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from rapidfuzz.distance import OSA

from coverage.newsroom.models import Name
from coverage.newsroom.search import folding
from coverage.newsroom.search.fulltext import Question, matches
from coverage.newsroom.search.query import Query
from coverage.site.search.names import Closeness, Found, public_names

# One slip in a short name, two from eight letters on; names of one or two letters have none.
SHORTEST, LONG = 3, 8
MOST_CANDIDATES, MOST = 3000, 8


def slips_allowed(letters: str) -> int:
    if len(letters) < SHORTEST:
        return 0
    return 1 if len(letters) < LONG else 2


def names_near(query: Query, at: datetime) -> list[Found]:
    """What is called nearly as `query` says, the nearest first; one query to the database, or none."""
    letters = query.whole
    allowed = slips_allowed(letters)
    if not allowed:
        return []
    near: dict[tuple[str, int], tuple[tuple[int, int], str]] = {}
    for kind, subject, text in _candidates(letters, allowed, at):
        slips = _slips(letters, text, allowed)
        if slips <= allowed:
            rank = (slips, abs(len(folding.compact(text)) - len(letters)))
            near[kind, subject] = min(((rank, text), near.get((kind, subject), (rank, text))))
    ordered = sorted(near.items(), key=lambda item: (item[1], item[0]))
    return [
        Found(kind, subject, text, Closeness.SLIPPED) for (kind, subject), (_rank, text) in ordered[:MOST]
    ]


def _candidates(letters: str, allowed: int, at: datetime) -> Iterator[tuple[str, int, str]]:
    """Names that share a stretch of letters with these, whichever of them were slips.

    A slip breaks three pairs of letters in a row at most, and so two stretches of the query's pairs at
    most: cut into one more than the slips can break, one is left whole.
    """
    pairs = folding.grams(letters)
    pairs = [folding.token(f"0{letters[0]}"), *pairs, folding.token(f"{letters[-1]}0")]
    shared = (Question.in_grams(stretch) for stretch in _stretches(pairs, 2 * allowed + 1))
    names = public_names(at).filter(matches(Name.FULL_TEXT, *shared)).order_by("pk")
    yield from names.values_list("kind", "subject", "text")[:MOST_CANDIDATES]


def _stretches(pairs: list[str], count: int) -> list[list[str]]:
    edges = [place * len(pairs) // count for place in range(count + 1)]
    cut = [pairs[start:end] for start, end in pairwise(edges)]
    return [stretch for stretch in cut if stretch]


def _slips(letters: str, name: str, allowed: int) -> int:
    """How many slips lie between these letters and `name`, or the words in a row that come nearest."""
    words = list(folding.runs(name))
    spans = {"".join(words), "".join(reversed(words))}
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            span = "".join(words[start:end])
            if abs(len(span) - len(letters)) <= allowed:
                spans.add(span)
    return min(_distance(letters, span, allowed) for span in spans)


def _distance(one: str, other: str, allowed: int) -> int:
    keys = folding.romaji_key(one), folding.romaji_key(other)
    return min(
        int(OSA.distance(one, other, score_cutoff=allowed)), int(OSA.distance(*keys, score_cutoff=allowed))
    )
