"""The suites of `make test`, one after the other: `python -m tests.suites [suite ...] [pytest arguments]`.

`python -m tests.suites postgresql tests/reviews` runs one folder on PostgreSQL.

Ends with pytest's own last lines: a failing suite's after the others, else the largest's.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.postgres import postgresql_url

# Every process of every suite imports the same modules, which takes half as long once they are compiled.
SUITES_DECIDE = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
NOTHING_COLLECTED = 5
STOPPED = 124


@dataclass(frozen=True)
class Suite:
    """Some of the tests on one database, and the seconds they may take on two cores."""

    name: str
    budget: int
    arguments: tuple[str, ...]
    postgresql: bool = False
    folder: str = "tests"


# A worker for each processor, and two at least.
WORKERS = ("-n", str(max(os.cpu_count() or 1, 2)), "--dist", "worksteal")
SUITES = (
    Suite("SQLite", 300, (*WORKERS, "-m", "not browser")),
    Suite("PostgreSQL", 150, (*WORKERS, "-m", "not browser"), postgresql=True),
    Suite("Browser", 220, (*WORKERS, "-m", "browser"), folder="tests/browser"),
)


@dataclass
class Outcome:
    suite: Suite
    seconds: float = 0.0
    code: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    last_line: str = ""

    @property
    def failed(self) -> bool:
        return self.code not in (0, NOTHING_COLLECTED)

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {what}" for what, count in self.counts.items() if count)
        over = "  OVER BUDGET" if self.seconds > self.suite.budget else ""
        return (
            f"{self.suite.name:<11} {counts or 'no tests'}"
            f" in {self.seconds:.0f} s of {self.suite.budget} s{over}"
        )


def counts_in(report: Path) -> dict[str, int]:
    """passed, failed, errors and skipped, from pytest's JUnit report."""
    if not report.exists():
        return {}
    totals = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    # The report is pytest's own, written a moment ago.
    for suite in ET.parse(report).iter("testsuite"):
        for name in totals:
            totals[name] += int(suite.get(name, 0))
    passed = totals["tests"] - totals["failures"] - totals["errors"] - totals["skipped"]
    return {
        "passed": passed,
        "failed": totals["failures"],
        "errors": totals["errors"],
        "skipped": totals["skipped"],
    }


def run(suite: Suite, extra: list[str], report: Path, database_url: str | None) -> Outcome:
    """Run pytest, showing what it prints; a suite at three times its budget is stopped."""
    environment = {name: value for name, value in os.environ.items() if name not in SUITES_DECIDE}
    environment |= {"EYECATCH_ENV": "development", "DEBUG": "true"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=12"]
    command += ["--durations-min=2", f"--junit-xml={report}", *suite.arguments, *extra]
    if not any(Path(argument.partition("::")[0]).exists() for argument in extra):
        command.append(suite.folder)
    outcome = Outcome(suite)
    started = time.monotonic()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as pytest:
        assert pytest.stdout is not None
        for line in pytest.stdout:
            print(line, end="", flush=True)
            outcome.last_line = line.strip() or outcome.last_line
            if time.monotonic() - started > 3 * suite.budget:
                pytest.kill()
                outcome.code = STOPPED
        outcome.code = outcome.code or pytest.wait()
    outcome.seconds = time.monotonic() - started
    outcome.counts = counts_in(report)
    return outcome


def main(arguments: list[str]) -> int:
    names = {suite.name.lower() for suite in SUITES}
    extra = [argument for argument in arguments if argument not in names]
    wanted = names.intersection(arguments) or names
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="eyecatch-tests-") as folder:
        for suite in (suite for suite in SUITES if suite.name.lower() in wanted):
            print(f"\n{suite.name}", flush=True)
            with postgresql_url() if suite.postgresql else nullcontext() as database_url:
                report = Path(folder) / f"{suite.name}.xml"
                outcomes.append(run(suite, extra, report, database_url))
    print()
    for outcome in outcomes:
        print(outcome)
    print()
    for outcome in sorted(outcomes, key=lambda outcome: (outcome.failed, outcome.counts.get("passed", 0))):
        print(outcome.last_line)
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
