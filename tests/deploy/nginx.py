"""nginx with the very file of docs/deploy, on a free port of this machine; addresses and paths differ."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.demo_site import ROOT, free_port

CONFIGURATION = ROOT / "docs" / "deploy" / "nginx.conf"
WHY_NOT = "nginx isn't installed. On Debian: apt-get install nginx-light"
SECONDS_TO_START = 30


def command() -> str | None:
    """Its path, where it is installed; Debian's isn't on everybody's PATH."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def with_addresses(text: str, port: int, upstream: str, folder: Path) -> str:
    """The configuration, of this machine's addresses and a folder of its own, without encryption."""
    for there, here, times in (
        ("    listen 80;\n    listen [::]:80;\n", f"    listen unix:{folder}/redirect.sock;\n", 1),
        ("    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n", f"    listen 127.0.0.1:{port};\n", 1),
        ("    server_name reviews.example;\n", "    server_name 127.0.0.1;\n", 2),
        ("    ssl_certificate /etc/ssl/eyecatch/fullchain.pem;\n", "", 1),
        ("    ssl_certificate_key /etc/ssl/eyecatch/key.pem;\n", "", 1),
        ("proxy_set_header Host $host;", "proxy_set_header Host $http_host;", 1),
        ("/var/cache/nginx/eyecatch ", f"{folder}/cache ", 1),
        ("server 127.0.0.1:8000;", f"server {upstream};", 1),
        ("/srv/eyecatch/media/", f"{folder}/media/", 1),
    ):
        if text.count(there) != times:
            raise ValueError(
                f"{CONFIGURATION} has changed: {there!r} stands there {text.count(there)} times."
            )
        text = text.replace(there, here)
    return text


@contextmanager
def nginx(upstream: str, folder: Path, *, forgetful: bool = False) -> Iterator[str]:
    """Its address, while it passes on to `upstream`, as host and port.

    A `forgetful` one leaves the clock's second out of its keys, and so shows what the second is for.
    """
    port = free_port()
    site = with_addresses(CONFIGURATION.read_text(), port, upstream, folder)
    if forgetful:
        site = site.replace(' $second";', '";')
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    main.write_text(
        f"{'user root;' if os.geteuid() == 0 else ''}\ndaemon off;\nmaster_process on;\nworker_processes 1;\n"
        f"pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{ worker_connections 4096; }}\n"
        f"http {{ access_log off;\n{temporary}\n{site}\n}}\n"
    )
    with subprocess.Popen([str(command()), "-c", str(main), "-p", str(folder)]) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/robots.txt")
            yield address
        finally:
            server.terminate()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
