from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coverage.environment import markdown_table

BEGIN, END = "<!-- environment: begin -->", "<!-- environment: end -->"


class Command(BaseCommand):
    help = "Print the environment's variables as a table, or write it into a document between its marks."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", type=Path, metavar="PATH", help="the document to bring up to date")

    def handle(self, *args: object, **options: Any) -> None:
        path: Path | None = options["update"]
        if path is None:
            self.stdout.write(markdown_table())
            return
        before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise CommandError(f"{path} lacks the marks {BEGIN} and {END}.", returncode=2)
        path.write_text(f"{before}{BEGIN}\n{markdown_table()}\n{END}{after}", encoding="utf-8")
