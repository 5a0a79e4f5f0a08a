"""What the desk has answered to the copy desk: what is ignored for good, and what was let pass once."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from reviews.models.review import Review
from series.models import Series


class IgnoredFindingQuerySet(models.QuerySet["IgnoredFinding"]):
    def standing(self) -> "IgnoredFindingQuerySet":
        """Those that nobody has taken back."""
        return self.filter(undone_at=None)

    def on(self, series: Series | None) -> "IgnoredFindingQuerySet":
        """What holds for pieces about `series`; without one, for pieces that have none."""
        return self.standing().filter(series=series)


class IgnoredFinding(CleanText):
    """Words that the copy desk doesn't find any more in the pieces about one series."""

    series = models.ForeignKey(
        Series,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="ignored_findings",
    )
    kind = models.CharField(_("kind"), max_length=8)
    found = models.CharField(_("what"), max_length=200)
    # Without case and marks: as `answers.key_of` has it.
    key = models.CharField(max_length=200, editable=False)
    ignored_at = models.DateTimeField(_("ignored"))
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("shown again"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = IgnoredFindingQuerySet.as_manager()

    if TYPE_CHECKING:
        series_id: int | None

    class Meta:
        verbose_name = _("ignored finding")
        verbose_name_plural = _("ignored findings")
        ordering = ["-ignored_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "kind", "key"],
                condition=models.Q(undone_at=None),
                name="finding_ignored_once_in_series",
                violation_error_message=_("This is ignored already."),
            ),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(undone_at=None, series=None),
                name="finding_ignored_once_without_series",
                violation_error_message=_("This is ignored already."),
            ),
        ]

    def __str__(self) -> str:
        return self.found


class Override(CleanText):
    """A finding that stops approval, let pass in one piece. It holds while the finding stays what it was."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="overrides")
    # Of what was found, where and in which field: `answers.mark_of`.
    mark = models.CharField(max_length=20, editable=False)
    kind = models.CharField(_("kind"), max_length=8)
    found = models.CharField(_("what"), max_length=200)
    times = models.PositiveSmallIntegerField(_("how often it stood there"))
    reason = models.TextField(_("reason"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="override_has_reason",
                violation_error_message=_("Say why it may stand."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.found}: {self.reason[:60]}"
