"""The register of surfaces holds every public address, and every one of them answers."""

import pytest
from django.urls import URLPattern, get_resolver

from coverage.site import surfaces
from coverage.site.surfaces import Kind, Surface
from tests.factories import NOW
from tests.site.sweeps import answer
from tests.site.worlds import make_ordinary_world

DESK = "admin"


def patterns(resolver, names=()):
    """(full name, pattern) of every URL below `resolver`, the desk's excepted."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield ":".join((*names, str(entry.name))), entry
        elif entry.namespace != DESK:
            yield from patterns(entry, (*names, entry.namespace) if entry.namespace else names)


def unregistered(found):
    return {name for name, _pattern in found if surfaces.named(name) is None} - surfaces.UNLISTED.keys()


def test_every_public_url_is_registered():
    assert unregistered(patterns(get_resolver())) == set()


def test_every_surface_has_a_url():
    names = {name for name, _pattern in patterns(get_resolver())}

    assert {surface.name for surface in surfaces.every()} | surfaces.UNLISTED.keys() == names


def test_what_is_unlisted_is_no_surface():
    assert not [name for name in surfaces.UNLISTED if surfaces.named(name)]


def test_a_url_that_is_not_registered_would_be_noticed():
    found = [*patterns(get_resolver()), ("site:forgotten", None)]

    assert unregistered(found) == {"site:forgotten"}


def test_nothing_is_registered_twice():
    with pytest.raises(ValueError, match="twice"):
        surfaces.register(Surface("site:front", Kind.PAGE, lambda at: []))


@pytest.fixture(scope="module")
def world_once(stand):
    with stand(make_ordinary_world) as world:
        yield world


@pytest.mark.django_db
@pytest.mark.parametrize("surface", surfaces.every(), ids=lambda surface: surface.name)
def test_every_address_of_a_surface_answers(surface, world_once):
    world_once.for_one_test()

    found = list(surface.addresses(NOW))

    assert found
    assert {answer(path, NOW)[0] for path in found} <= {200, 302}
