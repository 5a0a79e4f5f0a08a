"""Where a piece stands. One enum owns each status's facts: label, pill, and the verbs it allows."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What is stored. Whether an approved piece is live is a question of time: see `Stage`."""

    verbs: frozenset[str]

    def __new__(cls, value: str, verbs: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.verbs = frozenset(verbs.split())
        return member

    DRAFT = "draft", "submit approve discard restore", _("Draft")
    SUBMITTED = "submitted", "return_with_note approve discard restore", _("Submitted")
    APPROVED = "approved", "approve reschedule withdraw correct restore", _("Approved")
    WITHDRAWN = "withdrawn", "reinstate restore", _("Withdrawn")
    DISCARDED = "discarded", "recover", _("Discarded")


class Stage(models.TextChoices):
    """What an editor sees on the pill: the status, and for an approved piece whether it is time yet.

    The value is also the pill's CSS class.
    """

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCARDED = "discarded", _("Discarded")

    @classmethod
    def of(cls, status: str, publish_at: datetime | None, at: datetime) -> Self:
        if status != Status.APPROVED:
            return cls(status)
        return cls.LIVE if publish_at and publish_at <= at else cls.SCHEDULED
