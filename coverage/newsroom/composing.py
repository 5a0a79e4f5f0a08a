"""Statements that are composed once in a process and filled in each time.

What is public is asked at several depths of a page's statements, and Django composes them anew for every
request, which can cost more than running them. How a statement is built seldom depends on what it is
asked for. So a function marked `composed_once` builds its queryset for stand-ins, the SQL is kept, and
a call fills in what was given.
"""

import json
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial, wraps
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    Field,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

# Keys of rows: for a condition with `__in`.
Keys = tuple[int, ...]

_FIELDS: dict[type, Field[Any, Any]] = {
    datetime: DateTimeField(),
    date: DateField(),
    int: BigIntegerField(),
    str: TextField(),
    tuple: BigIntegerField(),
}
_kept: dict[tuple[Any, ...], QuerySet[Any, Any]] = {}


def composed_once[**Given, Read: Model, Row](
    build: Callable[Given, QuerySet[Read, Row]],
) -> Callable[Given, list[Row]]:
    """Let `build`, which makes a queryset, answer with its rows instead; it is called once in a process.

    Its arguments are positional: instants, whole numbers, texts and `Keys`; it raises TypeError at others. It
    may do nothing with them but hand them on to the database, so it must not decide by one; an instant may
    be moved by a timedelta, and asked for its day.
    """

    compose: Callable[..., QuerySet[Read, Row]] = build

    @wraps(build)
    def rows(*given: Given.args, **_named: Given.kwargs) -> list[Row]:
        key = (build, *map(type, given))
        queryset = _kept.get(key)
        if queryset is None:
            stand_ins = [_StandIn(_Blank(place, type(each))) for place, each in enumerate(given)]
            queryset = _kept[key] = _composed(compose(*stand_ins))
        asked = queryset.all()
        asked.query.given = given  # type: ignore[attr-defined]  # a _Composed
        return list(asked)

    return rows


def expression(given: Any) -> Value:
    """`given` where SQL of our own takes an expression, whether it stands for an argument or is one."""
    return given if isinstance(given, Value) else Value(given)


@dataclass(frozen=True)
class _Blank:
    """Among the parameters of a statement, where the argument at `place` is filled in.

    An instant is moved by `shift`, and if `kind` is a date only its day is asked for.
    """

    place: int
    kind: type
    shift: timedelta = timedelta()

    def filled(self, given: tuple[Any, ...], connection: Any) -> Any:
        value = given[self.place]
        if self.kind is tuple:
            return json.dumps(value) if connection.vendor == "sqlite" else list(value)
        if self.shift:
            value += self.shift
        if self.kind is date:
            value = value.date()
        return _FIELDS[self.kind].get_db_prep_value(value, connection)


class _StandIn(Value):
    """Stands in a queryset for an argument."""

    def __init__(self, blank: _Blank) -> None:
        if blank.kind not in _FIELDS:
            raise TypeError(f"A statement can't be composed for a {blank.kind.__name__}.")
        super().__init__(None, _FIELDS[blank.kind])
        self.blank = blank

    # Unlike Django's, these don't let the database reckon: an instant is moved before it is handed on.
    def __add__(self, other: timedelta) -> "_StandIn":  # type: ignore[override]  # see above
        return _StandIn(replace(self.blank, shift=self.blank.shift + other))

    def __sub__(self, other: timedelta) -> "_StandIn":  # type: ignore[override]  # likewise
        return self + -other

    def date(self) -> "_StandIn":
        return _StandIn(replace(self.blank, kind=date))

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        if self.blank.kind is not tuple:
            return "%s", (self.blank,)
        keys = "value FROM json_each(%s)" if connection.vendor == "sqlite" else "unnest(CAST(%s AS bigint[]))"
        return f"(SELECT {keys})", (self.blank,)


class _Composed(Query):
    """A query with its SQL. Nobody adds to it any more, since only rows leave this module."""

    ready: SQLCompiler
    statement: tuple[str, tuple[Any, ...]]
    given: tuple[Any, ...]

    def chain(self, klass: Any = None) -> Any:
        return copy(self)

    def get_compiler(
        self, using: Any = None, connection: Any = None, elide_empty: bool = True
    ) -> SQLCompiler:
        compiler = copy(self.ready)
        compiler.connection = connection or connections[using or DEFAULT_DB_ALIAS]
        vars(compiler)["as_sql"] = partial(self._filled, compiler.connection)
        return compiler

    def _filled(self, connection: Any, *args: Any, **kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.statement
        filled = (
            each.filled(self.given, connection) if isinstance(each, _Blank) else each for each in params
        )
        return sql, tuple(filled)


def _composed[Queried: QuerySet[Any, Any]](queryset: Queried) -> Queried:
    """Raises EmptyResultSet where it can be told already that there are no rows."""
    ready = queryset.query.get_compiler(queryset.db)
    sql, params = ready.as_sql()
    query: Any = queryset.query
    query.__class__ = _Composed  # as Query.chain() does; to set another would forget what rows are read as
    query.ready, query.statement = ready, (sql, tuple(params))
    return queryset
