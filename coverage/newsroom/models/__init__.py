from coverage.newsroom.models.audit import AuditEntry
from coverage.newsroom.models.names import AnotherName, Name, Named
from coverage.newsroom.models.people import User
from coverage.newsroom.models.picture import Picture
from coverage.newsroom.models.publication import Publication
from coverage.newsroom.models.slugs import FormerSlug, Sluggable
from coverage.newsroom.models.text import CleanText

__all__ = [
    "AnotherName",
    "AuditEntry",
    "CleanText",
    "FormerSlug",
    "Name",
    "Named",
    "Picture",
    "Publication",
    "Sluggable",
    "User",
]
