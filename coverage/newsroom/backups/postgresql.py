"""PostgreSQL's part of a backup: pg_dump and pg_restore, and the tables as the same snapshot shows them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from coverage.newsroom.backups.archive import Refused, Table, Tell
from coverage.newsroom.backups.sqlite import Ask

MEMBER = "database.pgdump"
# Both halves of a row's MD5, summed: the same in any order, and two equal rows don't cancel each other.
CHECKSUM = """
    SELECT count(*), coalesce(sum(('x' || substr(h, 1, 16))::bit(64)::bigint), 0),
        coalesce(sum(('x' || substr(h, 17))::bit(64)::bigint), 0)
    FROM (SELECT md5(t::text) AS h FROM {table} AS t) AS hashed
"""
# Before a row is written as text: how it says an instant must not be a matter of the server's settings.
READING = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'iso_8601'"


@contextmanager
def snapshot(folder: Path, tell: Tell) -> Iterator[tuple[Path, dict[str, Table], Ask]]:
    """A dump of the database in `folder`, its tables, and a way to ask for what was so at its instant."""
    path = folder / MEMBER
    with _reading() as ask:
        [[instant]] = ask("SELECT pg_export_snapshot()")
        tell("Database: pg_dump")
        _run("pg_dump", f"--snapshot={instant}", "--format=custom", f"--file={path}")
        tell("Database: checksums")
        yield path, _tables(ask), ask


def is_empty() -> bool:
    with _reading() as ask:
        return not _names(ask)


def put_back(dump: Path, replace: bool) -> None:
    """Let the database be what `dump` holds, all of it or nothing. Raises Refused."""
    connection.close()
    in_the_way = ("--clean", "--if-exists") if replace else ()
    owners = ("--no-owner", "--no-privileges")
    _run("pg_restore", "--single-transaction", "--exit-on-error", *owners, *in_the_way, dump=dump)


def tables_here() -> dict[str, Table]:
    with _reading() as ask:
        return _tables(ask)


def _tables(ask: Ask) -> dict[str, Table]:
    found = {}
    for name in _names(ask):
        table = connection.ops.quote_name(name)
        [[rows, high, low]] = ask(CHECKSUM.format(table=table))
        found[name] = Table(int(str(rows)), f"{high}:{low}")
    return found


def _names(ask: Ask) -> list[str]:
    found = ask("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    return [str(name) for (name,) in found]


@contextmanager
def _reading() -> Iterator[Ask]:
    """One snapshot until the end of the block, on a connection of its own."""
    with closing(connection.copy()) as there, there.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute(READING)

        def ask(sql: str) -> list[tuple[object, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        try:
            yield ask
        finally:
            cursor.execute("ROLLBACK")


def _run(program: str, *arguments: str, dump: Path | None = None) -> None:
    """Raises Refused with the last that the program said."""
    found = shutil.which(program)
    if found is None:
        raise Refused(f"{program} isn't on PATH. On Debian: apt-get install postgresql-client")
    command = [found, "--no-password", f"--dbname={_conninfo()}", *arguments, *([str(dump)] if dump else [])]
    password = connection.settings_dict["PASSWORD"]
    # Not among the arguments, which every user of the machine can read.
    surroundings = os.environ | ({"PGPASSWORD": password} if password else {})
    # S603: the program is PostgreSQL's own, and nothing goes through a shell.
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise Refused(f"{program} failed: {said[0].removeprefix(f'{program}: ')}")


def _conninfo() -> str:
    """Where the database is, for PostgreSQL's own programs; without the password."""
    from psycopg import conninfo, pq

    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    settings = connection.settings_dict
    named: dict[str, Any] = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "dbname": settings["NAME"],
    }
    named |= {name: value for name, value in settings["OPTIONS"].items() if name in known - {"password"}}
    return conninfo.make_conninfo(**{name: value for name, value in named.items() if value})
