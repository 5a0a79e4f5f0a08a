"""The desk's screens for what is said about the shows."""

from reviews.admin import announcements, review, reviewers

__all__ = ["announcements", "review", "reviewers"]
