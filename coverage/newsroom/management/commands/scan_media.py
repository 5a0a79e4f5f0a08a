from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coverage.newsroom.pictures.scanning import scan


class Command(BaseCommand):
    help = (
        "Look at every picture's file: is it there, and is it what it was when it came in? Files that no row "
        "names are told, and left. Ends with 1 where a file is missing or damaged."
    )
    requires_system_checks = []

    def handle(self, *args: object, **options: Any) -> None:
        found = scan()
        for kind, names in (
            ("damaged", found.damaged),
            ("missing", found.missing),
            ("no row's", found.orphans),
        ):
            for name in names:
                self.stdout.write(f"{kind}: {name}")
        told = (
            f"{found.looked_at} files looked at: {len(found.damaged)} damaged, {len(found.missing)} missing"
        )
        self.stdout.write(f"{told}, {len(found.orphans)} that no row names.")
        if found.damaged or found.missing:
            raise CommandError("Put them back from a backup: `manage.py restore` says how.", returncode=1)
