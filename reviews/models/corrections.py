from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from reviews.models.editions import Edition
from reviews.models.review import Review


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def of_substance(self) -> "CorrectionQuerySet":
        """Of facts and scores: what a reader may want to know, and what makes a piece another one."""
        return self.filter(kind__in=Correction.OF_SUBSTANCE)


class Correction(CleanText):
    """What was put right in a live piece, told to its readers."""

    class Kind(models.TextChoices):
        TYPO = "typo", _("Typo")
        FACT = "fact", _("Fact")
        SCORE = "score", _("Score")

    OF_SUBSTANCE = (Kind.FACT, Kind.SCORE)

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="corrections")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    note = models.TextField(
        _("note to readers"), blank=True, help_text=_("What was wrong, and what is right.")
    )
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="typo") | ~models.Q(note=""),
                name="correction_has_note",
                violation_error_message=_("Tell the readers what was wrong and what is right."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.note[:60]}"
