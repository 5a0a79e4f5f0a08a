"""Whether this process lives, and whether it may be sent readers: for what starts and balances servers.

The answers name what fails and never why: that stands in the log.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

_KEY = "ready"
_log = logging.getLogger(__name__)


class NotReady(Exception):
    """A part fails; the message says how, for the log."""


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 as soon as the process answers at all; asks nothing of anything else."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """JSON: `ready`, and each part as `ok` or `fails`; 503 where readers would get errors.

    A cache that fails costs time only: it is told, and doesn't make the process unready.
    """
    parts = {name: _works(name, check) for name, check in _CHECKS.items()}
    needed = [works for name, works in parts.items() if name != "cache"]
    answer = {"ready": all(needed)} | {name: "ok" if works else "fails" for name, works in parts.items()}
    return JsonResponse(answer, status=200 if all(needed) else 503)


def _works(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception as error:  # noqa: BLE001  # whatever it is, the part fails
        _log.warning("Not ready: %s fails: %s", name, error)
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


class _Migrations:
    """What is once applied stays so: the many files are read until then only."""

    def __init__(self) -> None:
        self.applied = False

    def __call__(self) -> None:
        if self.applied:
            return
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise NotReady("some are not applied; run manage.py migrate")
        self.applied = True


def _cache() -> None:
    cache.set(_KEY, "yes", 60)
    if cache.get(_KEY) != "yes":
        raise NotReady("it doesn't keep what it is given")


def _storage() -> None:
    folder = Path(settings.MEDIA_ROOT)
    # The first picture makes it.
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(there, os.R_OK | os.W_OK | os.X_OK):
        raise NotReady(f"{there} can't be written to")


migrations = _Migrations()
_CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": migrations,
    "cache": _cache,
    "storage": _storage,
}
