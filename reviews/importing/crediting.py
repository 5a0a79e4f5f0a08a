"""Taking suggested credits into the database, once an editor has accepted them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from reviews.importing.article import Credit as Suggestion
from reviews.importing.lines import folded
from reviews.importing.matching import Episodes, number_of
from reviews.importing.naming import free_slug
from series.models import Credit, Person, PersonAlias, Series
from series.roles import Role, role


def accept(suggestions: Iterable[Suggestion], series: Series) -> list[Credit]:
    """Credit these people on the series, or on the episode whose section names them; returns what is new."""
    with transaction.atomic():
        people, episodes = _people(), Episodes.of(series)
        made = []
        for suggestion in suggestions:
            key = folded(suggestion.person)
            person = people.get(key) or _new_person(suggestion.person)
            people[key] = person
            credit, is_new = _credit(suggestion, person, role(suggestion.role), series, episodes)
            if credit and is_new:
                made.append(credit)
        return made


def _credit(
    suggestion: Suggestion, person: Person, as_role: Role, series: Series, episodes: Episodes
) -> tuple[Credit | None, bool]:
    number = number_of(suggestion.on_episode.split("-")[0]) if suggestion.on_episode else None
    episode = episodes.numbered(number) if number is not None else None
    # A role that both may have is the episode's where its own section names it.
    if as_role.fits_episode and episode:
        return _once(person=person, role=as_role, episode=episode)
    if as_role.fits_series:
        return _once(person=person, role=as_role, series=series)
    return None, False


def _once(**where: Any) -> tuple[Credit, bool]:
    """The credit, and whether it is new; what was only carried over there is known now."""
    there = Credit.objects.filter(**where).order_by("pk")
    if credit := there.first():  # one of several, where somebody has two voices
        there.exclude(carried_from=None).update(carried_from=None)
        return credit, False
    return Credit.objects.create(**where), True


def _people() -> dict[str, Person]:
    """Everybody by every name, folded."""
    known = {folded(alias.name): alias.person for alias in PersonAlias.objects.select_related("person")}
    for person in Person.objects.all():
        known |= {folded(name): person for name in (person.name_native, person.name) if name}
    return known


def _new_person(name: str) -> Person:
    person = Person(name=name, slug=free_slug(name, Person))
    person.full_clean()
    person.save()
    return person
