"""The nightly look at the media: what a row names is there and whole, and what no row names is told."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from coverage.newsroom.models import Picture
from coverage.newsroom.pictures import keeping, renditions
from coverage.newsroom.pictures.scanning import scan
from tests.factories import make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def path_of(picture):
    return Path(picture.file.path)


def test_sound_media_have_no_faults_and_whole_sizes_are_no_orphans():
    next(renditions.every(make_picture())).made()

    found = scan()

    assert (found.looked_at, found.missing, found.damaged, found.orphans) == (1, [], [], [])


def test_what_was_damaged_or_lost_is_named(capsys):
    flipped, cut, gone, _sound = (make_picture() for _ in range(4))
    content = bytearray(path_of(flipped).read_bytes())
    content[len(content) // 2] ^= 1
    path_of(flipped).write_bytes(content)
    path_of(cut).write_bytes(path_of(cut).read_bytes()[:-1])
    path_of(gone).unlink()

    with pytest.raises(CommandError) as ended:
        call_command("scan_media")

    assert ended.value.returncode == 1
    said = capsys.readouterr().out
    assert set(scan().damaged) == {flipped.file.name, cut.file.name}
    assert f"missing: {gone.file.name}\n" in said
    assert "4 files looked at: 2 damaged, 1 missing, 0 that no row names." in said


def test_what_no_row_names_is_told_and_left():
    picture = make_picture()
    next(renditions.every(picture)).made()
    Picture.objects.all().delete()

    found = scan()

    assert len(found.orphans) == 2
    assert picture.file.name in found.orphans
    assert all(default_storage.exists(name) for name in found.orphans)


def test_a_picture_lies_on_the_disk_before_its_row_is_there(monkeypatch):
    seen = []

    def looked_at(handle, real=os.fsync):
        seen.append((os.fstat(handle).st_ino, Picture.objects.count()))
        real(handle)

    monkeypatch.setattr(keeping.os, "fsync", looked_at)

    path = path_of(make_picture())

    folders = path.parent, path.parent.parent, path.parent.parent.parent
    assert seen == [(kept.stat().st_ino, 0) for kept in (path, *folders)]


def test_a_file_that_could_not_be_written_leaves_the_one_that_was_there(monkeypatch):
    name = default_storage.save("pictures/ab/one", ContentFile(b"whole"))

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        default_storage.save(name, ContentFile(b"half"))

    with default_storage.open(name) as file:
        assert file.read() == b"whole"
    assert scan().orphans == [name]
