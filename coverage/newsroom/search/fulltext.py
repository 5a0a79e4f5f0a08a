"""Full text in the database: FTS5 beside the table on SQLite, a stored tsvector in it on PostgreSQL.

A model keeps its texts as tokens (`folding.tokens`), and names a `FullText`, which its app makes in
`post_migrate`: SQLite drops a table's triggers when a migration alters it. Neither database ranks here: its
measure would count the rows that readers mustn't know of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Func, Q

from coverage.newsroom.search.query import Term

_WEIGHTS = "ABCD"


@dataclass(frozen=True)
class FullText:
    """Over some columns of a table, four at most; all of them hold tokens."""

    table: str
    key: str
    columns: tuple[str, ...]

    @property
    def index(self) -> str:
        """SQLite's virtual table, PostgreSQL's index."""
        return f"{self.table}_search"

    def make(self, using: str) -> None:
        """Make what isn't there yet. Call it after migrating; it changes nothing where all is well."""
        connection = connections[using]
        if self.table not in connection.introspection.table_names():
            return  # migrated away
        make = self._make_on_sqlite if connection.vendor == "sqlite" else self._make_on_postgresql
        make(connection)

    def _make_on_sqlite(self, connection: BaseDatabaseWrapper) -> None:
        wanted = {self.index: self._fts5(), **self._triggers()}
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")
            there = {name for (name,) in cursor.fetchall()}
            missing = [statement for name, statement in wanted.items() if name not in there]
            for statement in missing:
                cursor.execute(statement)
            if missing:
                cursor.execute(f"INSERT INTO {self.index} ({self.index}) VALUES ('rebuild')")  # noqa: S608  # our own names

    def _fts5(self) -> str:
        return (
            f"CREATE VIRTUAL TABLE {self.index} USING fts5({', '.join(self.columns)}, "
            f"content='{self.table}', content_rowid='{self.key}', tokenize='ascii', prefix='2 3')"
        )

    def _triggers(self) -> dict[str, str]:
        names = (self.key, *self.columns)
        new, old = (", ".join(f"{row}.{name}" for name in names) for row in ("new", "old"))
        into = f"INSERT INTO {self.index} (rowid, {', '.join(self.columns)}"
        learn = f"{into}) VALUES ({new});"
        forget = f"{into}, {self.index}) VALUES ({old}, 'delete');"
        events = {"insert": learn, "delete": forget, "update": f"{forget} {learn}"}
        return {
            f"{self.index}_{event}": f"CREATE TRIGGER {self.index}_{event} AFTER {event.upper()} "
            f"ON {self.table} BEGIN {does} END"
            for event, does in events.items()
        }

    def _make_on_postgresql(self, connection: BaseDatabaseWrapper) -> None:
        weighed = " || ".join(
            f"setweight(to_tsvector('simple'::regconfig, {name}), '{weight}')"
            for name, weight in zip(self.columns, _WEIGHTS, strict=False)
        )
        with connection.cursor() as cursor:
            columns = {
                each.name for each in connection.introspection.get_table_description(cursor, self.table)
            }
            if "search" not in columns:
                cursor.execute(
                    f"ALTER TABLE {self.table} ADD COLUMN search tsvector "
                    f"GENERATED ALWAYS AS ({weighed}) STORED"
                )
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {self.index} ON {self.table} USING gin (search)")


@dataclass(frozen=True)
class Question:
    """All of `wanted`, in `columns` (empty: in any); each comes as alternatives, any of which will do."""

    wanted: tuple[tuple["Phrase", ...], ...]
    columns: tuple[str, ...] = ()

    @classmethod
    def in_text(cls, terms: Iterable[Term], *columns: str) -> "Question":
        """Whole words in running text."""
        rows = (tuple(Phrase(row, goes_on=term.is_one_sign) for row in term.spellings) for term in terms)
        return cls(tuple(rows), columns)

    @classmethod
    def in_names(cls, terms: Iterable[Term], *, begun: bool = False) -> "Question":
        """In names, however they are romanised; `begun` lets a longer word do."""
        return cls(tuple(_in_a_name(term, begun=begun) for term in terms), ("words",))

    @classmethod
    def in_grams(cls, grams: Iterable[str]) -> "Question":
        return cls(tuple((Phrase((gram,)),) for gram in grams), ("grams",))

    def any(self) -> "Question":
        """The same with one of `wanted` being enough."""
        return Question((tuple(row for rows in self.wanted for row in rows),), self.columns)

    def for_fts5(self) -> str:
        asked = " AND ".join(f"({' OR '.join(row.for_fts5() for row in rows)})" for rows in self.wanted)
        return f"{{{' '.join(self.columns)}}} : ({asked})" if self.columns else asked

    def for_tsquery(self, index: FullText) -> str:
        weights = "".join(_WEIGHTS[index.columns.index(name)] for name in self.columns)
        return " & ".join(f"({' | '.join(row.for_tsquery(weights) for row in rows)})" for rows in self.wanted)


def _in_a_name(term: Term, *, begun: bool) -> "tuple[Phrase, ...]":
    goes_on = term.is_one_sign or (begun and term.may_go_on)
    return tuple(Phrase(row, goes_on=goes_on) for row in term.names)


@dataclass(frozen=True)
class Phrase:
    """Tokens in a row; `goes_on`: the last may be the beginning of a longer one."""

    tokens: tuple[str, ...]
    goes_on: bool = False

    def for_fts5(self) -> str:
        return f'"{" ".join(self.tokens)}"' + (" *" if self.goes_on else "")

    def for_tsquery(self, weights: str) -> str:
        last = len(self.tokens) - 1
        marked = (
            f"'{token}':{'*' if self.goes_on and place == last else ''}{weights}".rstrip(":")
            for place, token in enumerate(self.tokens)
        )
        return f"({' <-> '.join(marked)})"


def matches(index: FullText, *questions: Question) -> Q:
    """On rows of `index`, or on those with the same keys: they answer to any of `questions`."""
    # As a list of keys: SQLite looks rows up by it, where it would try a condition on each row of the table.
    return Q(pk__in=_Keys(index, *questions))


class _Keys(Func):
    """The keys of the rows that answer. Never sees what a reader wrote: only tokens come this far."""

    output_field = BigIntegerField()

    def __init__(self, index: FullText, *questions: Question) -> None:
        super().__init__()
        self.index, self.questions = index, questions

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        name = self.index.index
        asked = " OR ".join(f"({question.for_fts5()})" for question in self.questions)
        return f"(SELECT rowid FROM {name} WHERE {name} MATCH %s)", [asked]  # noqa: S608  # our own names

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        index = self.index
        asked = " | ".join(f"({question.for_tsquery(index)})" for question in self.questions)
        rows = f"SELECT {index.key} FROM {index.table} WHERE search @@ CAST(%s AS tsquery)"  # noqa: S608  # likewise
        return f"({rows})", [asked]
