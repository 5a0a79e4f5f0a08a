"""Which code makes the pages: what another build has kept is none of this one's."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

_FOLDERS = ("coverage", "reviews", "series", "templates")
_KINDS = (".py", ".html", ".xml", ".js", ".mo")


@cache
def fingerprint() -> str:
    """Of the code, the templates, the names of static files, and where the site is."""
    files = [Path(settings.STATIC_ROOT) / "staticfiles.json"]
    for folder in _FOLDERS:
        files += sorted(path for path in (settings.BASE_DIR / folder).rglob("*") if path.suffix in _KINDS)
    digest = sha256(settings.SITE_URL.encode())
    for path in filter(Path.is_file, files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
