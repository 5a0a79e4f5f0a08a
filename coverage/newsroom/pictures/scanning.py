"""Whether the media hold what the rows name: a picture's name is the SHA-256 of its bytes, which tells."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage

from coverage.newsroom.models import Picture

PIECE = 2**20
FOLDERS = ("pictures", "renditions")


@dataclass
class Scan:
    """Names of files: of rows without a file, of files that aren't what their name says, and of no row's."""

    looked_at: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)


def named() -> set[str]:
    """The files that rows name; those of discarded pieces too, which may be recovered."""
    return set(Picture.objects.exclude(file="").values_list("file", flat=True))


def scan() -> Scan:
    """Look at every file that a row names, and for those that no row does. Changes nothing."""
    found = Scan()
    # Files first: one that comes in meanwhile has its row later, and is no orphan.
    files = [name for folder in FOLDERS for name in _files(folder)]
    names = named()
    for name in sorted(names):
        found.looked_at += 1
        try:
            if digest(name) != PurePath(name).stem:
                found.damaged.append(name)
        except FileNotFoundError:
            found.missing.append(name)
    found.orphans = sorted(_without_a_row(files, names))
    return found


def digest(name: str) -> str:
    """SHA-256 of what the media keep as `name`. Raises FileNotFoundError."""
    with default_storage.open(name) as file:
        return digest_of(file)


def digest_of(file: IO[bytes] | File[Any]) -> str:
    """SHA-256 of the rest of `file`."""
    taken = hashlib.sha256()
    while piece := file.read(PIECE):
        taken.update(piece)
    return taken.hexdigest()


def _without_a_row(files: Collection[str], names: Collection[str]) -> Iterator[str]:
    """A rendition lies in a folder that is named as its picture is."""
    digests = {PurePath(name).stem for name in names}
    for name in files:
        path = PurePath(name)
        known = name in names if path.parts[0] == "pictures" else path.parent.name in digests
        if not known:
            yield name


def _files(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for inner in folders:
        yield from _files(f"{folder}/{inner}")
