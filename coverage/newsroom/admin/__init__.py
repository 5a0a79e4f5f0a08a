"""The newsroom's own screens at the desk."""

from coverage.newsroom.admin import audit, people, pictures, publication

__all__ = ["audit", "people", "pictures", "publication"]
