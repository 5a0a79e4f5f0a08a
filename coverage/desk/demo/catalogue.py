"""The shows: from the data's TOML into Series, Episode, Credit and the rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import slugify

from coverage.desk.demo.keeping import facts, kept
from coverage.desk.demo.pictures import Gallery
from coverage.desk.demo.times import TOKYO, Calendar, release_day, run_from, weekly
from coverage.newsroom.latenight import LateNight
from series.models import (
    Credit,
    Episode,
    Person,
    PersonAlias,
    Platform,
    Series,
    SeriesSeason,
    SeriesStudio,
    SeriesTitle,
    Streaming,
    Studio,
    VocabularyEntry,
)

Facts = dict[str, Any]
# The order of creation, which also gives each show its accent.
ORDER = (
    "the-lighthouse-keeps-no-hours",
    "last-night-bus",
    "glasshouse-orbit",
    "salt-and-cinnabar-second-fire",
    "the-surveyors-winter",
    "metallic-rouge",
    "third-lane-from-the-wall",
    "understudy-for-a-ghost",
    "salt-and-cinnabar",
)


@dataclass
class Catalogue:
    """Loads shows; people, studios and platforms are made when first named."""

    calendar: Calendar
    gallery: Gallery

    def __post_init__(self) -> None:
        self.people: Facts = facts("people.toml")
        self.platforms: Facts = facts("platforms.toml")
        self._met: dict[str, Person] = {}

    def load(self, slug: str) -> Series:
        show = facts("shows", f"{slug}.toml")
        series = kept(self._series(slug, show))
        for title in show.get("other_titles", []):
            kept(SeriesTitle(series=series, **title))
        for entry in show.get("vocabulary", []):
            kept(VocabularyEntry(series=series, **entry))
        self._seasons(series, show)
        for place, name in enumerate(show.get("studios", [])):
            link = SeriesStudio(series=series, studio=_studio(name), is_main=place == 0)
            kept(link)
        for stream in show.get("streams", []):
            self._stream(series, stream)
        self._credits(show.get("credits", []), series=series)
        self._episodes(series, show)
        return series

    def _series(self, slug: str, show: Facts) -> Series:
        plain = (
            "title",
            "title_native",
            "title_romaji",
            "format",
            "source",
            "source_note",
            "episode_count",
            "synopsis",
        )
        series = Series(slug=slug, **{name: show[name] for name in plain if name in show})
        series.is_public = show.get("public", True)
        series.key_visual = self.gallery.picture(show["picture"])
        series.take_accent_from_key_visual()
        if "slot" in show:
            slot = weekly(show["slot"], self.calendar.zone)
            series.slot_weekday, series.slot_time = slot.weekday, slot.wall
        if "embargo_days" in show:
            series.embargo_until = self.calendar.now + timedelta(days=show["embargo_days"])
        if premiere := self._airing(series, show, 0):
            # A late-night premiere counts as the evening's before.
            series.premieres_on = premiere.astimezone(TOKYO).date() - timedelta(days=self._late(show))
        return series

    def _airing(self, series: Series, show: Facts, place: int) -> datetime | None:
        """When the episode in this place airs; the first one is reviewed in the week named `first`."""
        if "released_on" in show:
            return release_day(show["released_on"])
        if "released_week" in show:
            slot = series.slot(self.calendar.publication)
            return release_day(self.calendar.slot(slot, show["released_week"]).date())
        if "airs" not in show:
            return None
        airs = weekly(show["airs"], TOKYO)
        if "airs_from" in show:
            return run_from(show["airs_from"], airs, place)
        reviewed = series.slot(self.calendar.publication)
        return self.calendar.airing(airs, reviewed, show["first"] + place)

    def _late(self, show: Facts) -> int:
        return weekly(show["airs"], TOKYO).day_shift if "airs" in show else 0

    def _seasons(self, series: Series, show: Facts) -> None:
        for season in show.get("seasons", []):
            year, name = self.calendar.season(season) if isinstance(season, int) else season
            kept(SeriesSeason(series=series, year=year, season=name))

    def _stream(self, series: Series, stream: Facts) -> None:
        row = Streaming(series=series, platform=self._platform(stream["platform"]))
        for name in ("url", "language", "region", "first_episode"):
            setattr(row, name, stream.get(name, ""))
        if "added" in stream:
            when = LateNight.parse(stream["added"])
            row.weekday, row.wall_time = when.weekday, when.wall
            row.time_zone = stream.get("zone", "") if when.wall else ""
        kept(row)

    def _platform(self, name: str) -> Platform:
        found = Platform.objects.filter(name=name).first()
        return found or kept(Platform(name=name, slug=slugify(name), website=self.platforms[name]["website"]))

    def _credits(self, rows: list[list[str]], **on: Series | Episode) -> None:
        """Rows of role and name; a voice role adds its character, a theme song its place."""
        for position, (role, name, *more) in enumerate(rows):
            said = more[0] if more else ""
            detail = {"character": said} if role == "voice" else {"note": said}
            kept(Credit(person=self._person(name), role=role, position=position, **detail, **on))

    def _person(self, name: str) -> Person:
        if name not in self._met:
            known = self.people.get(name, {})
            person = Person(name=name, slug=slugify(name), name_native=known.get("native", ""))
            person.known_for = known.get("known_for", "")
            self._met[name] = kept(person)
            for alias in known.get("aliases", []):
                kept(PersonAlias(person=person, name=alias))
        return self._met[name]

    def _episodes(self, series: Series, show: Facts) -> None:
        late = show["airs"] if self._late(show) else ""
        for place, row in enumerate(show.get("episodes", [])):
            episode = Episode(series=series, airs_at=self._airing(series, show, place), late_night_label=late)
            for name in ("number", "kind", "title", "title_native"):
                if name in row:
                    setattr(episode, name, row[name])
            kept(episode)
            self._credits(row.get("credits", []), episode=episode)


def keep_house_list() -> None:
    """The names and terms that hold for every series."""
    for entry in facts("house_list.toml")["entries"]:
        kept(VocabularyEntry(**entry))


def _studio(printed: str) -> Studio:
    """A studio printed as “Name” or “Name / native name”."""
    name, _, native = printed.partition(" / ")
    return Studio.objects.filter(name=name).first() or kept(
        Studio(name=name, name_native=native, slug=slugify(name))
    )


def link_sequels() -> None:
    """Sequels lead back to what came before, wherever they stand in the order."""
    for slug in ORDER:
        if prequel := facts("shows", f"{slug}.toml").get("prequel"):
            series = Series.objects.get(slug=slug)
            series.prequel = Series.objects.get(slug=prequel)
            kept(series)
