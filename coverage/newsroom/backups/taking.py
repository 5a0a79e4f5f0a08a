"""Taking a backup: the database first, then the media that its rows name, which were there before them."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePath
from types import ModuleType

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField

from coverage.newsroom.backups import postgresql, sqlite
from coverage.newsroom.backups.archive import Manifest, Refused, Tell, Writer, writing
from coverage.newsroom.backups.sqlite import Ask
from coverage.newsroom.pictures.scanning import digest

MEDIA = "media/"
TELL_EVERY = 500


def database() -> ModuleType:
    """The module that knows how this database is backed up."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def back_up(path: Path, at: datetime, version: str, tell: Tell) -> Manifest:
    """Write an archive of what is so now, or nothing at all. Raises Refused.

    What the media lack, or hold damaged, stands in the manifest's `damaged`, and the rest is in the archive.
    """
    if path.exists():
        raise Refused(f"{path} is there already.")
    if not path.parent.is_dir():
        raise Refused(f"{path.parent} is no folder.")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".eyecatch-") as folder, writing(path) as writer:
        with database().snapshot(Path(folder), tell) as (dump, tables, ask):
            manifest = Manifest(version, at.isoformat(), connection.vendor, _migrations(ask), tables)
            names = sorted(_named(ask))
        tell("Database: packing")
        with dump.open("rb") as file:
            writer.add(database().MEMBER, file, packed=connection.vendor == "sqlite")
        manifest.damaged = _add_media(writer, names, tell)
        writer.finish(manifest)
    return manifest


def _add_media(writer: Writer, names: list[str], tell: Tell) -> list[str]:
    """Answers those that couldn't be had as they should be; a damaged one is kept for want of better."""
    damaged = []
    for number, name in enumerate(names, 1):
        if number % TELL_EVERY == 0 or number == len(names):
            tell(f"Media: {number} of {len(names)}")
        try:
            if digest(name) != PurePath(name).stem:
                damaged.append(name)
            with default_storage.open(name) as file:
                writer.add(f"{MEDIA}{name}", file, packed=False)
        except FileNotFoundError:
            damaged.append(name)
    return damaged


def _migrations(ask: Ask) -> list[list[str]]:
    table = connection.ops.quote_name(MigrationRecorder.Migration._meta.db_table)
    found = ask(f"SELECT app, name FROM {table} ORDER BY app, name")  # noqa: S608  # Django's own table
    return [[str(app), str(name)] for app, name in found]


def _named(ask: Ask) -> Iterator[str]:
    """Every file that a row of the snapshot names."""
    quote = connection.ops.quote_name
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                column, table = quote(str(field.column)), quote(model._meta.db_table)
                sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''"  # noqa: S608  # of models
                yield from (str(name) for (name,) in ask(sql))
