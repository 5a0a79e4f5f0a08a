"""A series' vocabulary, gathered from the database in as many queries however large it is."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import Q

from reviews.copydesk.addresses import leads_somewhere
from reviews.copydesk.vocabulary import Entry, KnownCredit, KnownEpisode, Sort, Vocabulary
from reviews.importing.matching import number_of
from series.models import Credit, Episode, Platform, Series, SeriesTitle, VocabularyEntry

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
    entries = [*_kept(series), *_of_the_house(series)]
    if series:
        entries += [*_titles(series), *_of_credits(credited)]
        entries += [*_of_episodes(episodes.values()), *_studios(series)]
    return Vocabulary(
        tuple(entries),
        episodes,
        series.episode_count if series else None,
        tuple(_known(credit) for credit in credited),
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
    on = Q(series=series) | Q(episode__series=series)
    rows = (
        Credit.objects.checked()
        .filter(on)
        .select_related("person", "episode")
        .prefetch_related("person__aliases")
    )
    return iter(rows.order_by("pk"))


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
            first_seen=number_of(row.first_seen.number) if row.first_seen else None,
            spoils=row.spoils,
        )


def _of_the_house(series: Series | None) -> Iterator[Entry]:
    """What other series and the platforms are called."""
    others = Series.objects.exclude(pk=series.pk) if series else Series.objects.all()
    for titles in others.values_list("title", "title_romaji"):
        yield from _titled(titles, own=False)
    aliases = SeriesTitle.objects.exclude(series=series) if series else SeriesTitle.objects.all()
    for title in aliases.values_list("title"):
        yield from _titled(title, own=False)
    for name in Platform.objects.values_list("name", flat=True):
        yield Entry(name, Sort.OTHER, own=False)


def _titles(series: Series) -> Iterator[Entry]:
    yield from _titled(series.names(), own=True)


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


def _studios(series: Series) -> Iterator[Entry]:
    for name in series.studios.values_list("name", flat=True):
        yield Entry(name, Sort.STUDIO)
