from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models.text import CleanText

if TYPE_CHECKING:
    from coverage.newsroom.models.people import User


_ONLY_ADDED = "Audit entries are only ever added."


def moved(label: str, was: str, now: str, *, is_instant: bool = False) -> dict[str, Any]:
    """One value that became another, as `values` among an entry's `changes` hold it; instants in ISO 8601."""
    return {"label": capfirst(label), "was": was, "now": now, "is_instant": is_instant}


class AuditTrail(models.QuerySet["AuditEntry"]):
    def about(self, subject: models.Model) -> "AuditTrail":
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)

    def record(
        self,
        verb: str,
        subject: models.Model,
        *,
        by: "User | None",
        at: datetime,
        note: str = "",
        **detail: Any,
    ) -> "AuditEntry":
        """Write down that `by` did `verb` to `subject` at `at`; `detail` must be JSON."""
        return self.create(
            verb=verb,
            subject=subject,
            subject_label=str(subject)[:200],
            actor=by,
            at=at,
            note=note,
            detail=detail,
        )

    def update(self, **fields: Any) -> NoReturn:
        raise TypeError(_ONLY_ADDED)

    def delete(self) -> NoReturn:
        raise TypeError(_ONLY_ADDED)


class AuditEntry(CleanText):
    """One thing that somebody did. Only ever added to."""

    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField(_("what"), max_length=40)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_label = models.CharField(_("to what"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    objects = AuditTrail.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.verb}: {self.subject_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(_ONLY_ADDED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(_ONLY_ADDED)
