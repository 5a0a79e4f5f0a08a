import gc
import inspect
import ipaddress
import os
import socket
from contextlib import ExitStack, closing, contextmanager
from itertools import count

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from coverage.newsroom import composing
from tests import snapshot
from tests.standing import standing

# The same examples at every run, on however slow a machine; `HYPOTHESIS_PROFILE=explore` looks for new ones.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


DATABASE_MARKS = ("one_database", "both_databases")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def on_one_database(item):
    """Of the two marks, the nearest to the test counts: a module's holds for whatever says nothing else."""
    marks = (mark.name for mark in item.iter_markers())
    return next((name for name in marks if name in DATABASE_MARKS), None) == "one_database"


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, run what the database may answer otherwise: the rest has run on SQLite just the same."""
    if connection.vendor != "postgresql":
        return
    asking = [
        item
        for item in items
        if not on_one_database(item)
        and (item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames))
    ]
    config.hook.pytest_deselected(items=list(set(items).difference(asking)))
    items[:] = asking


def pytest_collection_finish():
    """Let the garbage collector pass over what stays until the end: modules, tests, translations."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def on_one_piece_of_stack(protocol, item, nextitem):
    return protocol(item, nextitem)


# CPython keeps frames in pieces of 16 KB, and maps and unmaps memory at every call across the end of one:
# a tenth of our time, in calls as deep as ours. A frame as large as this brings a piece with room for all.
on_one_piece_of_stack.__code__ = on_one_piece_of_stack.__code__.replace(co_stacksize=70_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Run a test as pytest does, without asking the kernel for memory at every other call."""
    runner = item.config.pluginmanager.get_plugin("runner")
    return on_one_piece_of_stack(runner.pytest_runtest_protocol, item, nextitem)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Put SQLite's test database into a file, so that it locks and journals as the real one does."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(path)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Put the database back as it was after tests that commit."""
    with ExitStack() as until_the_end:
        with django_db_blocker.unblock():
            until_the_end.enter_context(snapshot.put_back())
        yield


@pytest.fixture(scope="session")
def media_roots(tmp_path_factory):
    """Folders that a test has for itself; pytest's own numbering looks through all of them each time."""
    folder = tmp_path_factory.mktemp("media")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def media_root(settings, media_roots):
    """Uploaded pictures go where no run finds another's."""
    settings.MEDIA_ROOT = next(media_roots)
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session")
def stand(django_db_setup, django_db_blocker, tmp_path_factory):
    """`with stand(make) as world: yield world`, in a fixture of a module's or a class's scope."""

    @contextmanager
    def stands(make, on=None):
        with django_db_blocker.unblock(), standing(make, tmp_path_factory.mktemp("standing"), on) as world:
            yield world

    return stands


@pytest.fixture
def page_cache(settings):
    """Pages are kept, as in production; elsewhere each test is shown what is so."""
    from django.core.cache import cache

    from coverage.site.page_cache.middleware import stamps
    from coverage.site.page_cache.store import Store, store

    settings.PAGE_CACHE = True
    cache.clear()
    stamps.forget()
    vars(store).update(vars(Store()))


@pytest.fixture(scope="session")
def commit(django_db_setup, tmp_path_factory):
    """`with commit(make) as world: yield world`: as `stand`, for a world that a server looks at, too."""

    @contextmanager
    def committed(make):
        with closing(snapshot.Committed(make, tmp_path_factory.mktemp("committed"))) as world:
            yield world

    return committed


class Forgetful(dict):
    """Keeps nothing."""

    def __setitem__(self, key, value):
        pass


@pytest.fixture(autouse=True)
def composed_anew(request):
    """Let whoever puts another rule in a rule's place meet it, and not a statement composed before."""
    # Of the test's own names: pytest-django asks for it beside every test.
    if "monkeypatch" in inspect.signature(request.function).parameters:
        request.getfixturevalue("monkeypatch").setattr(composing, "_kept", Forgetful())


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash passwords the quick way: what the tests keep isn't worth stealing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def is_this_machine(host: str) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """A test that reaches for the network fails, and says for what."""
    patch = pytest.MonkeyPatch()
    connect = socket.socket.connect

    def connect_here(this, address):
        if isinstance(address, tuple) and not is_this_machine(address[0]):
            pytest.fail(f"A test reached for the network: {address[0]}")
        return connect(this, address)

    patch.setattr(socket.socket, "connect", connect_here)
    yield
    patch.undo()
