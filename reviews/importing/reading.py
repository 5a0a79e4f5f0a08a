"""Getting the text of an article out of a file, or a plain reason why not."""

from pathlib import Path

MAX_BYTES = 2_000_000
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class Unreadable(ValueError):
    """The article can't be read; its message is one line for whoever ran the import."""


def read_text(source: Path | str | bytes) -> str:
    """The text of a UTF-8 file, or of its bytes; raises Unreadable. A byte order mark is dropped."""
    data = source if isinstance(source, bytes) else _read_bytes(Path(source))
    if len(data) > MAX_BYTES:
        raise Unreadable(f"larger than {MAX_BYTES // 1_000_000} MB, which no article is")
    if data.startswith(_OTHER_MARKS):
        raise Unreadable("not UTF-8 text, but UTF-16 or UTF-32; save it as UTF-8")
    if b"\0" in data:
        raise Unreadable("a binary file, not a text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 text (byte {error.start + 1}); save it as UTF-8") from None
    if _is_binary(text):
        raise Unreadable("a binary file, not a text")
    if not text.strip():
        raise Unreadable("empty")
    return text


def _read_bytes(path: Path) -> bytes:
    """At most one byte more than is allowed, so that a huge file costs nothing."""
    try:
        if not path.is_file():
            raise Unreadable("no such file" if not path.exists() else "not a file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(error.strerror or "can't be read") from None
    except ValueError as error:
        raise Unreadable(str(error)) from None


def _is_binary(text: str) -> bool:
    """Whether control characters that no text editor writes stand in it."""
    odd = sum(char < " " and char not in "\t\n\r\f\v\x1a\x1b" for char in text[:10_000])
    return odd > 0
