"""Rows' keys as addresses and forms name them: anything may be posted."""

# Of digits; one more, and not every database could be asked for it.
_LONGEST = 18


def as_key(text: str) -> int | None:
    """The key that `text` names, or None where that can't be one."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= _LONGEST
    return int(text) if is_key else None
