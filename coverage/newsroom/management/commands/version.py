from django.core.management.base import BaseCommand

from coverage.newsroom.version import version


class Command(BaseCommand):
    help = "Print Eyecatch's version: the year and month of the release, and its number in that month."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(version())
