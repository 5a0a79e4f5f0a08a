"""Taking suggested credits into the database, once an editor has accepted them."""

from collections.abc import Iterable

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
        credit, is_new = Credit.objects.get_or_create(person=person, role=as_role, episode=episode)
        if credit.carried_from_id:
            # The article has said so: what was only carried over is known now.
            credit.carried_from = None
            credit.save(update_fields=["carried_from"])
        return credit, is_new
    if as_role.fits_series:
        return Credit.objects.get_or_create(person=person, role=as_role, series=series)
    return None, False


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
