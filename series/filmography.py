"""What a person made, role by role and show by show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from series.models import Credit, Episode, Series
from series.roles import Role

# So many episodes one after the other are told as “4–6”.
LONG_RUN = 3


@dataclass(frozen=True)
class Work:
    """A person in one role on one show: on the whole of it, on some of its episodes, or on both."""

    series: Series
    credits: tuple[Credit, ...]

    @property
    def episodes(self) -> list[Episode]:
        """Those that the person is credited on, each once and in order."""
        found = {credit.episode.pk: credit.episode for credit in self.credits if credit.episode}
        return sorted(found.values(), key=lambda episode: (episode.sort_key, episode.pk))

    @property
    def numbers(self) -> str:
        """Their numbers: “1, 4–6, 6.5”; empty where the person is credited on the whole show only."""
        return in_runs([episode.number for episode in self.episodes if episode.number])

    @property
    def count(self) -> int:
        return len(self.episodes)

    @property
    def earliest(self) -> Episode | None:
        """Who has seen this one knows that the person takes part. None: the whole show says so."""
        on_the_whole = any(credit.episode is None for credit in self.credits)
        return None if on_the_whole else next(iter(self.episodes), None)

    @property
    def characters(self) -> list[str]:
        return _distinct(credit.character for credit in self.credits)

    @property
    def notes(self) -> list[str]:
        return _distinct(credit.note for credit in self.credits)


@dataclass(frozen=True)
class Filmography:
    """Everything that a person did, as far as it is told: `roles` in the vocabulary's order."""

    roles: tuple[tuple[Role, tuple[Work, ...]], ...]

    @classmethod
    def of(cls, credits: Iterable[Credit]) -> "Filmography":
        """Of credits that were read with `for_filmography()`."""
        held = list(credits)
        by_role = ((role, [credit for credit in held if credit.role == role]) for role in Role)
        return cls(tuple((role, _works(of_role)) for role, of_role in by_role if of_role))

    @property
    def shows(self) -> list[Series]:
        """Each once, the newest first."""
        found = {work.series.pk: work for _role, works in self.roles for work in works}
        return [work.series for work in _newest_first(found.values())]


def in_runs(numbers: list[str]) -> str:
    """“1, 4–6, 6.5” for 1, 4, 5, 6 and 6.5: only whole numbers without a gap make a run."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) >= LONG_RUN else ", ".join(run) for run in runs)


def _follows(number: str, following: str) -> bool:
    return number.isdecimal() and following.isdecimal() and int(following) == int(number) + 1


def _works(credits: list[Credit]) -> tuple[Work, ...]:
    shows: dict[Series, list[Credit]] = {}
    for credit in credits:
        show = credit.episode.series if credit.episode else credit.series
        if show:
            shows.setdefault(show, []).append(credit)
    return tuple(_newest_first(Work(show, tuple(held)) for show, held in shows.items()))


def _newest_first(works: Iterable[Work]) -> list[Work]:
    by_title = sorted(works, key=lambda work: (work.series.title.casefold(), work.series.pk))
    return sorted(by_title, key=_began, reverse=True)


def _began(work: Work) -> date:
    """When the show began; one that doesn't say so, with the episodes that are credited."""
    airings = [episode.airs_at.date() for episode in work.episodes if episode.airs_at]
    return work.series.premieres_on or min(airings, default=date.min)


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))
