"""The desk's screens for what is said about the shows."""

from reviews.admin import review, reviewers

__all__ = ["review", "reviewers"]
