from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText, Publication
from reviews.announcing import kinds
from reviews.announcing.kinds import MAILS, Call, Kind, ReaderMail

# How long an announcer has a row to itself before it begins to hand it over.
CLAIMED_FOR = timedelta(minutes=5)
LATE = "too late to be of use"
LOST = "the announcer died while handing it over"


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

    def claim(self, at: datetime, kinds: Collection[str] | None = None) -> "Announcement | None":
        """Take the one that has waited longest; no other announcer gets it while its lease runs.

        Rows for a machine that has one on its way wait, so that whoever hangs holds up no other. Two looks at
        the same instant may each take one for it: that costs a hand and nothing more.
        Nobody gets any while a chief has not turned announcing on again.
        `kinds` are those that can be sent; None means all.
        """
        token = uuid4()
        with transaction.atomic():
            waiting = self.due(at).exclude(destination__in=self._taking_their_turn(at))
            waiting = waiting.filter(models.Exists(Publication.objects.filter(announces=True)))
            if kinds is not None:
                waiting = waiting.filter(kind__in=kinds)
            waiting = waiting.order_by("next_attempt_at", "pk")
            if connection.features.has_select_for_update_skip_locked:
                waiting = waiting.select_for_update(skip_locked=True)
            row = waiting.first()
            if row is None:
                return None
            self.due(at).filter(pk=row.pk).update(claim=token, claimed_until=at + row.lease)
        return self.filter(pk=row.pk, claim=token).first()

    def _taking_their_turn(self, at: datetime) -> models.QuerySet[Any, Any]:
        return self.filter(claimed_until__gt=at, kind__in=Call.values).values("destination")

    def put_off(self, row: "Announcement", until: datetime) -> int:
        """Let what else goes where `row` couldn't wait as long as it does, untried."""
        same = self.filter(kind__in=MAILS) if row.is_mail else self.filter(destination=row.destination)
        waiting = same.filter(outcome=Outcome.WAITING, claimed_until=None, next_attempt_at__lt=until)
        return waiting.update(next_attempt_at=until)

    def skip_the_late(self, at: datetime) -> Counter[str]:
        """What was not sent while it was of use is not sent any more; by outcome, how many."""
        late = self.due(at).filter(useful_until__lt=at)
        settled = {"reason": LATE, "settled_at": at, "claimed_until": None}
        return Counter(
            {
                Outcome.UNKNOWN: late.filter(unanswered__gt=0).update(outcome=Outcome.UNKNOWN, **settled),
                Outcome.SKIPPED: late.update(outcome=Outcome.SKIPPED, **settled),
            }
        )

    def admit_the_lost(self, at: datetime) -> int:
        """Whose announcer died while handing it over: it may have left the house.

        A mail isn't sent again, and they are counted; a request is, for its receiver knows the key.
        """
        lost = self.filter(outcome=Outcome.HANDING_OVER, claimed_until__lte=at)
        lost.filter(kind__in=Call.values).update(
            outcome=Outcome.WAITING,
            reason=LOST,
            unanswered=models.F("unanswered") + 1,
            next_attempt_at=at,
            claimed_until=None,
        )
        return lost.update(outcome=Outcome.UNKNOWN, reason=LOST, settled_at=at)


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
    # How many of them ended without an answer, so that it may have arrived.
    unanswered = models.PositiveSmallIntegerField(_("attempts without an answer"), default=0, db_default=0)
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
            models.Index(
                fields=["claimed_until"],
                condition=models.Q(claimed_until__isnull=False),
                name="announcement_claimed",
            ),
            models.Index(fields=["destination", "-due_at"], name="announcement_by_destination"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.destination} about {self.subject}"

    @classmethod
    def made(
        cls,
        kind: Kind | ReaderMail | Call,
        destination: str,
        subject: str,
        *,
        round: int,
        at: datetime,
        due_at: datetime | None = None,
        **fields: Any,
    ) -> Self:
        """Not saved yet: due at once if nothing else is said, of use for as long as its kind is."""
        due_at = due_at or at
        return cls(
            kind=kind,
            destination=destination,
            subject=subject,
            round=round,
            written_at=at,
            due_at=due_at,
            next_attempt_at=due_at,
            useful_until=due_at + kind.useful_for,
            **fields,
        )

    @property
    def facts(self) -> Kind | ReaderMail | Call:
        """What its kind is like. Raises KeyError where this version doesn't know it."""
        return kinds.facts_of(self.kind)

    @property
    def is_mail(self) -> bool:
        return self.kind in MAILS

    @property
    def lease(self) -> timedelta:
        return self.facts.lease if self.kind in (*MAILS, *Call.values) else CLAIMED_FOR

    def begin_to_hand_over(self, at: datetime) -> bool:
        """From here on a crash leaves its outcome unknown. False: the claim has run out."""
        return self._write(
            outcome=Outcome.HANDING_OVER, attempts=self.attempts + 1, claimed_until=at + self.lease
        )

    def settle(self, outcome: Outcome, at: datetime, reason: str = "") -> bool:
        return self._write(
            outcome=outcome,
            reason=reason,
            settled_at=at,
            attempts=self.attempts,
            unanswered=self.unanswered,
            claimed_until=None,
        )

    def wait_until(self, instant: datetime, reason: str) -> bool:
        """Try again then."""
        return self._write(
            outcome=Outcome.WAITING,
            next_attempt_at=instant,
            reason=reason,
            attempts=self.attempts,
            unanswered=self.unanswered,
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
    kind = models.CharField(max_length=20, choices=kinds.mail_choices)

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
