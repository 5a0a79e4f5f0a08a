"""What somebody of the desk is told by mail. One enum owns each kind's facts."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """`useful_for` is how long after its due time it is still worth sending; `permission` is who gets it."""

    useful_for: timedelta
    permission: str
    help: Promise

    def __new__(cls, value: str, days: int, permission: str, help: Promise) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.useful_for = timedelta(days=days)
        member.permission = permission
        member.help = help
        return member

    SUBMITTED = (
        "submitted",
        3,
        "reviews.approve_review",
        _("Somebody has handed in a piece: it waits for an editor."),
        _("Submitted"),
    )
    RETURNED = (
        "returned",
        3,
        "reviews.change_review",
        _("An editor gives a piece of yours back, and says why."),
        _("Returned"),
    )
    APPROVED = (
        "approved",
        3,
        "reviews.change_review",
        _("A piece of yours is approved; the mail says when it goes live."),
        _("Approved"),
    )
    LATE = (
        "late",
        2,
        "reviews.change_review",
        _("The slot of a piece has passed without it: of your own, and for editors of everybody's."),
        _("Late"),
    )
    CHECKS = (
        "checks",
        2,
        "reviews.change_review",
        _(
            "A piece lacks something, or has a fault that stops approval, when it is handed in or on the "
            "day before its slot: of your own, and for editors of everybody's."
        ),
        _("Fails its checks"),
    )
    REHEARSAL = (
        "rehearsal",
        1,
        "reviews.change_review",
        _("The day before a slot: whether all goes out as planned, your own pieces or, for editors, all."),
        _("Rehearsal"),
    )


def choices() -> list[tuple[str, str | Promise]]:
    """For the model's field, so that another kind asks for no migration."""
    return list(Kind.choices)
