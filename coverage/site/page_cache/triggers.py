"""The database's triggers that give a new token to what is public, made anew after each migration.

Triggers, because rows change in many ways: by forms, verbs, in bulk, by hand. They ask the querysets of
`watched`, compiled once, of the row before and after.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from coverage.site.models import PublicChange
from coverage.site.page_cache.watched import WATCHED, Watched

# What goes live within a page's lifetime counts as public: it might be by the time that this is committed,
# and until then every page's max-age tells that something comes.
AHEAD_SECONDS = 60
PREFIX = "site_turn"
_CHANGES = PublicChange._meta.db_table
# They stand in a compiled queryset for what only the trigger knows.
_AT = datetime(2345, 6, 7, 8, 9, 10, 111213, UTC)
_ROW = 876_543_210_987_654_321
_CLOCKS = {
    "sqlite": f"strftime('%Y-%m-%d %H:%M:%f', 'now', '+{AHEAD_SECONDS} seconds')",
    "postgresql": f"(clock_timestamp() + interval '{AHEAD_SECONDS} seconds')",
}
_ANOTHER_TOKEN = {
    "sqlite": "abs(random() / 4096)",
    "postgresql": "(random() * 9000000000000000)::bigint",
}
# A row for each transaction: nobody waits for another's. The last hundred are plenty.
_TURN_ON_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {_CHANGES} AS kept (id, token, begun_at)
    VALUES (pg_current_xact_id()::text::bigint, {_ANOTHER_TOKEN["postgresql"]}, now())
    ON CONFLICT (id) DO UPDATE SET token = excluded.token, begun_at = excluded.begun_at
    WHERE kept.begun_at <> excluded.begun_at;
    IF FOUND THEN
        DELETE FROM {_CHANGES} WHERE id IN (
            SELECT id FROM {_CHANGES} ORDER BY begun_at DESC OFFSET 100 FOR UPDATE SKIP LOCKED
        );
    END IF;
END $$
"""  # noqa: S608  # our own names


def make(using: str, **kwargs: Any) -> None:
    """After migrating: every watched table has its triggers, and no other."""
    connection = connections[using]
    tables = {_CHANGES, *(watched.model._meta.db_table for watched in WATCHED)}
    if tables - set(connection.introspection.table_names()):
        return  # migrated away
    if connection.vendor == "sqlite":
        _make_on_sqlite(connection)
    else:
        _make_on_postgresql(connection)


def drop_on_sqlite(using: str, **kwargs: Any) -> None:
    """Before migrating: SQLite renames no table while a trigger speaks of one that isn't there."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in _there(cursor):
                cursor.execute(f"DROP TRIGGER {name}")


def _make_on_sqlite(connection: BaseDatabaseWrapper) -> None:
    wanted = {name: statement for watched in _numbered() for name, statement in _on_sqlite(*watched)}
    with connection.cursor() as cursor:
        there = _there(cursor)
        for name in there:
            if there[name] != wanted.get(name):
                cursor.execute(f"DROP TRIGGER {name}")
        for name, statement in wanted.items():
            if there.get(name) != statement:
                cursor.execute(statement)
        cursor.execute(f"INSERT OR IGNORE INTO {_CHANGES} VALUES (0, {_ANOTHER_TOKEN['sqlite']}, 0)")  # noqa: S608  # our own names


def _there(cursor: Any) -> dict[str, str]:
    cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{PREFIX}_*'")  # noqa: S608  # our own name
    return dict(cursor.fetchall())


def _numbered() -> Iterator[tuple[str, Watched]]:
    for number, watched in enumerate(WATCHED):
        yield f"{PREFIX}_{watched.model._meta.db_table}_{number}", watched


def _on_sqlite(name: str, watched: Watched) -> Iterator[tuple[str, str]]:
    turn = f"UPDATE {_CHANGES} SET token = {_ANOTHER_TOKEN['sqlite']};"  # noqa: S608  # our own names
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in _columns(watched))
    for moment, event, row in (
        ("BEFORE", "DELETE", "OLD"),
        ("BEFORE", "UPDATE", "OLD"),
        ("AFTER", "UPDATE", "NEW"),
        ("AFTER", "INSERT", "NEW"),
    ):
        trigger = f"{name}_{moment}_{event}".lower()
        conditions = [f"({changed})"] if event == "UPDATE" else []
        if watched.rule:
            conditions.append(_is_public(watched, row, "sqlite"))
        when = f"WHEN {' AND '.join(conditions)} " if conditions else ""
        table = watched.model._meta.db_table
        yield trigger, f'CREATE TRIGGER {trigger} {moment} {event} ON "{table}" {when}BEGIN {turn} END'


def _make_on_postgresql(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TURN_ON_POSTGRESQL)
        cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        there = {name: table for name, table in cursor.fetchall() if name.startswith(f"{PREFIX}_")}
        wanted = set()
        for name, watched in _numbered():
            for trigger, function, made in _on_postgresql(name, watched):
                wanted.add(trigger)
                cursor.execute(function)
                if trigger not in there:
                    cursor.execute(made)
        for trigger in there.keys() - wanted:
            cursor.execute(f"DROP FUNCTION {trigger} CASCADE")


def _on_postgresql(name: str, watched: Watched) -> Iterator[tuple[str, str, str]]:
    """The names of two triggers, and the statements that make each one's function and itself."""
    # By name and as JSON: a column that a migration drops is in nobody's way.
    changed = " OR ".join(
        f"to_jsonb(OLD) -> '{column}' IS DISTINCT FROM to_jsonb(NEW) -> '{column}'"
        for column in _columns(watched)
    )
    if not watched.fields:
        changed = "OLD IS DISTINCT FROM NEW"
    for moment, events, row, other in (
        ("BEFORE", "UPDATE OR DELETE", "OLD", "DELETE"),
        ("AFTER", "INSERT OR UPDATE", "NEW", "INSERT"),
    ):
        trigger = f"{name}_{moment}".lower()
        public = f"IF {_is_public(watched, row, 'postgresql')} THEN PERFORM {PREFIX}(); END IF;"
        function = (
            f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = '{other}' THEN {public} ELSIF {changed} THEN {public} END IF; "
            f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
        made = (
            f'CREATE TRIGGER {trigger} {moment} {events} ON "{watched.model._meta.db_table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {trigger}()"
        )
        yield trigger, function, made


def _columns(watched: Watched) -> list[str]:
    """Of what counts as a change."""
    fields = watched.model._meta.local_concrete_fields
    return [str(field.column) for field in fields if field.name in watched.fields or not watched.fields]


def _is_public(watched: Watched, row: str, vendor: str) -> str:
    """SQL: whether the trigger's OLD or NEW row is one that readers see."""
    if watched.rule is None:
        return "true"
    found = watched.rule(_AT).filter(pk=_ROW).order_by().values("pk")
    statement, parameters = found.query.sql_with_params()
    first, *rest = statement.split("%s")
    key = f'{row}."{found.model._meta.pk.column}"'
    written = (_written(value, key, vendor) for value in parameters)
    return f"EXISTS ({first}{''.join(value + piece for value, piece in zip(written, rest, strict=True))})"


def _written(value: Any, key: str, vendor: str) -> str:
    """A parameter of a compiled queryset as it is written in a trigger."""
    if value == _ROW:
        return key
    if value == _AT or value == str(_AT.replace(tzinfo=None)):
        return _CLOCKS[vendor]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise TypeError(f"{value!r} can't stand in a trigger.")
