from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coverage.desk.demo import loading
from coverage.desk.demo.pictures.warming import warm
from coverage.desk.demo.staff import accounts
from coverage.newsroom import clock

REFUSED = 2


class Command(BaseCommand):
    help = "Fill an empty newsroom with shows, critics and pieces to look at. Never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--picture-width", type=int, default=1600, metavar="PIXELS", help="how wide pictures are drawn"
        )

    def handle(self, *args: object, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "The demo newsroom's passwords are known to everybody: it is not for production.",
                returncode=REFUSED,
            )
        if loading.is_loaded():
            self.stdout.write("The demo newsroom is there already; nothing was changed.")
        else:
            self._load(options["picture_width"])
        self._tell_accounts()

    def _load(self, width: int) -> None:
        if obstacle := loading.in_the_way():
            raise CommandError(
                f"This newsroom has {obstacle} already; the demo is for an empty one.", returncode=REFUSED
            )
        loading.load(clock.now(), width=width, tell=self.stdout.write)
        self.stdout.write(f"Made {warm()} sizes of pictures for the first pages.")

    def _tell_accounts(self) -> None:
        self.stdout.write("Log in at the desk as")
        for username, person in accounts().items():
            self.stdout.write(
                f"  {username:<14} {person['password']:<18} {person['name']}, {person['role'].lower()}"
            )
