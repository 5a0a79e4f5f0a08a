from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from reviews.announcing import kinds
from reviews.announcing.kinds import Kind

# How long one announcer may keep a row to itself; a mail server that doesn't answer is left well before.
CLAIMED_FOR = timedelta(minutes=5)


class Outcome(models.TextChoices):
    """What became of it. Once it is settled nothing more happens by itself."""

    WAITING = "waiting", _("Waiting")
    HANDING_OVER = "handing over", _("Being handed over")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Skipped")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Unknown")


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def write(self, rows: Iterable["Announcement"]) -> None:
        """Add those that aren't there yet."""
        self.bulk_create(rows, ignore_conflicts=True)

    def due(self, at: datetime) -> Self:
        """Neither settled nor in another announcer's hands."""
        free = models.Q(claimed_until=None) | models.Q(claimed_until__lte=at)
        return self.filter(free, outcome=Outcome.WAITING, next_attempt_at__lte=at)

    def claim(self, at: datetime) -> "Announcement | None":
        """Take the one that has waited longest, for CLAIMED_FOR; no other announcer gets it meanwhile."""
        token = uuid4()
        with transaction.atomic():
            waiting = self.due(at).order_by("next_attempt_at", "pk")
            if connection.features.has_select_for_update_skip_locked:
                waiting = waiting.select_for_update(skip_locked=True)
            row = waiting.first()
            if row is None:
                return None
            self.due(at).filter(pk=row.pk).update(claim=token, claimed_until=at + CLAIMED_FOR)
        return self.filter(pk=row.pk, claim=token).first()

    def skip_the_late(self, at: datetime) -> int:
        """What was not sent while it was of use is not sent any more."""
        late = self.due(at).filter(useful_until__lt=at)
        return late.update(outcome=Outcome.SKIPPED, reason="too late to be of use", settled_at=at)

    def admit_the_lost(self, at: datetime) -> int:
        """Whose announcer died while handing it over: it may have left the house, so it isn't sent again."""
        lost = self.filter(outcome=Outcome.HANDING_OVER, claimed_until__lte=at)
        return lost.update(
            outcome=Outcome.UNKNOWN, reason="the announcer died while handing it over", settled_at=at
        )


class Announcement(CleanText):
    """One message to one destination, written in the transaction of what it tells of.

    `subject` is what it is about ("review:12"), `round` which occasion of that: both together keep it from
    being written twice. `key` stays the same at every attempt, for receivers that know what they have had.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=kinds.choices)
    destination = models.CharField(_("to"), max_length=200)
    subject = models.CharField(_("about"), max_length=200)
    round = models.BigIntegerField(_("round"), default=1)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    written_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("due"))
    useful_until = models.DateTimeField(_("of use until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, default=Outcome.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "destination", "subject", "round"],
                name="announcement_once",
                violation_error_message=_("This is announced there already."),
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=models.Q(outcome=Outcome.WAITING),
                name="announcement_waiting",
            ),
            models.Index(fields=["destination", "-due_at"], name="announcement_by_destination"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.destination} about {self.subject}"

    @classmethod
    def made(
        cls, kind: Kind, destination: str, subject: str, *, round: int, at: datetime, **fields: Any
    ) -> Self:
        """Not saved yet: due at `at`, of use for as long as its kind is."""
        return cls(
            kind=kind,
            destination=destination,
            subject=subject,
            round=round,
            written_at=at,
            due_at=at,
            next_attempt_at=at,
            useful_until=at + kind.useful_for,
            **fields,
        )

    @property
    def facts(self) -> Kind:
        """What its kind is like."""
        return Kind[self.kind.upper()]

    def begin_to_hand_over(self, at: datetime) -> bool:
        """From here on a crash leaves its outcome unknown. False: the claim has run out."""
        return self._write(
            outcome=Outcome.HANDING_OVER, attempts=self.attempts + 1, claimed_until=at + CLAIMED_FOR
        )

    def settle(self, outcome: Outcome, at: datetime, reason: str = "") -> bool:
        return self._write(
            outcome=outcome, reason=reason, settled_at=at, attempts=self.attempts, claimed_until=None
        )

    def wait_until(self, instant: datetime, reason: str) -> bool:
        """Try again then."""
        return self._write(
            outcome=Outcome.WAITING,
            next_attempt_at=instant,
            reason=reason,
            attempts=self.attempts,
            claimed_until=None,
        )

    def _write(self, **fields: Any) -> bool:
        """Unless another announcer has taken it over since."""
        held = Announcement.objects.filter(pk=self.pk, claim=self.claim)
        held = held.filter(outcome__in=[Outcome.WAITING, Outcome.HANDING_OVER])
        if not held.update(**fields):
            return False
        for name, value in fields.items():
            setattr(self, name, value)
        return True


class MutedMail(models.Model):
    """A kind of mail that somebody has switched off."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_mail")
    kind = models.CharField(max_length=20, choices=kinds.choices)

    if TYPE_CHECKING:
        user_id: int

    class Meta:
        verbose_name = _("mail switched off")
        verbose_name_plural = _("mails switched off")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="muted_mail_once",
                violation_error_message=_("It is switched off already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}, by {self.user_id}"
