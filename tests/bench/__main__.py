"""`make bench`: what each surface costs on a corpus, in a temporary database.

SQLite; or DATABASE_URL's server, where a database of its own is made and removed again.
"""

import json
import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from coverage.environment import EnvironmentRefused, database_refusal

SERIES, REVIEWS, REQUESTS = 60, 1_000, 15
# A larger corpus has more shows too, rather than more years of the same.
REVIEWS_A_SERIES = 40


def arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.bench", description="What each surface costs on a corpus.")
    parser.add_argument("--reviews", type=int, default=REVIEWS, help=f"how many reviews ({REVIEWS})")
    parser.add_argument(
        "--series", type=int, help=f"how many series ({SERIES}, more for many reviews)", default=0
    )
    parser.add_argument("--seed", type=int, default=1, help="the corpus's seed (1)")
    parser.add_argument("--parts-words", type=int, default=900, help="how many words each part has (900)")
    parser.add_argument("--requests", type=int, default=REQUESTS, help=f"of each surface ({REQUESTS})")
    parser.add_argument(
        "--kept", action="store_true", help="with the page cache: pages that were asked for before"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON, and nothing else")
    given = parser.parse_args()
    if given.requests < 1:
        parser.error("--requests must be 1 or more")
    given.series = given.series or max(SERIES, given.reviews // REVIEWS_A_SERIES)
    return given


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


@contextmanager
def temporary_database(folder: Path) -> Iterator[None]:
    """An empty, migrated database of its own under Django's feet."""
    from django.db import connection

    name = f"eyecatch_bench_{os.getpid()}"
    on_sqlite = connection.vendor == "sqlite"
    connection.settings_dict["TEST"]["NAME"] = str(folder / "bench.sqlite3") if on_sqlite else name
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def fill(given: Namespace) -> None:
    from django.core.management import call_command
    from django.db import connection

    size = {name: getattr(given, name) for name in ("series", "reviews", "seed", "parts_words")}
    call_command("make_corpus", **size, stdout=sys.stderr)
    if connection.vendor == "postgresql":
        # Its planner's statistics come by themselves in time; a bench has none.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measured(given: Namespace) -> dict[str, Any]:
    from django.db import connection

    from coverage.newsroom import clock
    from coverage.site import surfaces
    from tests.bench.copydesk import LIMIT_MS, WORDS, copy_desk_ms
    from tests.bench.measuring import Bench
    from tests.bench.variants import VARIANTS

    bench = Bench(given.requests)
    figures, empty = bench.measure([*surfaces.every(), *VARIANTS], clock.now())
    bare = bench.baseline_ms
    return {
        "database": connection.vendor,
        "series": given.series,
        "reviews": given.reviews,
        "seed": given.seed,
        "parts_words": given.parts_words,
        "requests": given.requests,
        "baseline_ms": round(bare, 3),
        "surfaces": [
            asdict(each) | {"cpu_ms": round(each.cpu_ms, 2), "ratio": round(each.cpu_ms / bare, 1)}
            for each in figures
        ],
        "without_address": empty,
        "copy_desk": {"words": WORDS, "ms": copy_desk_ms(), "limit_ms": LIMIT_MS},
    }


def table(report: dict[str, Any]) -> str:
    head = (
        f"{report['database']}, {report['series']} series, {report['reviews']} reviews; "
        f"CPU: median of {report['requests']} requests; 1x is a bare view, {report['baseline_ms']:.2f} ms"
    )
    columns = f"{'surface':<20}{'addresses':>10}{'queries':>9}{'CPU ms':>9}{'ratio':>9}{'bytes':>10}"
    rows = (
        f"{row['surface']:<20}{row['addresses']:>10}{row['queries']:>9}{row['cpu_ms']:>9.2f}"
        f"{row['ratio']:>8.1f}x{row['bytes']:>10}"
        for row in report["surfaces"]
    )
    empty = (f"{name:<20}{0:>10}  not measured" for name in report["without_address"])
    desk = report["copy_desk"]
    took = "not measured" if desk["ms"] is None else f"{desk['ms']:.0f} ms of {desk['limit_ms']} ms"
    checked = f"The copy desk checks {desk['words']} words in {took} of CPU."
    return "\n".join([head, "", columns, *rows, *empty, "", checked])


def bench(given: Namespace) -> dict[str, Any]:
    """The whole run, in a folder and a database that are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="eyecatch-bench-") as folder:
        media = Path(folder) / "media"
        os.environ |= {"EYECATCH_ENV": "development", "DEBUG": "false", "MEDIA_ROOT": str(media)}
        # What a page costs that has to be made, unless asked otherwise.
        os.environ["PAGE_CACHE"] = str(given.kept).lower()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage.settings")
        import django

        django.setup()
        if reason := database_refusal():
            raise reason
        with temporary_database(Path(folder)):
            fill(given)
            return measured(given)


def main() -> int:
    given = arguments()
    try:
        report = bench(given)
    except (CommandError, EnvironmentRefused) as refusal:
        say(" ".join(str(refusal).split()))
        return 2
    print(json.dumps(report, indent=2) if given.json else table(report))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
