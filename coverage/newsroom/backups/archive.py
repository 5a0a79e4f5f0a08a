"""The file that a backup is: a zip that ends with the SHA-256 of all that stands before it.

Zip's own checksums cover the members and not what it says about them. So the last bytes, which zip takes for
a comment, hold for the whole; they are there only once it is written.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.core.files import File

from coverage.newsroom.pictures.keeping import lasting, sync_folder
from coverage.newsroom.pictures.scanning import PIECE, digest_of

FORMAT = 1
MANIFEST = "manifest.json"
SEAL = hashlib.sha256().digest_size * 2

# Says what is being done.
Tell = Callable[[str], object]


class Refused(Exception):
    """Why there is no backup, or none that can be put back: one line for whoever runs the command."""


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and a checksum of them in whatever order."""

    rows: int
    checksum: str


@dataclass
class Manifest:
    """What an archive holds. `files` are the SHA-256 of its members; `damaged` media weren't to be had."""

    eyecatch: str
    taken_at: str
    database: str
    migrations: list[list[str]]
    tables: dict[str, Table]
    files: dict[str, str] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    format: int = FORMAT

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Raises Refused for one of another format."""
        told = json.loads(content)
        if told.get("format") != FORMAT:
            raise Refused(f"It has the format {told.get('format')}; this version reads {FORMAT}.")
        tables = {name: Table(**table) for name, table in told.pop("tables").items()}
        return cls(tables=tables, **told)

    def written(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


class Writer:
    """Puts files into a new archive, and notes the checksum of each."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.files: dict[str, str] = {}

    def add(self, name: str, source: IO[bytes] | File[Any], *, packed: bool) -> None:
        info = ZipInfo(name)
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        digest = hashlib.sha256()
        with self._archive.open(info, "w", force_zip64=True) as member:
            while piece := source.read(PIECE):
                digest.update(piece)
                member.write(piece)
        self.files[name] = digest.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        manifest.files = self.files
        self._archive.writestr(MANIFEST, manifest.written(), ZIP_DEFLATED)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new archive: after the block it lies whole on the disk under its name, or isn't there at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            with ZipFile(file, "w") as archive:
                archive.comment = b"0" * SEAL
                yield Writer(archive)
            file.seek(-SEAL, os.SEEK_END)
            seal = _digest(file)
            file.write(seal)
            lasting(file)
        _name(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _name(beside: Path, path: Path) -> None:
    """Another's archive of that name is never written over."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise Refused(f"{path} is there already.") from None
    except OSError:  # a file system without links
        beside.rename(path)
    sync_folder(path.parent)


def _digest(file: IO[bytes]) -> bytes:
    """Of all but the seal, after which the file stands."""
    left = file.seek(-SEAL, os.SEEK_END)
    file.seek(0)
    digest = hashlib.sha256()
    while left:
        piece = file.read(min(PIECE, left))
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest().encode()


class Archive:
    """An archive whose every byte has been looked at."""

    def __init__(self, zipped: ZipFile) -> None:
        self._zip = zipped
        self.manifest = Manifest.read(zipped.read(MANIFEST))

    def copy(self, name: str, target: IO[bytes]) -> None:
        with self._zip.open(name) as member:
            shutil.copyfileobj(member, target, PIECE)

    def check_members(self) -> None:
        """Raises Refused where a member isn't what the manifest says."""
        names = set(self._zip.namelist()) - {MANIFEST}
        wrong = names ^ set(self.manifest.files)
        for name in names - wrong:
            with self._zip.open(name) as member:
                if digest_of(member) != self.manifest.files[name]:
                    wrong.add(name)
        if wrong:
            raise Refused(f"It isn't what its manifest says: {', '.join(sorted(wrong)[:5])}.")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Raises Refused for what is no archive, cut short or altered, before anything is taken out."""
    try:
        with path.open("rb") as file:
            _check_seal(file)
            with ZipFile(file) as zipped:
                archive = Archive(zipped)
                archive.check_members()
                yield archive
    except OSError as error:
        raise Refused(f"{path} can't be read: {error.strerror or error}.") from error
    except (BadZipFile, KeyError, TypeError, ValueError) as error:
        raise Refused(f"{path} is no backup of Eyecatch's.") from error


def _check_seal(file: IO[bytes]) -> None:
    with suppress(OSError):  # shorter than a seal
        expected = _digest(file)
        seal = file.read()
        if seal == expected:
            return
        if re.fullmatch(rb"[0-9a-f]{%d}" % SEAL, seal):
            raise Refused("It was altered since it was written: its checksum doesn't hold.")
    raise Refused("It is cut short, or no backup of Eyecatch's.")
