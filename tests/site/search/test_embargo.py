"""What nobody may see yet moves nothing: not a hit, a count, a mark, an order or a byte."""

from datetime import timedelta

import pytest

from coverage.newsroom.roles import Role
from series.models import Credit, Person, PersonAlias, SeriesStudio, SeriesTitle, Studio
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)
from tests.site.search.asking import headlines, named
from tests.site.sweeps import answer

pytestmark = pytest.mark.django_db

WORDS = "ferryman lantern salt"
QUERIES = [
    "ferryman",
    "lantern",
    "salt",
    "ferryman lantern",
    '"ferryman lantern"',
    "ferriman",
    "lanterm",
    "fer",
    "salt -lantern",
    "red kite ferryman",
    "red kite 1",
    "渡し守",
    "渡",
    "aki ferryman",
    "akki ferrymann",
    "nothing like it",
    "ferryman&kind=reviews",
    "ferryman&kind=series",
    "ferryman&page=2",
]


def answers():
    return {query: answer(f"/search/?q={query}", NOW) for query in QUERIES}


def make_a_world():
    show = make_series("Red Kite", title_native="渡し守の凧")
    for number, (headline, text) in enumerate(
        [
            ("The ferryman", "Salt."),
            ("A lantern at noon", "The ferryman, once."),
            ("Salt roads", "A ferryman and a ferryman and a lantern."),
            ("Nothing of it", "A lantern. Salt. Salt."),
        ],
        1,
    ):
        episode = make_episode(show, str(number), title=f"Lantern {number}")
        make_live_review(show, headline=headline, introduction=f"<p>{text}</p>", episodes=[episode])
    make_series("Lantern Street")
    person = Person.objects.create(name="Aki Ferryman", slug="aki-ferryman")
    Credit.objects.create(series=show, person=person, role="director")
    return show


def add_what_is_embargoed(show):
    """Seven pieces full of the words, and everything with a name that only they would bring."""
    chief, critic = make_user(Role.CHIEF), make_reviewer("Ferryman Lantern")
    hidden = make_series("Ferryman", embargo_until=FRIDAY, title_native="渡し守", synopsis=WORDS)
    SeriesTitle.objects.create(series=hidden, title="Lantern")
    make_series("Salt", is_public=False)
    unaired = make_episode(show, "9", title="Ferryman", airs_at=FRIDAY, title_native="渡し守")
    person = Person.objects.create(name="Salt Ferryman", slug="salt-ferryman", name_native="渡し守")
    PersonAlias.objects.create(person=person, name="Lantern")
    Credit.objects.create(series=hidden, person=person, role="director")
    Credit.objects.create(episode=unaired, person=person, role="storyboard")
    studio = Studio.objects.create(name="Ferryman", slug="studio-ferryman")
    SeriesStudio.objects.create(series=hidden, studio=studio)
    for number in range(7):
        review = make_review(
            hidden if number % 2 else show,
            reviewer=critic,
            headline="Ferryman" if number else WORDS,
            standfirst=WORDS,
            introduction=f"<p>{WORDS} 渡し守 {WORDS}</p>",
        )
        approve(review, FRIDAY + timedelta(minutes=number), by=chief)


def test_every_search_is_the_same_bytes_in_a_world_without_the_embargoed():
    show = make_a_world()
    before = answers()

    add_what_is_embargoed(show)

    assert {query: (status, body) for query, (status, _headers, body) in answers().items()} == {
        query: (status, body) for query, (status, _headers, body) in before.items()
    }


def test_and_all_of_it_is_found_once_it_is_public():
    add_what_is_embargoed(make_a_world())
    after = FRIDAY + timedelta(hours=1)

    assert len(headlines("ferryman", after)) == 4 + 7 - 1
    assert named("ferryman", after).count("Ferryman") == 3
    assert "Salt Ferryman" in named("salt ferryman", after)
    assert named("lantern ferryman", after) == ["Ferryman Lantern"]
    assert "Salt" not in named("salt", after)


@pytest.mark.one_database
def test_a_search_may_be_kept_until_the_next_boundary_only():
    add_what_is_embargoed(make_a_world())

    _status, headers, _body = answer("/search/?q=ferryman", FRIDAY - timedelta(seconds=20))

    assert "max-age=20" in headers["Cache-Control"]
