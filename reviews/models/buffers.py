import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText, User
from reviews.models.review import Review

KEPT_FOR = timedelta(days=30)
# A form with several long parts, in characters; and how many forms of one editor.
MOST_CHARACTERS = 1_500_000
MOST_SITTINGS = 200

# The fields of a form as they were posted: a name may stand there more than once.
Fields = list[tuple[str, str]]


class BufferRefused(Exception):
    """What was typed can't be kept at the desk: it is too long, or there are too many."""


class Form(models.TextChoices):
    """Which form it was typed into."""

    PIECE = "piece", _("a piece's form")
    PASTE = "paste", _("an article that was pasted")


class BufferQuerySet(models.QuerySet["Buffer"]):
    def unsaved(
        self, user: User, review: Review | None, at: datetime, form: str = Form.PIECE
    ) -> "BufferQuerySet":
        """What `user` typed into this piece, or into new ones, and has not saved; the latest first."""
        mine = self.filter(user=user, review=review, form=form)
        found = mine.filter(ended_at=None, kept_at__gt=at - KEPT_FOR)
        return found.order_by("-kept_at", "-pk")

    def keep(
        self,
        user: User,
        sitting: UUID,
        fields: Fields,
        at: datetime,
        *,
        review: Review | None,
        turn: int,
        form: str = Form.PIECE,
    ) -> bool:
        """Keep what stands in a form, unless a later turn of it is kept already.

        False: that sitting has ended, by a save or because its text was dropped. Raises BufferRefused.
        """
        content = json.dumps(fields)
        if len(content) > MOST_CHARACTERS:
            raise BufferRefused
        mine = self.filter(user=user, sitting=sitting)
        earlier = mine.filter(ended_at=None, turn__lt=turn)
        said = {"content": content, "turn": turn, "kept_at": at}
        if earlier.update(**said):
            return True
        if not mine.exists():
            self._make_room(user, at)
            fresh = {"review": review, "form": form, **said}
            _kept, is_new = self.get_or_create(user=user, sitting=sitting, defaults=fresh)
            if is_new:
                return True
            # Two turns were on their way at once, and perhaps the earlier one is there.
            earlier.update(**said)
        return mine.filter(ended_at=None).exists()

    def _make_room(self, user: User, at: datetime) -> None:
        self.filter(kept_at__lte=at - KEPT_FOR).delete()
        if self.filter(user=user, ended_at=None).count() >= MOST_SITTINGS:
            raise BufferRefused

    def end(self, user: User, sitting: UUID, at: datetime) -> None:
        """Its text is saved, or dropped. What is still on its way from the browser comes too late."""
        ended = {"content": "[]", "ended_at": at, "kept_at": at}
        self.update_or_create(user=user, sitting=sitting, defaults=ended)

    def take_up(
        self, user: User, sitting: UUID, review: int | None, form: str = Form.PIECE
    ) -> "Buffer | None":
        """The text of a sitting on this piece, which a new one goes on with; None if it is gone."""
        anew = uuid4()
        mine = self.filter(user=user, sitting=sitting, review=review, form=form, ended_at=None)
        taken = mine.update(sitting=anew, turn=0)
        return self.get(user=user, sitting=anew) if taken else None


class Buffer(CleanText):
    """What somebody typed into a form and has not saved. No part of the piece, its editions or its history.

    A sitting is one form, open from when it was asked for until it is saved; of one that has ended only
    the name is kept.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    review = models.ForeignKey(Review, null=True, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=5, choices=Form, default=Form.PIECE)
    sitting = models.UUIDField()
    turn = models.BigIntegerField(default=0)
    content = models.TextField()
    kept_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    objects = BufferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "sitting"],
                name="buffer_once",
                violation_error_message=_("This form's text is kept already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.kept_at:%Y-%m-%d %H:%M}"

    def fields(self) -> Fields:
        """As they were posted."""
        found: list[Any] = json.loads(self.content)
        return [(name, value) for name, value in found]
