"""How a picture comes in: a process with limits unpacks it, and the house keeps what comes back."""

import atexit
import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.pictures import developing

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
# A kept picture's longer edge at most: twice what the widest page shows.
LONGEST = 3840
SECONDS = 5
MEMORY = 512 * 1024 * 1024
# How a kept picture's name ends, by its format.
SUFFIXES = {"JPEG": ".jpg", "WEBP": ".webp"}

SENTENCES = {
    "bytes": _("This file is larger than 20 MB; save it smaller."),
    "pixels": _("This picture has more than 40 megapixels; scale it down."),
    "moving": _("This picture moves; use a still one."),
    "unknown": _("This is no JPEG, PNG, WebP or AVIF picture; save it as one."),
    "damaged": _("This file is cut short or damaged; save it anew."),
    "heavy": _("This picture takes too long or too much memory to unpack; scale it down or save it anew."),
}


class Master(ContentFile[bytes]):
    """A picture as the house keeps it: upright, in sRGB, nothing in it but pixels; named by its bytes."""

    def __init__(self, content: bytes, kind: str, width: int, height: int) -> None:
        digest = hashlib.sha256(content).hexdigest()
        super().__init__(content, f"pictures/{digest[:2]}/{digest}{SUFFIXES[kind]}")
        self.width, self.height = width, height


@dataclass(frozen=True)
class Effort:
    """What unpacking one file took of its process."""

    seconds: float
    memory: int


def developed(file: "File[bytes]") -> Master:
    """What to keep of a file that comes in. Raises ValidationError with a sentence for the editor."""
    if isinstance(file, Master):
        return file
    if file.size > MAX_BYTES:
        raise ValidationError(SENTENCES["bytes"], code="bytes")
    file.seek(0)
    master, _effort = unpacked(file.read())
    return master


def unpacked(content: bytes) -> tuple[Master, Effort]:
    """As `developed()` does, and what it took."""
    order = {"seconds": SECONDS, "memory": MEMORY, "longest": LONGEST, "most_pixels": MAX_PIXELS}
    head, body = _darkroom.ask(order, content)
    effort = Effort(head.get("seconds", 0.0), head.get("memory", 0))
    if refused := head.get("refused"):
        raise ValidationError(SENTENCES[refused], code=refused, params={"effort": effort})
    return Master(body, head["format"], head["width"], head["height"]), effort


class Darkroom:
    """Keeps `developing` running as a process of its own, and sends it one file at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, order: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
        with self._lock, self._patience(2 * order["seconds"]) as process:
            try:
                developing.write(_open(process.stdin), order, content)
                return developing.read(_open(process.stdout))
            except (OSError, EOFError, ValueError):
                return {"refused": "heavy"}, b""

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                _open(stream).close()
        process.wait()

    @contextmanager
    def _patience(self, seconds: float) -> Iterator[subprocess.Popen[bytes]]:
        """The process, ended if it hasn't answered by then: its own limits should have come first."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._started()
        watch = threading.Timer(seconds, self._process.kill)
        watch.start()
        try:
            yield self._process
        finally:
            watch.cancel()

    def _started(self) -> subprocess.Popen[bytes]:
        # Isolated: it reads no environment and nothing of ours but Pillow and its own file.
        script = Path(developing.__file__)
        return subprocess.Popen(  # noqa: S603  # our own interpreter and our own file
            [sys.executable, "-I", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={}
        )


def _open(stream: Any) -> Any:
    if stream is None:
        raise ValueError("The process was started without pipes.")
    return stream


_darkroom = Darkroom()
atexit.register(_darkroom.close)
