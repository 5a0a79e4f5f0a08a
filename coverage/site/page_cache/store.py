"""The cache that pages are kept in. Without it everything is slower, and nothing else."""

import logging
from time import monotonic
from typing import Any

from django.core.cache import cache

# How long a cache that didn't answer isn't asked again: each attempt may cost its whole timeout.
REST_SECONDS = 5

_log = logging.getLogger(__name__)


class Store:
    """What is kept, by key; one that can't be reached has nothing, and takes nothing."""

    def __init__(self) -> None:
        self._rests_until = 0.0

    def get(self, key: str) -> Any:
        if self._rests():
            return None
        try:
            return cache.get(key)
        except Exception as error:  # noqa: BLE001  # each backend has errors of its own
            self._rest(error)
            return None

    def keep(self, key: str, kept: Any, seconds: int) -> None:
        if self._rests():
            return
        try:
            cache.set(key, kept, seconds)
        except Exception as error:  # noqa: BLE001  # each backend has errors of its own
            self._rest(error)

    def _rests(self) -> bool:
        return monotonic() < self._rests_until

    def _rest(self, error: Exception) -> None:
        self._rests_until = monotonic() + REST_SECONDS
        _log.warning("The cache can't be reached; pages are made anew meanwhile: %s", error)


store = Store()
