"""What is told to whom: the desk's people and readers by mail, machines by a request.

Each enum owns its kinds' facts.
"""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class _Mail:
    """What holds for every mail, whoever gets it."""

    @property
    def first_pause(self) -> timedelta:
        return timedelta(minutes=1)

    @property
    def lease(self) -> timedelta:
        """A mail server may take twenty seconds for each of its answers."""
        return timedelta(minutes=5)

    @property
    def may_be_repeated(self) -> bool:
        """Nobody who reads a mail twice can tell that it is the same one."""
        return False


class Kind(_Mail, models.TextChoices):
    """What somebody of the desk is told by mail.

    `useful_for` is how long after its due time it is still worth sending; `permission` is who gets it.
    """

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


class ReaderMail(_Mail, models.TextChoices):
    """What a reader gets by mail, who asked for it.

    `useful_for` is how long after its due time it is still worth sending.
    """

    useful_for: timedelta

    def __new__(cls, value: str, hours: int) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.useful_for = timedelta(hours=hours)
        return member

    CONFIRMATION = "confirmation", 6, _("Confirmation by a reader")
    WEEK = "week", 48, _("Weekly mail to a reader")


# Every process has read the pages' stamp anew, which it does once a second.
STAMPS_ARE_OLD_FOR = timedelta(seconds=2)


class Call(models.TextChoices):
    """What a machine is told by a request, which may be repeated: its receiver can know it by its key.

    `useful_for` is how long after its due time it is still worth sending; `first_pause` is how soon it is
    tried again.
    """

    useful_for: timedelta
    first_pause: timedelta

    def __new__(cls, value: str, hours: int, seconds: int) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.useful_for = timedelta(hours=hours)
        member.first_pause = timedelta(seconds=seconds)
        return member

    WEBHOOK = "webhook", 24, 15, _("Webhook")
    WEBSUB = "websub", 24, 15, _("WebSub ping")
    INDEXNOW = "indexnow", 72, 60, _("IndexNow")
    # After an hour no cache has anything of before any more.
    PURGE = "purge", 1, 2, _("Cache purge")

    @property
    def delay(self) -> timedelta:
        """How long after the event it is due. A cache purged sooner may be given the page of before."""
        return STAMPS_ARE_OLD_FOR if self is Call.PURGE else timedelta()

    @property
    def lease(self) -> timedelta:
        """Longer than a request may ever take."""
        return timedelta(minutes=1)

    @property
    def may_be_repeated(self) -> bool:
        return True


# The kinds that leave as a mail.
MAILS = (*Kind.values, *ReaderMail.values)


def facts_of(kind: str) -> Kind | ReaderMail | Call:
    """What the kind of a row is like. Raises KeyError where this version doesn't know it."""
    if kind in Call.values:
        return Call[kind.upper()]
    return ReaderMail[kind.upper()] if kind in ReaderMail.values else Kind[kind.upper()]


def choices() -> list[tuple[str, str | Promise]]:
    """For the model's field, so that another kind asks for no migration."""
    return [*Kind.choices, *ReaderMail.choices, *Call.choices]


def mail_choices() -> list[tuple[str, str | Promise]]:
    """Of these somebody of the desk may switch one off."""
    return list(Kind.choices)
