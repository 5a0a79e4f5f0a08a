"""A Redis of the tests' own: `redis-server` on a free port of this machine, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis

from tests.demo_site import free_port

SECONDS_TO_START = 20
WHY_NOT = "redis-server isn't installed. On Debian: apt-get install redis-server"


def command() -> str:
    """Its path; without one the test skips, except where everything has to run."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(WHY_NOT)
    return str(found)


@contextmanager
def redis_url() -> Iterator[str]:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="eyecatch-redis-") as folder:
        nothing_kept = ["--save", "", "--appendonly", "no", "--dir", folder, "--loglevel", "warning"]
        here = ["--bind", "127.0.0.1", "--port", str(port)]
        with subprocess.Popen([command(), *here, *nothing_kept], stdout=subprocess.DEVNULL) as server:
            try:
                _wait_for(port)
                yield f"redis://127.0.0.1:{port}/0"
            finally:
                server.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    with redis.Redis(port=port) as client:
        while True:
            try:
                client.ping()
                return
            except redis.ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
