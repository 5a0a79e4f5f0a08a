from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coverage.newsroom import clock
from coverage.newsroom.backups.archive import Refused
from coverage.newsroom.backups.taking import back_up
from coverage.newsroom.version import version


class Command(BaseCommand):
    help = (
        "Write the database and the media, as they are at this instant, into one file, while the site goes "
        "on. Ends with 2 where there is no backup, and with 1 where there is one and the media have faults."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "dest", type=Path, help="the file to write, or a folder: then it is named by the instant"
        )

    def handle(self, *args: object, dest: Path, **options: Any) -> None:
        at = clock.now()
        path = dest / f"eyecatch-{at:%Y%m%dT%H%M%SZ}.zip" if dest.is_dir() else dest
        try:
            manifest = back_up(path, at, version(), self.stderr.write)
        except (Refused, OSError) as refused:
            raise CommandError(f"No backup was taken. {refused}", returncode=2) from refused
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(
            f"{path}: {rows} rows in {len(manifest.tables)} tables, {len(manifest.files)} files."
        )
        if manifest.damaged:
            names = ", ".join(manifest.damaged)
            raise CommandError(f"It is there, but these media are missing or damaged: {names}", returncode=1)
