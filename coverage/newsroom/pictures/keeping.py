"""Files that the house makes from others: made when first needed, once, and never seen half-written."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.files import locks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


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
            _write_whole(path, make())
        lock.unlink(missing_ok=True)  # whoever waits for it holds the file that was there


def _write_whole(path: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).chmod(0o644)  # a web server of another user may send it
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
