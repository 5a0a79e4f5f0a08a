"""The desk's screens for what is said about the shows."""

from reviews.admin import announcements, endpoints, review, reviewers

__all__ = ["announcements", "endpoints", "review", "reviewers"]
