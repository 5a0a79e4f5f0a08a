"""The one clock. Only the middleware, the commands and the verbs ask it; views are handed ``request.now``."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)
