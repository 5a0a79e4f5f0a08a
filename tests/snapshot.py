"""SQLite's test database as migrating left it, put back whole after each test that commits.

Django would delete every row and send `post_migrate` instead, which takes twenty times as long.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase


@contextmanager
def put_back() -> Iterator[None]:
    """Until the end of the block; elsewhere than on SQLite nothing is any different."""
    if connection.vendor != "sqlite":
        yield
        return
    kept = _copy()

    def put_it_back(_test: TransactionTestCase) -> None:
        _put(kept)

    with closing(kept), mock.patch.object(TransactionTestCase, "_fixture_teardown", put_it_back):
        yield


class Committed:
    """A world that is there for other connections too: made once, and put back before each test that asks.

    Whoever asks begins with an empty database. Elsewhere than on SQLite it is made each time.
    """

    def __init__(self, make: Callable[[], Any], media: Path) -> None:
        self._make, self._media = make, media
        self._kept: sqlite3.Connection | None = None
        self._made: Any = None

    def for_one_test(self) -> Any:
        """What the maker answered, with the pictures in the test's own MEDIA_ROOT."""
        if connection.vendor != "sqlite":
            return self._make()
        if self._kept:
            _put(self._kept)
            shutil.copytree(self._media, settings.MEDIA_ROOT, dirs_exist_ok=True)
        else:
            self._made = self._make()
            self._kept = _copy()
            shutil.copytree(settings.MEDIA_ROOT, self._media, dirs_exist_ok=True)
        return deepcopy(self._made)

    def close(self) -> None:
        if self._kept:
            self._kept.close()


def _copy() -> sqlite3.Connection:
    """The database as it is, in memory."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as there:
        there.backup(kept)
    return kept


def _put(kept: sqlite3.Connection) -> None:
    # By a connection of its own, for the test's may still be reading.
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as there:
        there.execute("PRAGMA synchronous = off")
        kept.backup(there)
