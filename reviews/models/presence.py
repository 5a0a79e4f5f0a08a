from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import User
from reviews.models.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterable

# An open form tells of itself every 25 seconds: two tellings may be missed.
LASTS = timedelta(seconds=70)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self, at: datetime) -> "PresenceQuerySet":
        """Who has which piece open at `at`, the first to open it first."""
        return self.filter(seen_at__gt=at - LASTS).select_related("user").order_by("opened_at", "pk")

    def others(self, user: User) -> "PresenceQuerySet":
        return self.exclude(user=user)

    def on(self, reviews: "Iterable[int]", at: datetime) -> "dict[int, list[Presence]]":
        """Who has these pieces open at `at`, by the piece's key: one query for a whole list or board."""
        found: dict[int, list[Presence]] = {}
        for presence in self.now(at).filter(review__in=reviews):
            found.setdefault(presence.review_id, []).append(presence)
        return found

    def tell(self, review: Review, user: User, at: datetime, *, has_changed: bool = False) -> None:
        """`user` has it open at `at`; whether they have changed something since they last told."""
        changed = {"changed_at": at} if has_changed else {}
        if self.now(at).filter(review=review, user=user).update(seen_at=at, **changed):
            return
        self.filter(seen_at__lte=at - LASTS).delete()
        fresh = {"opened_at": at, "seen_at": at, "changed_at": at if has_changed else None}
        self.update_or_create(review=review, user=user, defaults=fresh)

    def leave(self, review: Review, user: User) -> None:
        self.filter(review=review, user=user).delete()


class Presence(models.Model):
    """Somebody has a piece open on the desk, until a minute after the last sign of it. No history is kept."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField(null=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "user"],
                name="presence_once",
                violation_error_message=_("They have this piece open already."),
            )
        ]

    def __str__(self) -> str:
        return self.user.get_short_name() or self.user.get_username()
