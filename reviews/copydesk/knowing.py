"""A series' vocabulary, gathered from the database in as many queries however large it is."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from reviews.copydesk.addresses import leads_somewhere
from reviews.copydesk.vocabulary import Entry, KnownCredit, KnownEpisode, Sort, Vocabulary
from reviews.importing.matching import number_of
from series.families import of_one_family
from series.models import (
    Credit,
    Episode,
    Platform,
    Series,
    SeriesStudio,
    SeriesTitle,
    VocabularyEntry,
)

_SUBTITLE = re.compile(r"\s*[:：~–—]\s*")
_SORTS = {
    VocabularyEntry.Kind.CHARACTER: Sort.CHARACTER,
    VocabularyEntry.Kind.TERM: Sort.TERM,
    VocabularyEntry.Kind.PLACE: Sort.PLACE,
    VocabularyEntry.Kind.OTHER: Sort.OTHER,
}


def vocabulary_of(series: Series | None) -> Vocabulary:
    """What a piece about `series` is held against; without one, the house list and all titles."""
    episodes = _episodes(series)
    credited = list(_credits(series)) if series else []
    entries = [*_kept(series), *_named(series)]
    if series:
        entries += [*_of_credits(credited), *_of_episodes(episodes.values())]
    return Vocabulary(
        tuple(entries),
        episodes,
        series.episode_count if series else None,
        tuple(_known(credit) for credit in credited if series and _is_own(credit, series)),
        leads_somewhere,
    )


def _episodes(series: Series | None) -> dict[Decimal, KnownEpisode]:
    rows = Episode.objects.filter(series=series).values_list("number", "title", "title_native")
    return {
        number: KnownEpisode(number, title, native)
        for printed, title, native in rows
        if (number := number_of(printed)) is not None
    }


def _credits(series: Series) -> Iterator[Credit]:
    """Its own and those of its prequels and sequels."""
    family = Series.objects.filter(of_one_family(series.slug))
    on = Q(series__in=family) | Q(episode__series__in=family)
    rows = (
        Credit.objects.checked()
        .filter(on)
        .select_related("person", "episode")
        .prefetch_related("person__aliases")
    )
    return iter(rows.order_by("pk"))


def _is_own(credit: Credit, series: Series) -> bool:
    return (credit.episode.series_id if credit.episode else credit.series_id) == series.pk


def _known(credit: Credit) -> KnownCredit:
    episode = number_of(credit.episode.number) if credit.episode else None
    return KnownCredit(tuple(filter(None, credit.person.names())), credit.role, episode)


def _kept(series: Series | None) -> Iterator[Entry]:
    for row in VocabularyEntry.objects.known_to(series):
        yield Entry(
            row.form,
            _SORTS[VocabularyEntry.Kind(row.kind)],
            tuple(row.other_forms()),
            own=row.series_id is not None,
            first_seen=_first_seen(row, series),
            spoils=row.spoils,
        )


def _first_seen(row: VocabularyEntry, series: Series | None) -> Decimal | None:
    """The number of the episode that brings the name; another season's episodes have numbers of their own."""
    if row.first_seen is None or series is None or row.first_seen.series_id != series.pk:
        return None
    return number_of(row.first_seen.number)


def _named(series: Series | None) -> Iterator[Entry]:
    """What this series, the others, the platforms and its studios are called; one query for all."""
    # Platforms are nobody's, under 0.
    own = series.pk if series else -1
    studios = SeriesStudio.objects.filter(series=own)
    names = _names(Series.objects.all(), "pk", "title", Sort.TITLE).union(
        _names(Series.objects.all(), "pk", "title_romaji", Sort.TITLE),
        _names(Series.objects.filter(pk=own), "pk", "title_native", Sort.TITLE),
        _names(SeriesTitle.objects.all(), "series", "title", Sort.TITLE),
        _names(studios, "series", "studio__name", Sort.STUDIO),
        _names(Platform.objects.all(), None, "name", Sort.OTHER),
        all=True,
    )
    for sort, whose, name in sorted(names.order_by(), key=lambda row: (row[0], row[2])):
        if sort == Sort.TITLE.value:
            yield from _titled([name], own=whose == own)
        elif name:
            yield Entry(name, Sort(sort), own=whose == own)


def _names(rows: QuerySet[Any], whose: str | None, name: str, sort: Sort) -> Any:
    """Rows of (sort, key of the series or 0, name)."""
    key = F(whose) if whose else Value(0)
    found = rows.order_by().annotate(sort_of=Value(sort.value), whose=key, called=F(name))
    return found.values_list("sort_of", "whose", "called")


def _titled(titles: Iterable[str], *, own: bool) -> Iterator[Entry]:
    """Each title, and what stands before its subtitle when that says enough."""
    for title in filter(None, titles):
        short = _SUBTITLE.split(title)[0]
        yield Entry(title, Sort.TITLE, (short,) if short != title and len(short) > 4 else (), own=own)


def _of_credits(credited: list[Credit]) -> Iterator[Entry]:
    people = {credit.person_id: credit.person for credit in credited}
    for person in people.values():
        name, *others = person.names()
        yield Entry(name, Sort.PERSON, tuple(filter(None, others)))
    for character in dict.fromkeys(credit.character for credit in credited if credit.character):
        yield Entry(character, Sort.CHARACTER)


def _of_episodes(episodes: Iterable[KnownEpisode]) -> Iterator[Entry]:
    """Titles of one word are left out: they are words that any sentence may need."""
    for episode in episodes:
        if len(episode.title.split()) > 1:
            yield Entry(episode.title, Sort.EPISODE)
