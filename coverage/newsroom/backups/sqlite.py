"""SQLite's part of a backup: its own backup API, which copies one instant while others write."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from coverage.newsroom.backups.archive import Refused, Table, Tell

MEMBER = "database.sqlite3"
PAGES_AT_A_TIME = 4096

Ask = Callable[[str], list[tuple[object, ...]]]


@contextmanager
def snapshot(folder: Path, tell: Tell) -> Iterator[tuple[Path, dict[str, Table], Ask]]:
    """A copy of the database in `folder`, its tables, and a way to ask it. Nobody's writing waits."""
    path = folder / MEMBER
    with closing(_database(path)) as copy:
        with closing(_database(_name())) as there:
            # A transaction that has read stands at its instant, else each write would begin the copy anew.
            there.execute("BEGIN")
            there.execute("SELECT 1 FROM sqlite_master").fetchone()
            there.backup(copy, pages=PAGES_AT_A_TIME, progress=_progress(tell))
        copy.execute("PRAGMA journal_mode = DELETE")
        _check(copy)
        yield path, tables(copy), lambda sql: copy.execute(sql).fetchall()


def is_empty() -> bool:
    return not tables_here()


def put_back(copy: Path, _replace: bool) -> None:
    """Let the database be what `copy` is, in one transaction. Raises Refused for a damaged copy."""
    Path(_name()).parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    with closing(_database(copy)) as source, closing(_database(_name())) as target:
        _check(source)
        source.backup(target)


def tables_here() -> dict[str, Table]:
    with closing(_database(_name())) as database:
        return tables(database)


def tables(database: sqlite3.Connection) -> dict[str, Table]:
    """All that hold rows; a virtual one's rows lie in others."""
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    return {name: _table(database, name) for (name,) in names}


def _table(database: sqlite3.Connection, name: str) -> Table:
    total = rows = 0
    for row in database.execute(f'SELECT * FROM "{name}"'):  # noqa: S608  # a table's name, from the schema
        # A sum is the same in any order, and unlike XOR it tells two equal rows from none.
        total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest())
        rows += 1
    return Table(rows, f"{total % 2**256:064x}")


def _check(database: sqlite3.Connection) -> None:
    [[said]] = database.execute("PRAGMA quick_check(1)").fetchall()
    if said != "ok":
        raise Refused(f"SQLite finds the database damaged: {said}.")


def _progress(tell: Tell) -> Callable[[int, int, int], None]:
    def progress(_status: int, left: int, total: int) -> None:
        tell(f"Database: {100 * (total - left) // max(total, 1)} %")

    return progress


def _name() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's wrapper has it
        raise Refused("A database in memory is gone with its process; there is nothing to back up.")
    return name


def _database(name: str | Path) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=60, isolation_level=None)
