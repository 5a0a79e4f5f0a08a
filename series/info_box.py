"""The facts that stand in a show's info box, read along with the show itself.

A page may ask the database eight times. So a show's seasons and studios come as one JSON value each,
in the row that is read anyway.
"""

from typing import Any

from django.db.models import Aggregate, JSONField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from series.models import Series, SeriesSeason, SeriesStudio, Studio


class Rows(Aggregate):
    """The rows of a group as one JSON list, on both databases."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSONB_AGG", **context)


def with_info_box(shows: QuerySet[Series]) -> QuerySet[Series]:
    """Lets `seasons_of` and `studios_of` answer without asking the database."""
    return shows.annotate(
        season_rows=_rows(SeriesSeason, id="pk", year="year", season="season"),
        studio_rows=_rows(
            SeriesStudio,
            id="pk",
            is_main="is_main",
            name="studio__name",
            name_native="studio__name_native",
            slug="studio__slug",
        ),
    )


def seasons_of(series: Series) -> list[SeriesSeason]:
    """In the order of time."""
    rows = getattr(series, "season_rows") or []  # noqa: B009  # an annotation, unknown to the model
    return [SeriesSeason(**row) for row in sorted(rows, key=lambda row: (row["year"], row["id"]))]


def studios_of(series: Series) -> list[SeriesStudio]:
    """The main one first."""
    rows = getattr(series, "studio_rows") or []  # noqa: B009  # an annotation, unknown to the model
    links = []
    for row in sorted(rows, key=lambda row: (not row["is_main"], row["id"])):
        studio = Studio(name=row["name"], name_native=row["name_native"], slug=row["slug"])
        links.append(SeriesStudio(id=row["id"], is_main=bool(row["is_main"]), studio=studio))
    return links


def _rows(model: type[Model], **fields: str) -> Subquery:
    grouped = model._default_manager.filter(series=OuterRef("pk")).order_by().values("series")
    return Subquery(grouped.annotate(rows=Rows(JSONObject(**fields))).values("rows"))
