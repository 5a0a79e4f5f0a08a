"""Backups of a newsroom at work, put back elsewhere. `WRITES=20000` takes one during more writes."""

import os
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from coverage.newsroom.backups import postgresql, restoring, sqlite
from coverage.newsroom.backups.archive import opened
from coverage.newsroom.backups.taking import back_up
from coverage.newsroom.models import Publication
from coverage.newsroom.pictures.scanning import scan
from reviews.models import Announcement, Review
from tests.factories import FRIDAY, NOW, approve, make_announcement, make_picture, make_review, make_series

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

WRITES = int(os.environ.get("WRITES", "1000"))
WRITERS = 2
PAGES = ("/", "/reviews/", "/reviews/live/", "/series/red/", "/feed/", "/sitemap.xml", "/search/?q=live")


@pytest.fixture
def newsroom():
    """One piece is live with its picture; each of the writers has two drafts."""
    red = make_series("Red", key_visual=make_picture())
    approve(make_review(red, slug="live", lead_picture=make_picture()), FRIDAY)
    make_announcement()
    return [tuple(make_review(red, headline="0") for _ in "ab") for _ in range(WRITERS)]


@pytest.fixture
def elsewhere(settings, tmp_path):
    """`with elsewhere():` a database without tables and a media folder without files."""

    @contextmanager
    def empty():
        here = connection.settings_dict["NAME"], settings.MEDIA_ROOT
        with ExitStack() as stack:
            name = stack.enter_context(empty_database(tmp_path))
            connection.close()
            connection.settings_dict["NAME"], settings.MEDIA_ROOT = name, tmp_path / "elsewhere"
            try:
                yield
            finally:
                connection.close()
                connection.settings_dict["NAME"], settings.MEDIA_ROOT = here

    return empty


@contextmanager
def empty_database(folder):
    if connection.vendor == "sqlite":
        yield str(folder / "elsewhere.sqlite3")
        return
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    quoted = connection.ops.quote_name(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted}")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted}")


class Writers:
    """Each writes into its two drafts the number of its write, and a session of that number."""

    def __init__(self, drafts):
        self.done: Counter[int] = Counter()
        self._enough = Event()
        self._threads = [Thread(target=self._write, args=pair) for pair in enumerate(drafts)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def let_write(self, number):
        """Return once there were so many more."""
        until = self.done.total() + number
        while self.done.total() < until and all(thread.is_alive() for thread in self._threads):
            self._enough.wait(0.001)

    def _write(self, writer, drafts):
        with closing(connection):
            while not self._enough.is_set():
                number = self.done[writer] + 1
                with transaction.atomic():
                    for draft in drafts:
                        Review.objects.filter(pk=draft.pk).update(headline=f"{number}")
                    Session.objects.create(session_key=f"{writer}-{number}", expire_date=NOW)
                self.done[writer] = number


def pages():
    with time_machine.travel(FRIDAY, tick=False):
        client = Client()
        answers = {page: client.get(page) for page in PAGES}
        return {page: (answer.status_code, answer.content) for page, answer in answers.items()}


def test_a_backup_during_writes_is_one_instant_and_is_put_back_elsewhere(
    newsroom, elsewhere, tmp_path, monkeypatch
):
    path = tmp_path / "backup.zip"
    monkeypatch.setattr(sqlite, "PAGES_AT_A_TIME", 16)
    before = pages()

    with Writers(newsroom) as writers:
        writers.let_write(10)
        first = writers.done.total()

        def tell(said):
            if said.startswith("Database") and writers.done.total() - first < WRITES:
                writers.let_write(WRITES // 2)

        manifest = back_up(path, NOW, "2026.11.0", tell)
        meanwhile = writers.done.total() - first

    with elsewhere():
        call_command("restore", path)
        counts = [Session.objects.filter(session_key__startswith=f"{which}-").count() for which in range(2)]
        headlines = [[Review.objects.get(pk=draft.pk).headline for draft in drafts] for drafts in newsroom]
        after = pages()
        found = scan()
        announces = Publication.objects.get().announces

    print(f"{connection.vendor}: {meanwhile} writes during the backup, {sum(counts) - first} of them in it")
    assert meanwhile >= WRITES
    assert headlines == [[f"{count}"] * 2 for count in counts]
    # It stands at the instant at which it began; begun anew at each write, it would never end.
    assert first - WRITERS <= sum(counts) < first + WRITES // 2
    assert manifest.tables["django_session"].rows == sum(counts)
    assert after == before
    assert {status for status, _content in after.values()} == {200}
    assert (found.looked_at, found.missing, found.damaged) == (2, [], [])
    assert not announces


def test_three_damaged_pictures_are_told_by_the_backup_and_mended_by_it(newsroom, tmp_path, elsewhere):
    sound = tmp_path / "sound.zip"
    call_command("backup", sound)
    pictures = [Path(make_picture().file.path) for _ in range(3)]
    for path in pictures:
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(CommandError, match="missing or damaged") as ended:
        call_command("backup", tmp_path / "damaged.zip")

    assert ended.value.returncode == 1
    with opened(tmp_path / "damaged.zip") as archive:
        assert [Path(name).name for name in archive.manifest.damaged] == sorted(p.name for p in pictures)
    assert len(scan().damaged) == 3
    with elsewhere():
        call_command("restore", sound)
        assert scan().damaged == []


def test_a_database_with_tables_is_replaced_only_when_told_so(newsroom, tmp_path):
    path = tmp_path / "backup.zip"
    call_command("backup", path)
    Review.objects.filter(slug="live").update(headline="Written since")
    Path(make_picture().file.path).unlink()

    with pytest.raises(CommandError, match="isn't empty") as refused:
        call_command("restore", path)

    assert refused.value.returncode == 2
    assert Review.objects.get(slug="live").headline == "Written since"
    call_command("restore", path, "--replace")
    assert Review.objects.get(slug="live").headline != "Written since"
    assert scan().missing == []


def test_what_was_put_back_announces_nothing_though_migrating_it_fails(
    newsroom, tmp_path, elsewhere, monkeypatch
):
    call_command("backup", tmp_path / "backup.zip")

    def fail(*_arguments, **_options):
        raise OperationalError("no room")

    with elsewhere():
        monkeypatch.setattr(restoring, "call_command", fail)
        with pytest.raises(CommandError, match="no room"):
            call_command("restore", tmp_path / "backup.zip")

        assert not Publication.objects.get().announces


def test_an_altered_archive_changes_nothing(newsroom, tmp_path, elsewhere):
    path = tmp_path / "backup.zip"
    call_command("backup", path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with elsewhere():
        with pytest.raises(CommandError, match="altered since it was written") as refused:
            call_command("restore", path)

        assert "\n" not in str(refused.value)
        assert (sqlite if connection.vendor == "sqlite" else postgresql).is_empty()
    assert refused.value.returncode == 2


def test_a_folder_gets_an_archive_named_by_its_instant(tmp_path, capsys):
    with time_machine.travel(NOW, tick=False):
        call_command("backup", tmp_path)

    assert [path.name for path in tmp_path.glob("*.zip")] == ["eyecatch-20260114T120000Z.zip"]
    assert "eyecatch-20260114T120000Z.zip: " in capsys.readouterr().out


@pytest.fixture
def of_a_newer_version(transactional_db):
    """The database has a migration that we don't know; emptying PostgreSQL's would leave the row there."""
    later = MigrationRecorder.Migration.objects.create(app="newsroom", name="9999_later")
    yield
    later.delete()


@pytest.mark.usefixtures("of_a_newer_version")
def test_a_newer_eyecatchs_archive_is_refused(tmp_path, elsewhere):
    call_command("backup", tmp_path / "backup.zip")

    with elsewhere(), pytest.raises(CommandError, match="newer Eyecatch"):
        call_command("restore", tmp_path / "backup.zip")


def test_nothing_leaves_while_announcing_is_off():
    row = make_announcement()
    Publication.objects.update(announces=False)

    assert Announcement.objects.claim(NOW) is None
    Publication.objects.update(announces=True)
    assert Announcement.objects.claim(NOW) == row
