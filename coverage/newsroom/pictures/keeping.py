"""How files get into the media: never seen half-written, and on the disk before any row names them.

What the house makes from others is made when first needed, once.
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from django.core.files import File, locks
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage


class Folder(FileSystemStorage):
    """A folder whose files outlive a power cut from the moment they are saved.

    Pictures are named by their content, so what a file takes the place of is the same, or a damaged one.
    """

    def _save(self, name: str, content: "File[Any]") -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, content.chunks())
        for folder in path.relative_to(self.location).parents:
            sync_folder(Path(self.location, folder))
        return name.replace("\\", "/")


def lasting(file: IO[bytes]) -> None:
    """Return once what was written into `file` lies on the disk."""
    file.flush()
    os.fsync(file.fileno())


def made_once(name: str, make: Callable[[], bytes]) -> None:
    """See that the media has a file called `name`, which says all that it is.

    Of several who need it at once, in whichever process, one makes it and the rest wait. A storage that
    isn't a folder writes whole files by itself; there two may make the same one.
    """
    if default_storage.exists(name):
        return
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # a storage elsewhere, without paths
        default_storage.save(name, ContentFile(make()))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    with lock.open("wb") as held:
        locks.lock(held, locks.LOCK_EX)
        if not path.exists():
            _write_whole(path, [make()])
        lock.unlink(missing_ok=True)  # whoever waits for it holds the file that was there


def _write_whole(path: Path, content: Iterable[bytes]) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
            lasting(file)
        Path(beside).chmod(0o644)  # a web server of another user may send it
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Return once the names in `folder` lie on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
