"""Related rows as one JSON value in the row that is read anyway: a page may ask the database eight times.

Django's JSONObject would do for one of them, but asks SQLite first whether it knows JSON.
"""

from typing import Any

from django.db.models import Aggregate, Func, JSONField, TextField, Value
from django.db.models.functions import Cast


class Row(Func):
    """A JSON object of `fields`, key by expression; on SQLite and on PostgreSQL."""

    output_field = JSONField()

    def __init__(self, *expressions: Any, **fields: Any) -> None:
        for key, expression in fields.items():
            expressions += (Cast(Value(key), TextField()), expression)
        super().__init__(*expressions)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_OBJECT", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_BUILD_OBJECT", **context)


class Rows(Aggregate):
    """A group's rows, each a `Row`, as one JSON list in no order."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)
