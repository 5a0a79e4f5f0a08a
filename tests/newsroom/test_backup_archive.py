"""The file that a backup is: there whole or not at all, and no byte of it changes unnoticed."""

import hashlib
from io import BytesIO
from zipfile import ZipFile
from zlib import crc32

import pytest

from coverage.newsroom.backups.archive import MANIFEST, SEAL, Manifest, Refused, Table, opened, writing

pytestmark = pytest.mark.one_database


@pytest.fixture
def path(tmp_path):
    return tmp_path / "backup.zip"


def write(path):
    manifest = Manifest("2026.11.0", "2026-11-21T00:00:00+00:00", "sqlite", [], {"t": Table(1, "0f")})
    with writing(path) as writer:
        writer.add("database", BytesIO(b"rows " * 50), packed=True)
        writer.add("media/pictures/one", BytesIO(b"a picture"), packed=False)
        writer.finish(manifest)


def refusal(path):
    with pytest.raises(Refused) as refused, opened(path):
        pass
    return str(refused.value)


def seal(content):
    return content[:-SEAL] + hashlib.sha256(content[:-SEAL]).hexdigest().encode()


def test_what_was_written_is_read_and_any_unzip_reads_it_too(path):
    write(path)

    with opened(path) as archive:
        copied = BytesIO()
        archive.copy("database", copied)

    assert copied.getvalue() == b"rows " * 50
    assert archive.manifest.tables == {"t": Table(1, "0f")}
    with ZipFile(path) as zipped:
        assert zipped.testzip() is None
        assert zipped.read("media/pictures/one") == b"a picture"
    assert path.stat().st_mode & 0o077 == 0


def test_a_flipped_byte_is_found_wherever_it_is(path):
    write(path)
    whole = path.read_bytes()

    for place in {*range(0, len(whole), 13), *range(len(whole) - SEAL - 4, len(whole), 3)}:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        assert refusal(path)


def test_an_archive_that_is_cut_short_anywhere_is_refused(path):
    write(path)
    whole = path.read_bytes()

    for length in range(0, len(whole), 29):
        path.write_bytes(whole[:length])
        assert refusal(path)


def test_something_else_is_refused(path):
    path.write_bytes(seal(b"no zip" + b"0" * SEAL))
    assert refusal(path) == f"{path} is no backup of Eyecatch's."

    assert "can't be read: No such file" in refusal(path.with_name("nowhere"))


def test_a_member_that_was_changed_and_sealed_anew_is_found_by_the_manifest(path):
    write(path)
    content = path.read_bytes().replace(b"a picture", b"A picture", 1)
    with ZipFile(BytesIO(content)) as zipped:
        info = zipped.getinfo("media/pictures/one")
        crc = info.CRC.to_bytes(4, "little")
    new = crc32(b"A picture").to_bytes(4, "little")
    path.write_bytes(seal(content.replace(crc, new)))

    assert refusal(path) == "It isn't what its manifest says: media/pictures/one."


def test_another_format_is_refused(path):
    manifest = Manifest("2030.1.0", "", "sqlite", [], {}, format=2)
    with writing(path) as writer:
        writer.finish(manifest)

    assert refusal(path) == "It has the format 2; this version reads 1."


def test_a_backup_that_breaks_off_leaves_nothing(path):
    class Breaking(BytesIO):
        def read(self, size=-1):
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"), writing(path) as writer:
        writer.add("database", Breaking(), packed=True)

    assert list(path.parent.iterdir()) == []


def test_an_archive_is_never_written_over(path):
    write(path)

    with pytest.raises(Refused, match="is there already"):
        write(path)

    assert [one.name for one in path.parent.iterdir()] == ["backup.zip"]
    with opened(path) as archive:
        assert set(archive.manifest.files) | {MANIFEST} == {"database", "media/pictures/one", MANIFEST}
