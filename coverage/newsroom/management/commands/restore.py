from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from coverage.newsroom.backups.archive import Refused
from coverage.newsroom.backups.restoring import restore


class Command(BaseCommand):
    help = (
        "Put a backup's database and media where DATABASE_URL and MEDIA_ROOT lead, with announcing off. Stop "
        "the site and its announcers first. Ends with 2 where the archive or the place isn't fit for it."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, help="what `manage.py backup` wrote")
        parser.add_argument("--replace", action="store_true", help="lose what the database holds now")

    def handle(self, *args: object, archive: Path, replace: bool, **options: Any) -> None:
        try:
            manifest = restore(archive, self.stderr.write, replace=replace)
        except (Refused, Error, OSError) as refused:
            raise CommandError(f"It wasn't restored. {refused}", returncode=2) from refused
        self.stdout.write(f"Restored as of {manifest.taken_at}, by Eyecatch {manifest.eyecatch}.")
        self.stdout.write(
            "Announcing is off: nothing leaves the house until a chief turns it on at the desk."
        )
