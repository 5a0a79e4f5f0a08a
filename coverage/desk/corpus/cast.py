"""What the shows and pieces of a corpus share: accounts, bylines, people, studios, platforms, pictures."""

from dataclasses import dataclass
from io import BytesIO
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from PIL import Image

from coverage.desk.corpus.words import Names, Words, native, romaji, stream
from coverage.newsroom.models import Named, Picture, User
from coverage.newsroom.roles import Role
from reviews.models import Reviewer
from series.models import Person, Platform, Studio

WRITERS, GUESTS, EDITORS = 9, 3, 2
PEOPLE_PER_SERIES, FEWEST_PEOPLE = 4, 30
STUDIOS_PER_SERIES, FEWEST_STUDIOS = 0.3, 6
PLATFORMS = 6
PICTURES = 10
PICTURE_SIZE = (64, 36)


@dataclass(frozen=True)
class Cast:
    """Everyone and everything that shows and pieces share."""

    editors: list[User]
    reviewers: list[Reviewer]
    people: list[Person]
    studios: list[Studio]
    platforms: list[Platform]
    pictures: list[Picture]


def gather(series: int, seed: int, words: Words) -> Cast:
    """Make the cast for `series` shows. The accounts have no password: nobody can log in as them."""
    chance = stream(seed, "cast")
    return Cast(
        editors=_accounts(chance, EDITORS, Role.EDITOR),
        reviewers=_reviewers(chance, words),
        people=_people(chance, max(FEWEST_PEOPLE, series * PEOPLE_PER_SERIES), words),
        studios=_studios(chance, max(FEWEST_STUDIOS, int(series * STUDIOS_PER_SERIES))),
        platforms=_platforms(chance, words),
        pictures=_pictures(chance, words),
    )


def _accounts(chance: Random, count: int, role: Role) -> list[User]:
    names, users = Names(User.objects.values_list("username", flat=True)), []
    for _ in range(count):
        first, last = romaji(chance), romaji(chance)
        _name, username = names.free(f"{first} {last}")
        user = User(username=username, first_name=first, last_name=last, is_staff=True)
        user.email = f"{username}@newsroom.example"
        user.password = make_password(None)
        user.save()
        user.groups.add(Group.objects.get(name=role.value))
        users.append(user)
    return users


def _reviewers(chance: Random, words: Words) -> list[Reviewer]:
    """Writers with their accounts, then guests, who have none."""
    names = Names(Reviewer.objects.values_list("slug", flat=True))
    reviewers = []
    for user in [*_accounts(chance, WRITERS, Role.WRITER), *[None] * GUESTS]:
        byline, slug = names.free(user.get_full_name() if user else f"{romaji(chance)} {romaji(chance)}")
        bio = words.sentences(chance, 14)
        reviewers.append(Reviewer(byline=byline, slug=slug, user=user, bio=bio))
    return _named(Reviewer.objects.bulk_create(reviewers))


def _people(chance: Random, count: int, words: Words) -> list[Person]:
    names, people = Names(Person.objects.values_list("slug", flat=True)), []
    for _ in range(count):
        name, slug = names.free(f"{romaji(chance, 2, 3)} {romaji(chance)}")
        known_for = words.title(chance) if chance.random() < 0.3 else ""
        people.append(Person(name=name, slug=slug, name_native=native(chance), known_for=known_for))
    return _named(Person.objects.bulk_create(people))


def _studios(chance: Random, count: int) -> list[Studio]:
    names, studios = Names(Studio.objects.values_list("slug", flat=True)), []
    for _ in range(count):
        name, slug = names.free(f"Studio {romaji(chance)}")
        studios.append(Studio(name=name, slug=slug, name_native=native(chance)))
    return _named(Studio.objects.bulk_create(studios))


def _named[N: Named](rows: list[N]) -> list[N]:
    """Let search find what was written in bulk."""
    type(rows[0]).keep_names(row.pk for row in rows)
    return rows


def _platforms(chance: Random, words: Words) -> list[Platform]:
    names, platforms = Names(Platform.objects.values_list("slug", flat=True)), []
    for _ in range(PLATFORMS):
        name, slug = names.free(f"{chance.choice(words.rare).title()} Stream")
        platforms.append(Platform(name=name, slug=slug, website=f"https://{slug}.example"))
    return Platform.objects.bulk_create(platforms)


def _pictures(chance: Random, words: Words) -> list[Picture]:
    """Tiny ones: a page needs their addresses, not their looks."""
    pictures = []
    for _ in range(PICTURES):
        file = BytesIO()
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        Image.new("RGB", PICTURE_SIZE, colour).save(file, "WEBP")
        picture = Picture(file=ContentFile(file.getvalue(), "drawn.webp"), alt=words.sentences(chance, 9))
        picture.save()
        pictures.append(picture)
    return pictures
