"""How much one request may bring in files, asked before anything is read.

Django limits forms and leaves files to the web server; and it reads them, onto the disk, from whoever sends
some, before it looks whether they may.
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from coverage.newsroom.pictures.intake import MAX_BYTES

# Whoever is signed in: a handful of pictures in one form, each as large as it may be. A stranger has none to
# send, but may be a writer whose login has ended meanwhile.
MOST_BYTES, MOST_OF_A_STRANGER = 10 * MAX_BYTES, 2 * MAX_BYTES


class Limit(FileUploadHandler):
    """The first of the upload handlers. Keeps nothing, and hands on what isn't too much."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803  # Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > self._most():
            raise RequestDataTooBig(f"A request of {content_length} bytes isn't read.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _most(self) -> int:
        user = getattr(self.request, "user", None)
        return MOST_BYTES if user is not None and user.is_authenticated else MOST_OF_A_STRANGER
