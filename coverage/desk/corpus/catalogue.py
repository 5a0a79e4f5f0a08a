"""The shows of a batch, with all that stands on a series' page, written in bulk."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from coverage.desk.corpus.cast import Cast
from coverage.desk.corpus.plan import Show
from coverage.desk.corpus.words import Names, Words, native, romaji, stream
from coverage.desk.demo.times import TOKYO, Calendar
from coverage.newsroom.models import Publication
from coverage.newsroom.models.publication import Weekday
from coverage.newsroom.slots import WeeklySlot
from series.models import (
    Credit,
    Episode,
    Series,
    SeriesSeason,
    SeriesStudio,
    SeriesTitle,
    Streaming,
)
from series.models.series import Season, Source
from series.roles import Role

STAFF = (
    Role.DIRECTOR,
    Role.SERIES_COMPOSITION,
    Role.CHARACTER_DESIGN,
    Role.MUSIC,
    Role.SOUND_DIRECTOR,
    Role.ART_DIRECTOR,
    Role.PRODUCER,
)
EPISODE_STAFF = (Role.SCRIPT, Role.STORYBOARD)
VOICES = 3
OWN_SLOT = (Weekday.WEDNESDAY.value, time(18, 0))
COUR = 13


@dataclass
class Covered:
    """A show as it is in the database, with its episodes in order."""

    show: Show
    series: Series
    episodes: list[Episode]


@dataclass
class Catalogue:
    """Turns plans of shows into rows, a batch at a time."""

    calendar: Calendar
    cast: Cast
    words: Words
    seed: int
    _names: Names = field(init=False)

    def __post_init__(self) -> None:
        self._names = Names(Series.objects.values_list("slug", flat=True))

    @property
    def publication(self) -> Publication:
        return self.calendar.publication

    def write(self, shows: list[Show]) -> list[Covered]:
        """A batch of shows with everything about them."""
        chances = {show.rank: stream(self.seed, "show", show.rank) for show in shows}
        batch = [Covered(show, self._series(show, chances[show.rank]), []) for show in shows]
        Series.objects.bulk_create(covered.series for covered in batch)
        self._link_sequels(batch)
        for covered in batch:
            covered.episodes = self._episodes(covered, chances[covered.show.rank])
        Episode.objects.bulk_create(episode for covered in batch for episode in covered.episodes)
        self._surround(batch, chances)
        Series.keep_names(covered.series.pk for covered in batch)
        Episode.keep_names(episode.pk for covered in batch for episode in covered.episodes)
        return batch

    def _series(self, show: Show, chance: Random) -> Series:
        title, slug = self._names.free(self.words.title(chance))
        own = show.rank % 13 == 6
        series = Series(
            title=title,
            slug=slug,
            title_native=native(chance) + native(chance),
            title_romaji=f"{romaji(chance)} no {romaji(chance)}",
            format=show.format,
            source=chance.choice(list(Source)),
            premieres_on=self._week_of(show, 0),
            episode_count=None if show.is_film else show.episodes,
            synopsis=self.words.sentences(chance, 60),
            key_visual=chance.choice(self.cast.pictures) if show.rank % 3 else None,
            slot_weekday=OWN_SLOT[0] if own else None,
            slot_time=OWN_SLOT[1] if own else None,
            is_public=True,
            has_been_public=True,  # as saving one by one would note
        )
        series.take_accent_from_key_visual()
        return series

    def _link_sequels(self, batch: list[Covered]) -> None:
        sequels = []
        for before, after in pairwise(batch):
            if after.show.rank % 11 == 4:
                after.series.prequel = before.series
                sequels.append(after.series)
        Series.objects.bulk_update(sequels, ["prequel"])

    def _week_of(self, show: Show, place: int) -> date:
        """The Monday of the week in which this place in the show's order is."""
        coming = self.publication.week(self.publication.next_slot(self.calendar.now)).monday
        return coming + timedelta(weeks=show.first_week + place)

    def _episodes(self, covered: Covered, chance: Random) -> list[Episode]:
        show, slot = covered.show, covered.series.slot(self.publication)
        airs = WeeklySlot(chance.randrange(7), time(chance.randrange(24), chance.choice((0, 30))), TOKYO)
        return [
            self._episode(covered, place, self.calendar.airing(airs, slot, show.first_week + place), chance)
            for place in range(show.episodes)
        ]

    def _episode(self, covered: Covered, place: int, airs_at: datetime, chance: Random) -> Episode:
        number, is_recap = covered.show.number(place), covered.show.is_recap(place)
        return Episode(
            series=covered.series,
            number=number,
            sort_key=Decimal(number),
            kind=Episode.Kind.RECAP if is_recap else Episode.Kind.REGULAR,
            title=self.words.title(chance),
            title_native=native(chance),
            airs_at=airs_at,
        )

    def _surround(self, batch: list[Covered], chances: dict[int, Random]) -> None:
        """Titles, seasons, studios, streams and credits."""
        every = [(covered, chances[covered.show.rank]) for covered in batch]
        SeriesTitle.objects.bulk_create(
            SeriesTitle(series=covered.series, title=self.words.title(chance)) for covered, chance in every
        )
        SeriesSeason.objects.bulk_create(
            SeriesSeason(series=covered.series, year=year, season=season)
            for covered, _chance in every
            for year, season in self._seasons(covered.show)
        )
        SeriesStudio.objects.bulk_create(
            SeriesStudio(series=covered.series, studio=studio, is_main=place == 0)
            for covered, chance in every
            for place, studio in enumerate(chance.sample(self.cast.studios, chance.choice((1, 1, 2))))
        )
        Streaming.objects.bulk_create(
            Streaming(
                series=covered.series,
                platform=platform,
                url=f"{platform.website}/{covered.series.slug}",
                language="Japanese with subtitles",
                weekday=chance.randrange(7),
            )
            for covered, chance in every
            for platform in chance.sample(self.cast.platforms, chance.choice((1, 2, 2, 3)))
        )
        Credit.objects.bulk_create(
            credit for covered, chance in every for credit in self._credits(covered, chance)
        )

    def _seasons(self, show: Show) -> list[tuple[int, Season]]:
        """A show of two cours stands in two seasons; one that never ends stands where it began and is now."""
        first = self._week_of(show, 0)
        last = self._week_of(show, max(show.episodes - COUR + 3, 0))
        return list(dict.fromkeys((day.year, list(Season)[(day.month - 1) // 3]) for day in (first, last)))

    def _credits(self, covered: Covered, chance: Random) -> list[Credit]:
        """About ten: the staff, three voices, and who wrote and drew the first episode."""
        series, first = covered.series, covered.episodes[:1]
        on_first = EPISODE_STAFF if first else ()
        people = chance.sample(self.cast.people, len(STAFF) + VOICES + len(on_first))
        return [
            *(
                Credit(series=series, person=people.pop(), role=role, position=place)
                for place, role in enumerate(STAFF)
            ),
            *(
                Credit(
                    series=series,
                    person=people.pop(),
                    role=Role.VOICE,
                    character=romaji(chance),
                    position=len(STAFF) + place,
                )
                for place in range(VOICES)
            ),
            *(Credit(episode=first[0], person=people.pop(), role=role) for role in on_first),
        ]
