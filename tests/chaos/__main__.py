"""The whole storm on both databases, and the naive loop beside it: `make chaos`.

`python -m tests.chaos [--announcements 10000] [--kills 500] [--database sqlite|postgresql]`
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import postgresql_url

# The loop that is only there to fail does so in a smaller storm, too.
NAIVE_SHARE = 10


@contextmanager
def database(vendor: str) -> Iterator[str]:
    if vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="eyecatch-chaos-") as folder:
            yield f"sqlite:///{Path(folder) / 'chaos.sqlite3'}"
    else:
        os.environ.pop("TEST_DATABASE_URL", None)
        with postgresql_url() as url:
            yield url


def storm(announcements: int, kills: int) -> int:
    """In this process, whose DATABASE_URL names an empty database."""
    import django

    django.setup()
    from django.core.management import call_command

    from reviews.models import Announcement
    from tests.chaos.points import POINTS
    from tests.chaos.storm import blow

    call_command("migrate", verbosity=0)
    url = os.environ["DATABASE_URL"]
    verdict = blow(announcements, kills, url)
    print(verdict, flush=True)
    Announcement.objects.all().delete()
    naive = blow(announcements // NAIVE_SHARE, kills // NAIVE_SHARE, url, naively=True)
    print(f"The naive loop: {naive}", flush=True)
    unreached = POINTS.keys() - verdict.reached
    return int(bool(verdict.lost or verdict.doubled or unreached or not (naive.lost or naive.doubled)))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--announcements", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        return storm(given.announcements, given.kills)
    failed = 0
    for vendor in [given.database] if given.database else ["sqlite", "postgresql"]:
        with database(vendor) as url:
            print(f"\n{vendor}", flush=True)
            environment = dict(os.environ) | {
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "coverage.settings",
                "LOG_LEVEL": "ERROR",
            }
            size = ["--announcements", str(given.announcements), "--kills", str(given.kills)]
            command = [sys.executable, "-m", "tests.chaos", "--here", *size]
            failed |= subprocess.run(command, env=environment, check=False).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
