import os
import runpy
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from coverage import environment
from coverage.environment import EnvironmentRefused, markdown_table

ROOT = settings.BASE_DIR
GOOD_SECRET = "k9" * 40
PRODUCTION = {
    "EYECATCH_ENV": "production",
    "SECRET_KEY": GOOD_SECRET,
    "ALLOWED_HOSTS": "reviews.example",
    "SITE_URL": "https://reviews.example",
}


@pytest.fixture(autouse=True)
def own_register(monkeypatch):
    """A variable read by a test doesn't get into the README's table."""
    monkeypatch.setattr(environment, "register", dict(environment.register))


def run(*arguments, **variables):
    """Run a program of ours with nothing in its environment but these variables."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def read(monkeypatch, value, reader, **options):
    monkeypatch.setenv("TRIED", value)
    return reader("TRIED", help="tried here", **options)


@pytest.mark.parametrize(
    ("reader", "options", "value"),
    [
        (environment.text, {"default": ""}, "two\nlines"),
        (environment.flag, {"default": False}, "maybe"),
        (environment.flag, {"default": False}, "2"),
        (environment.integer, {"default": 1, "least": 0, "most": 9}, "ten"),
        (environment.integer, {"default": 1, "least": 0, "most": 9}, "10"),
        (environment.integer, {"default": 1, "least": 0, "most": 9}, "-1"),
        (environment.integer, {"default": 1, "least": 0, "most": 9}, "٣"),
        (environment.integer, {"default": 1, "least": 0, "most": 9}, "9" * 5000),
        (environment.choice, {"default": "a", "choices": ("a", "b")}, "c"),
        (environment.names, {"default": []}, "a,,b"),
        (environment.names, {"default": []}, "*"),
        (environment.names, {"default": []}, "a b"),
        (environment.origin, {"default": ""}, "reviews.example"),
        (environment.origin, {"default": ""}, "ftp://reviews.example"),
        (environment.origin, {"default": ""}, "https://reviews.example/path"),
        (environment.origin, {"default": ""}, "https://reviews.example:port"),
        (environment.origin, {"default": ""}, "https://[reviews"),
        (environment.folder, {"default": ROOT, "shown": ""}, "relative/path"),
        (environment.folder, {"default": ROOT, "shown": ""}, str(ROOT / "manage.py")),
        (environment.mailbox, {"default": "", "shown": ""}, "nobody"),
        (environment.mailbox, {"default": "", "shown": ""}, "Desk <desk@>"),
        (environment.mailers, {"default": "", "shown": ""}, "nonsense"),
        (environment.mailers, {"default": "", "shown": ""}, "smtp://"),
        (environment.mailers, {"default": "", "shown": ""}, "smtp://mail.example:port"),
        (environment.mailers, {"default": "", "shown": ""}, "smtp://mail.example/path"),
        (environment.mailers, {"default": "", "shown": ""}, "smtp://user@mail.example"),
        (environment.mailers, {"default": "", "shown": ""}, "smtp://mail.example?ssl=no"),
        (environment.mailers, {"default": "", "shown": ""}, "http://mail.example"),
        (environment.mailers, {"default": "", "shown": ""}, "file://relative"),
        (environment.mailers, {"default": "", "shown": ""}, "console://here"),
        (environment.database, {"default": ROOT, "shown": ""}, "nonsense"),
        (environment.database, {"default": ROOT, "shown": ""}, "mysql://host/name"),
        (environment.database, {"default": ROOT, "shown": ""}, "postgresql://host:port/name"),
        (environment.database, {"default": ROOT, "shown": ""}, "postgresql://host"),
        (environment.database, {"default": ROOT, "shown": ""}, "sqlite://relative.sqlite3"),
    ],
)
def test_an_odd_value_is_refused_in_one_line_that_names_the_variable(monkeypatch, reader, options, value):
    with pytest.raises(EnvironmentRefused) as refusal:
        read(monkeypatch, value, reader, **options)

    assert str(refusal.value).startswith("TRIED must be ")
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 240


@pytest.mark.parametrize(
    ("reader", "options", "value", "meant"),
    [
        (environment.flag, {"default": False}, "Yes", True),
        (environment.flag, {"default": True}, "0", False),
        (environment.flag, {"default": True}, "  ", True),
        (environment.integer, {"default": 1, "least": 0, "most": 9}, "9", 9),
        (environment.names, {"default": []}, "a, b", ["a", "b"]),
        (environment.origin, {"default": ""}, "https://reviews.example/", "https://reviews.example"),
        (environment.origin, {"default": ""}, "http://[::1]:8000", "http://[::1]:8000"),
        (environment.folder, {"default": ROOT, "shown": ""}, "/new/media", Path("/new/media")),
    ],
)
def test_a_plain_value_is_understood(monkeypatch, reader, options, value, meant):
    assert read(monkeypatch, value, reader, **options) == meant


def test_a_postgresql_socket_url_is_understood(monkeypatch):
    parsed = read(
        monkeypatch,
        "postgresql://postgres:@/name?host=/run/socket",
        environment.database,
        default=ROOT,
        shown="",
    )

    assert (parsed["NAME"], parsed["OPTIONS"]) == ("name", {"host": "/run/socket"})


@pytest.mark.parametrize(
    ("url", "options"),
    [
        (
            "smtp://a%40b:p%2Fw@mail.example",
            {"port": 587, "use_tls": True, "username": "a@b", "password": "p/w"},
        ),
        ("smtps://mail.example:4650", {"port": 4650, "use_ssl": True}),
        ("smtp+plain://mail.example", {"port": 25}),
    ],
)
def test_a_mail_server_is_understood(monkeypatch, url, options):
    mailer = read(monkeypatch, url, environment.mailers, default="", shown="")["default"]

    assert mailer["BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert mailer["OPTIONS"] == {"host": "mail.example", "timeout": 20} | options


def test_mail_may_go_into_a_folder_or_nowhere(monkeypatch):
    folder = read(monkeypatch, "file:///var/mails", environment.mailers, default="", shown="")
    nowhere = read(monkeypatch, "", environment.mailers, default="", shown="")

    assert folder["default"]["OPTIONS"] == {"file_path": "/var/mails"}
    assert nowhere == {}


def test_a_refused_mail_url_keeps_its_password_to_itself(monkeypatch):
    with pytest.raises(EnvironmentRefused) as refusal:
        read(monkeypatch, "smtp://me:canary@mail.example:port", environment.mailers, default="", shown="")

    assert "canary" not in str(refusal.value)


def test_who_mails_are_from_may_have_a_name(monkeypatch):
    desk = "Eyecatch <desk@reviews.example>"

    assert read(monkeypatch, desk, environment.mailbox, default="", shown="") == desk


def test_a_refused_database_url_keeps_its_password_to_itself(monkeypatch):
    with pytest.raises(EnvironmentRefused) as refusal:
        read(monkeypatch, "mysql://me:canary@host/name", environment.database, default=ROOT, shown="")

    assert "canary" not in str(refusal.value)


@pytest.mark.parametrize(
    "variables",
    [
        {"DATABASE_URL": "nonsense"},
        {"DATABASE_URL": "oracle://host/name"},
        {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"},
        {"DATABASE_URL": "sqlite:////proc/nowhere/eyecatch.sqlite3"},
        {"EYECATCH_ENV": "staging"},
        {"DEBUG": "perhaps"},
        {"LOG_LEVEL": "LOUD"},
    ],
)
def test_a_command_in_an_odd_environment_says_so_on_one_line_and_exits_with_2(variables):
    result = run("manage.py", "migrate", "--check", **variables)

    (line,) = result.stderr.splitlines()
    assert next(iter(variables)) in line
    assert result.returncode == 2
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("command", "pool"), [("runserver", "0"), ("migrate", "3")], ids=["runserver", "pooled"]
)
def test_an_unreachable_database_costs_one_line_however_it_is_asked(command, pool):
    url = "postgresql://nobody@127.0.0.1:1/nothing"

    result = run("manage.py", command, DATABASE_URL=url, DATABASE_POOL_SIZE=pool)

    (line,) = result.stderr.splitlines()
    assert line.startswith("eyecatch: DATABASE_URL names a database that can't be reached")
    assert result.returncode == 2


def test_the_server_in_an_odd_environment_says_so_on_one_line_and_exits_with_2():
    result = run("-c", "import coverage.wsgi")

    (line,) = result.stderr.splitlines()
    assert "SECRET_KEY" in line
    assert result.returncode == 2


def test_production_settings_load_when_everything_needed_is_set():
    assert run("-c", "import coverage.settings", **PRODUCTION).returncode == 0


def test_a_server_in_production_does_not_start_where_its_settings_are_refused():
    result = run("-c", "import coverage.settings", **PRODUCTION | {"DEBUG": "true"})

    assert "EnvironmentRefused: DEBUG " in result.stderr.splitlines()[-1]
    assert result.returncode != 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", settings.DEVELOPMENT_SECRET_KEY),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", ""),
        ("SITE_URL", "http://reviews.example"),
        ("DEBUG", "true"),
    ],
)
def test_production_refuses_what_is_only_fit_for_development(name, value):
    with (
        mock.patch.dict(os.environ, PRODUCTION | {name: value}, clear=True),
        pytest.raises(EnvironmentRefused) as refusal,
    ):
        runpy.run_path(str(ROOT / "coverage" / "settings.py"))

    assert str(refusal.value).startswith(f"{name} ")


def test_the_readme_has_every_variable():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert markdown_table() in readme


def test_updating_a_document_replaces_only_what_stands_between_the_marks(tmp_path):
    document = tmp_path / "README.md"
    document.write_text("before\n<!-- environment: begin -->\nstood here\n<!-- environment: end -->\nafter\n")

    call_command("environment", update=document)

    text = document.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "stood here" not in text
    assert "`DATABASE_URL`" in text


def test_a_document_without_marks_is_left_alone(tmp_path):
    document = tmp_path / "README.md"
    document.write_text("plain")

    with pytest.raises(CommandError, match="lacks the marks"):
        call_command("environment", update=document)

    assert document.read_text() == "plain"
