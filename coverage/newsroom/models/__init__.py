from coverage.newsroom.models.audit import AuditEntry
from coverage.newsroom.models.people import User
from coverage.newsroom.models.picture import Picture
from coverage.newsroom.models.publication import Publication
from coverage.newsroom.models.slugs import FormerSlug, Sluggable

__all__ = ["AuditEntry", "FormerSlug", "Picture", "Publication", "Sluggable", "User"]
