"""SQLite's test database as migrating left it, put back whole after each test that commits.

Django would delete every row and send `post_migrate` instead, which takes twenty times as long.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from unittest import mock

from django.db import connection
from django.test import TransactionTestCase


@contextmanager
def put_back() -> Iterator[None]:
    """Until the end of the block; elsewhere than on SQLite nothing is any different."""
    if connection.vendor != "sqlite":
        yield
        return
    name = connection.settings_dict["NAME"]

    def put_it_back(_test: TransactionTestCase) -> None:
        # By a connection of its own, for the test's may still be reading.
        with closing(sqlite3.connect(name)) as there:
            there.execute("PRAGMA synchronous = off")
            kept.backup(there)

    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as kept:
        with closing(sqlite3.connect(name)) as migrated:
            migrated.backup(kept)
        with mock.patch.object(TransactionTestCase, "_fixture_teardown", put_it_back):
            yield
