"""The guards that the other tests and the lock stand behind are really there."""

import os
import re
import socket
import subprocess
import sys
import tomllib
import warnings
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import suites
from tests.suites import SUITES, Outcome, counts_in

ROOT = settings.BASE_DIR
REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_a_test_that_reaches_for_the_network_fails():
    with socket.socket() as out, pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"):
        out.connect(("192.0.2.1", 80))


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning):
        warnings.warn("canary", stacklevel=1)


def test_every_locked_package_has_its_hashes():
    packages = re.split(r"\n(?=[a-z0-9])", REQUIREMENTS.partition("make lock\n")[2])

    assert len(packages) > 20
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_the_lock_records_no_address():
    assert "://" not in REQUIREMENTS
    assert "index" not in REQUIREMENTS.partition("\nasgiref")[0]


def test_everything_asked_for_is_locked():
    groups = [PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"].values()]
    asked = [entry for group in groups for entry in group if isinstance(entry, str)]
    names = {re.match(r"[\w.-]+", entry)[0].lower() for entry in asked}

    assert [name for name in names if not re.search(rf"(?m)^{name}(\[|==)", REQUIREMENTS)] == []


def test_coverage_py_is_not_locked():
    assert "\ncoverage==" not in REQUIREMENTS


def test_the_dependencies_are_explained():
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    for entry in PROJECT["project"]["dependencies"]:
        name = re.match(r"[\w-]+", entry)[0]
        assert re.search(rf"\b{name}\b", explained), name


@pytest.mark.django_db
def test_sqlite_locks_and_journals_as_in_earnest():
    if connection.vendor != "sqlite":
        pytest.skip("asks SQLite")

    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()
        keys = cursor.execute("PRAGMA foreign_keys").fetchone()

    assert (mode, keys) == (("wal",), (1,))
    assert connection.transaction_mode == "IMMEDIATE"


def make_report(folder: Path) -> Path:
    report = folder / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>',
        encoding="utf-8",
    )
    return report


def test_a_suites_counts_come_from_pytests_own_report(tmp_path):
    assert counts_in(make_report(tmp_path)) == {"passed": 5, "failed": 1, "errors": 1, "skipped": 2}


def test_a_suite_over_its_budget_is_reported():
    suite = SUITES[0]

    assert "OVER BUDGET" in str(Outcome(suite, seconds=suite.budget + 1))
    assert "OVER BUDGET" not in str(Outcome(suite, seconds=suite.budget - 1))


def test_a_suite_that_fails_fails_the_whole(monkeypatch, capsys):
    outcomes = {"SQLite": 1, "PostgreSQL": 0, "Browser": suites.NOTHING_COLLECTED}
    monkeypatch.setattr(
        suites,
        "run",
        lambda suite, *rest: Outcome(suite, code=outcomes[suite.name], last_line=f"{suite.name} ended"),
    )
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://unused/unused")

    assert suites.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "SQLite ended"


@pytest.mark.parametrize(("ci", "outcome", "code"), [("", "1 skipped", 0), ("true", "1 error", 1)])
def test_without_a_chromium_the_browser_tests_skip_but_never_in_ci(ci, outcome, code):
    test = "tests/browser/test_chromium.py::test_the_desk_asks_for_a_login_under_the_strict_policy"
    environment = {"PATH": os.environ["PATH"], "CHROMIUM": "/no/such/browser", "CI": ci}

    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", test],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert result.stdout.splitlines()[-1].startswith(outcome)
    assert "apt-get install chromium" in result.stdout
    assert result.returncode == code
