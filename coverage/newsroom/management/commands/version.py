import tomllib

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print Eyecatch's version: the year and month of the release, and its number in that month."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
        self.stdout.write(project["project"]["version"])
