"""Putting a backup back: looked at as a whole, then the media, then the database, with announcing off."""

import tempfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path, PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from coverage.newsroom.backups.archive import Archive, Manifest, Refused, Tell, opened
from coverage.newsroom.backups.taking import MEDIA, TELL_EVERY, database
from coverage.newsroom.models import Publication
from coverage.newsroom.pictures.scanning import digest


def restore(path: Path, tell: Tell, *, replace: bool = False) -> Manifest:
    """Let database and media be what they were. Raises Refused.

    Nothing changes before the whole archive has been looked at. A database that has tables is left alone
    unless `replace` says otherwise; media are only added or mended.
    """
    tell("Archive: checking")
    with opened(path) as archive, tempfile.TemporaryDirectory(prefix="eyecatch-") as folder:
        _refuse_the_foreign(archive.manifest)
        if not replace and not database().is_empty():
            raise Refused(
                "The database isn't empty. Name an empty one, or say --replace to lose what is in it."
            )
        dump = Path(folder) / database().MEMBER
        with dump.open("wb") as file:
            archive.copy(dump.name, file)
        _put_media_back(archive, tell)
        tell("Database: putting back")
        database().put_back(dump, replace)
        wrong = _differing(archive.manifest)
        # Before anything else can fail: whoever starts the site all the same announces nothing twice.
        _announce_nothing()
        if wrong:
            raise Refused(
                f"The database isn't what was backed up; tables that differ: {', '.join(wrong[:5])}."
            )
        tell("Database: migrating")
        call_command("migrate", verbosity=0, interactive=False)
        _announce_nothing()
        return archive.manifest


def _refuse_the_foreign(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise Refused(f"It is of {manifest.database}, and DATABASE_URL names {connection.vendor}.")
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    if [one for one in manifest.migrations if tuple(one) not in known]:
        raise Refused(f"It is of a newer Eyecatch, {manifest.eyecatch}: put it back with that version.")


def _put_media_back(archive: Archive, tell: Tell) -> None:
    names = [name for name in archive.manifest.files if name.startswith(MEDIA)]
    for number, member in enumerate(names, 1):
        if number % TELL_EVERY == 0 or number == len(names):
            tell(f"Media: {number} of {len(names)}")
        name = member.removeprefix(MEDIA)
        if not _is_sound(name):
            content = BytesIO()
            archive.copy(member, content)
            _save(name, content.getvalue())


def _is_sound(name: str) -> bool:
    try:
        return digest(name) == PurePath(name).stem
    except FileNotFoundError:
        return False


def _save(name: str, content: bytes) -> None:
    with suppress(FileNotFoundError):
        default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def _differing(manifest: Manifest) -> list[str]:
    found = database().tables_here()
    names = manifest.tables.keys() | found.keys()
    return sorted(name for name in names if found.get(name) != manifest.tables.get(name))


def _announce_nothing() -> None:
    """A backup of before there was the switch gets it by migrating."""
    switch, table = Publication._meta.get_field("announces"), Publication._meta.db_table
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    if switch.column in {column.name for column in columns}:
        Publication.objects.update(announces=False)
