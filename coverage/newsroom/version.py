import tomllib

from django.conf import settings


def version() -> str:
    """Eyecatch's own: the year and month of the release, and its number in that month."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
