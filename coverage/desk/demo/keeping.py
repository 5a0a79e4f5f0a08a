"""Everything that the demo writes passes the house's rules first."""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.db import models


def data(*path: str) -> Traversable:
    """A file or a folder of the demo's own data."""
    return files("coverage.desk.demo").joinpath("data", *path)


def facts(*path: str) -> dict[str, Any]:
    """A TOML file of the demo's own data."""
    return tomllib.loads(data(*path).read_text(encoding="utf-8"))


def kept[M: models.Model](row: M) -> M:
    """`row`, cleaned and saved. Raises ValidationError.

    Relations and constraints are left to the database: asking it first would double the queries.
    """
    row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
    row.clean()
    row.save()
    return row
