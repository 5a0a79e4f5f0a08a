"""What is told because its time has come, and not because somebody did something.

Whoever knows of such registers a look; `manage.py announce` takes them all at every run. A look writes the
same rows however often it looks.
"""

import logging
from collections.abc import Callable
from datetime import datetime

Look = Callable[[datetime], None]

logger = logging.getLogger(__name__)

_looks: dict[str, Look] = {}


def register(name: str, look: Look) -> None:
    """Let `look(at)` write what `at` has to tell."""
    _looks[name] = look


def look_around(at: datetime) -> list[str]:
    """Take every look, each by itself; answers the names of those that failed."""
    failed = []
    for name, look in _looks.items():
        try:
            look(at)
        except Exception:
            logger.exception("A look for what is to be told has failed", extra={"look": name})
            failed.append(name)
    return failed
