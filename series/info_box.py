"""The facts that stand in a show's info box, read along with the show itself."""

from datetime import time
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery

from coverage.newsroom.rows import Row, Rows
from series.models import Platform, Series, SeriesSeason, SeriesStudio, SeriesTitle, Streaming, Studio
from series.seasons import YearSeason


def with_info_box(shows: QuerySet[Series]) -> QuerySet[Series]:
    """Lets `seasons_of`, `studios_of`, `streams_of` and `other_titles_of` answer without another query."""
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
        stream_rows=_rows(
            Streaming,
            id="pk",
            name="platform__name",
            slug="platform__slug",
            url="url",
            language="language",
            region="region",
            first_episode="first_episode",
            weekday="weekday",
            wall_time="wall_time",
            time_zone="time_zone",
        ),
        title_rows=_rows(SeriesTitle, id="pk", title="title", kind="kind", language="language"),
    )


def seasons_of(series: Series) -> list[SeriesSeason]:
    """In the order of time."""
    rows = [SeriesSeason(**row) for row in _read(series, "season_rows")]
    return sorted(rows, key=lambda row: YearSeason.of(row.year, row.season))


def studios_of(series: Series) -> list[SeriesStudio]:
    """The main one first."""
    rows = sorted(_read(series, "studio_rows"), key=lambda row: (not row["is_main"], row["id"]))
    return [
        SeriesStudio(
            id=row["id"],
            is_main=bool(row["is_main"]),
            studio=Studio(name=row["name"], name_native=row["name_native"], slug=row["slug"]),
        )
        for row in rows
    ]


def streams_of(series: Series) -> list[Streaming]:
    """By the platforms' names."""
    streams = []
    for row in sorted(_read(series, "stream_rows"), key=lambda row: (row["name"].casefold(), row["id"])):
        platform = Platform(name=row.pop("name"), slug=row.pop("slug"))
        wall_time = row.pop("wall_time")
        streams.append(
            Streaming(
                platform=platform, wall_time=time.fromisoformat(wall_time) if wall_time else None, **row
            )
        )
    return streams


def other_titles_of(series: Series) -> list[SeriesTitle]:
    """Former titles first; else in the order in which the desk noted them."""
    rows = sorted(
        _read(series, "title_rows"), key=lambda row: (row["kind"] != SeriesTitle.Kind.FORMER, row["id"])
    )
    return [SeriesTitle(**row) for row in rows]


def _rows(model: type[Model], **fields: str) -> Subquery:
    grouped = model._default_manager.filter(series=OuterRef("pk")).order_by().values("series")
    return Subquery(grouped.annotate(rows=Rows(Row(**fields))).values("rows"))


def _read(series: Series, name: str) -> list[dict[str, Any]]:
    return [dict(row) for row in getattr(series, name) or []]
