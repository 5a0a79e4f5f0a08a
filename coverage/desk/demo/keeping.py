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
    """`row`, validated and saved. Raises ValidationError."""
    row.full_clean()
    row.save()
    return row
