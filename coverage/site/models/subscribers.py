from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from series.models import Series


class Stop(models.TextChoices):
    """Why nothing is mailed to an address any more, though nobody has left."""

    BOUNCE = "bounce", _("The address takes no mail")
    COMPLAINT = "complaint", _("Its reader called a mail spam")


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def reached(self) -> "SubscriberQuerySet":
        """Who has confirmed their address and is mailed to."""
        return self.exclude(confirmed_at=None).filter(stopped_at=None)


class Subscriber(CleanText):
    """A reader's address and what they want of each week. Whoever leaves has no row any more.

    `key` is what the links in a reader's mails are signed over; the address stands in none of them.
    """

    address = models.EmailField(_("address"), unique=True)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    whole_week = models.BooleanField(_("the whole week"), default=False)
    series = models.ManyToManyField(Series, verbose_name=_("series"), related_name="+", blank=True)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.CharField(_("stopped because"), max_length=10, choices=Stop, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader by mail")
        verbose_name_plural = _("readers by mail")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stopped_at=None, stopped_by="")
                | models.Q(stopped_at__isnull=False) & ~models.Q(stopped_by=""),
                name="subscriber_stopped_with_a_reason",
                violation_error_message=_("A mailing that has stopped has a reason."),
            )
        ]
        indexes = [models.Index(fields=["confirmed_at"], name="subscriber_confirmed")]

    def __str__(self) -> str:
        return self.address


class MailRequest(CleanText):
    """That somebody in a network has asked for a confirmation: kept for a day, as a brake.

    `network` is a keyed digest, so that no network address is kept.
    """

    network = models.CharField(max_length=32)
    asked_at = models.DateTimeField()

    objects: ClassVar[models.Manager["MailRequest"]]

    class Meta:
        verbose_name = "request for mail"
        verbose_name_plural = "requests for mail"
        indexes = [models.Index(fields=["network", "asked_at"], name="mail_request_by_network")]

    def __str__(self) -> str:
        return f"{self.network}, {self.asked_at:%Y-%m-%d %H:%M}"
